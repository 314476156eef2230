export { Declarations } from './declarations';
export { type Problem, Problems, refuse } from './problems';
export * from './checks';
