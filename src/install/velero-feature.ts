/** What Velero can do beyond its usual work. */
export enum VeleroFeature {
  /** Snapshots of CSI volumes, and the moving of their data. */
  ENABLE_CSI = 'EnableCSI',
  /** Saves every version of an API group, not the preferred one alone. */
  ENABLE_API_GROUP_VERSIONS = 'EnableAPIGroupVersions',
}
