/* eslint-disable @typescript-eslint/no-require-imports -- fengari has no types */
const { lua, lauxlib, lualib, to_luastring: bytes, to_jsstring: text } = require('fengari');

/** A value in the Lua of a test. */
type Value = string | number | boolean | null | undefined | Value[] | { [key: string]: Value };

/**
 * Runs a health check as ArgoCD does: with `obj`, and no library but the basic one and `table`.
 *
 * This Lua is 5.3 and that of ArgoCD (gopher-lua) 5.1: a test of its own holds the checks against what both have.
 */
export function health(script: string, obj: Value): { readonly status?: string; readonly message?: string } {
  const state = lauxlib.luaL_newstate();
  lauxlib.luaL_requiref(state, bytes('_G'), lualib.luaopen_base, 1);
  lauxlib.luaL_requiref(state, bytes('table'), lualib.luaopen_table, 1);
  push(state, obj);
  lua.lua_setglobal(state, bytes('obj'));
  if (lauxlib.luaL_dostring(state, bytes(script)) !== lua.LUA_OK) {
    throw new Error(text(lua.lua_tostring(state, -1)));
  }
  return { status: field(state, 'status'), message: field(state, 'message') };
}

function field(state: unknown, name: string): string | undefined {
  lua.lua_getfield(state, -1, bytes(name));
  const value = lua.lua_tostring(state, -1);
  lua.lua_pop(state, 1);
  return value === null ? undefined : text(value);
}

function push(state: unknown, value: Value): void {
  switch (typeof value) {
    case 'string': return lua.lua_pushstring(state, bytes(value));
    case 'number': return lua.lua_pushnumber(state, value);
    case 'boolean': return lua.lua_pushboolean(state, value);
    default: return value === null || value === undefined ? lua.lua_pushnil(state) : pushTable(state, value);
  }
}

/** Lists begin at 1. */
function pushTable(state: unknown, value: Value[] | { [key: string]: Value }): void {
  lua.lua_newtable(state);
  for (const [key, each] of Object.entries(value)) {
    push(state, Array.isArray(value) ? Number(key) + 1 : key);
    push(state, each);
    lua.lua_settable(state, -3);
  }
}
