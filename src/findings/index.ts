export { Declarations } from './declarations';
export { type Finding, FindingSeverity } from './finding';
export { Findings } from './findings';
export { type Problem, Problems, refuse } from './problems';
export * from './checks';
export { oneOf } from './choices';
export * from './shapes';
