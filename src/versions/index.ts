export { type Availability, available, availableIn, compared } from './availability';
export { type Capability, type CapabilityFact, CAPABILITIES } from './capabilities';
export type { ConfigMapKey, ConfigMapName } from './config-maps';
export type { Flag, FlagType } from './flags';
export { goDuration, parseGoDuration, shortGoDuration } from './go-duration';
export { IMAGE_USER, type Images, releaseOfImage } from './images';
export { LISTED_TOLERATIONS, NODE_AGENT_WITHOUT_HOST_PATH } from './install-capabilities';
export type { Metric } from './metrics';
export type { LocationConfigKey, PluginDefect } from './plugins';
export { BUNDLED_RELEASES, releaseOf, SUPPORTED_MINORS, VELERO_MINORS, type VeleroRelease } from './release';
export { REPOSITORY_PASSWORD } from './repository-password';
export {
  ROOK_ALLOWED_FIELDS, ROOK_CAPABILITIES, ROOK_GATED_FIELDS, ROOK_MINORS, ROOK_OPERATOR_CONFIG, type RookCapability, type RookFact, rookHas,
} from './rook';
export { tables } from './tables';
export type { VolumePolicyKey } from './volume-policies';
