import { Problems } from '../findings';
import { availableIn, ConfigMapName, tables, VeleroRelease } from '../versions';

/**
 * One of Velero's ConfigMaps whose values are JSON.
 *
 * Velero ignores a key that it does not know, so a setting would silently do nothing: every key is asked of the release's table.
 */
export class JsonDocument {
  public constructor(private readonly configMap: ConfigMapName, private readonly release: VeleroRelease, private readonly problems: Problems) {}

  /** The value for a key, if it is set; a key that the release does not read is a problem. */
  public value<T>(prop: string, key: string, value: T | undefined): T | undefined {
    if (value === undefined || this.reads(key)) {
      return value;
    }
    this.problems.add({
      what: prop,
      got: value,
      wanted: `Velero ${availableIn(tables.configMaps().configMapKey(this.configMap, key)!)} for ${key} in the ${this.configMap} ConfigMap, not ${this.release.version}`,
      next: 'leave it out or change the version',
    });
    return undefined;
  }

  /** The value where the release reads the key, else nothing: for what this library gives on its own. */
  public optional<T>(key: string, value: T | undefined): T | undefined {
    return this.reads(key) ? value : undefined;
  }

  /** Whether the release reads a key. */
  public reads(key: string): boolean {
    return this.release.readsConfigMapKey(this.configMap, key);
  }
}
