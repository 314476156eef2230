export { type Availability, available, compared } from './availability';
export { type Capability, type CapabilityFact, CAPABILITIES } from './capabilities';
export { type Flag, type FlagType, NODE_AGENT_FLAGS, SERVER_FLAGS } from './flags';
export { goDuration, shortGoDuration } from './go-duration';
export { type Images } from './images';
export { BUNDLED_RELEASES, releaseOf, VELERO_MINORS, type VeleroRelease } from './release';
