export { type Availability, available, compared } from './availability';
export { type Capability, type CapabilityFact, CAPABILITIES } from './capabilities';
export { CONFIG_MAP_KEYS, configMapKey, type ConfigMapKey, type ConfigMapName } from './config-maps';
export { type Flag, type FlagType, NODE_AGENT_FLAGS, SERVER_FLAGS } from './flags';
export { goDuration, parseGoDuration, shortGoDuration } from './go-duration';
export { IMAGE_USER, type Images } from './images';
export { type Metric, NODE_AGENT_METRICS, SERVER_METRICS } from './metrics';
export { LOCATION_CONFIG_KEYS, type LocationConfigKey, locationConfigKeys, PLUGIN_DEFECTS, type PluginDefect, pluginDefect } from './plugins';
export { BUNDLED_RELEASES, releaseOf, VELERO_MINORS, type VeleroRelease } from './release';
