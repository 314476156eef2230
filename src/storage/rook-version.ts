import { Problem, refuse } from '../findings';
import { availableIn, ROOK_CAPABILITIES, ROOK_MINORS, type RookCapability, rookHas } from '../versions';

/** No suffix: a pre-release has not all that the release has. */
const VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

/**
 * A release of Rook: it decides how a user gets its keys and what a bucket can be told.
 *
 * There is no "latest": an upgrade is a line in a diff.
 */
export class RookVersion {
  /**
   * Any patch of a known minor, 1.12 to 1.20.
   *
   * @param version such as `1.20.6`, which is what `kubectl -n rook-ceph get deployment rook-ceph-operator` shows as the image's tag
   * @throws when it is no version, or its minor is not known to this library
   */
  public static of(version: string): RookVersion {
    // Callers without types pass numbers such as 1.2.
    if (typeof version !== 'string' || !VERSION.test(version) || !ROOK_MINORS.includes(minorOf(version))) {
      refuse('RookVersion.of', {
        what: 'version', got: version, wanted: `three numbers as in "1.20.6", without "v" and suffix, of a known minor: ${ROOK_MINORS.join(', ')}`,
      });
    }
    return new RookVersion(version);
  }

  /** Such as `1.20.6`. */
  public readonly version: string;

  /** Such as `1.20`. */
  public readonly minor: string;

  private constructor(version: string) {
    this.version = version;
    this.minor = minorOf(version);
  }

  /** The version as people write it. */
  public toString(): string {
    return this.version;
  }

  /** @internal */
  public _has(capability: RookCapability): boolean {
    return rookHas(this.version, capability);
  }

  /**
   * What is wrong with a prop that needs something of Rook; nothing where the release has it.
   *
   * @internal
   */
  public _lacking(what: string, capability: RookCapability, next: string): Problem | undefined {
    const fact = ROOK_CAPABILITIES[capability];
    return this._has(capability) ? undefined : {
      what, wanted: `Rook ${availableIn(fact)} for ${fact.description}, but the object store is of Rook ${this.version}`, next,
    };
  }
}

function minorOf(version: string): string {
  return version.slice(0, version.lastIndexOf('.'));
}
