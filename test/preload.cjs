/*
 * Loaded before an example by the determinism test: another clock, another random source, and a record of what synth touches beyond its own code.
 * Environment: PRELOAD_SHIFT (ms added to the clock), PRELOAD_FILES (where to write the list of files read).
 */
const fs = require('fs');
const { sep } = require('path');

const shift = Number(process.env.PRELOAD_SHIFT ?? 0);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [RealDate.now() + shift] : given));
  }
  static now() {
    return RealDate.now() + shift;
  }
};

for (const [module, names] of Object.entries({
  net: ['connect', 'createConnection'],
  dns: ['lookup'],
  child_process: ['spawn', 'spawnSync', 'execFile', 'execFileSync'],
  os: ['userInfo', 'hostname', 'homedir'],
})) {
  for (const name of names) {
    require(module)[name] = () => {
      throw new Error(`synth called ${module}.${name}`);
    };
  }
}

const read = new Set();
const own = path => path.includes(`${sep}node_modules${sep}`) || /\.([cm]?[jt]s|json)$/.test(path) || path.startsWith('/proc') || path.startsWith('/sys');
for (const name of ['readFileSync', 'openSync']) {
  const real = fs[name];
  fs[name] = (path, ...rest) => {
    const flags = typeof rest[0] === 'string' ? rest[0] : 'r';
    if (typeof path === 'string' && !own(path) && (name === 'readFileSync' || flags.startsWith('r'))) {
      read.add(path);
    }
    return real(path, ...rest);
  };
}
process.on('exit', () => {
  if (process.env.PRELOAD_FILES) {
    fs.writeFileSync(process.env.PRELOAD_FILES, JSON.stringify([...read].sort()));
  }
});
