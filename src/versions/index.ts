export { type Capability, CAPABILITIES } from './capabilities';
export { type Flag, type FlagType } from './flags';
export { goDuration, shortGoDuration } from './go-duration';
export { releaseOf, VELERO_MINORS, type VeleroRelease } from './release';
