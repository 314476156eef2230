export { ACKNOWLEDGE } from './acknowledge';
export { installation } from './examples';
export { judge } from './judge';
export { RULES } from './list';
export type { Judgement, Rule, Severity, Verdict } from './rule';
