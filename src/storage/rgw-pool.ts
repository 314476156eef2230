import { mapOf, NUMBER, Problem, Problems, required, Shape, struct, TEXT } from '../findings';
import type { CephObjectStoreSpecDataPool } from '../kube/ceph.rook.io';

/** What every pool of an object store may have. */
export interface RgwPoolOptions {
  /**
   * What may fail at once without loss: copies and chunks lie in as many of it as there are. A type of Ceph's CRUSH map: `host`, `rack`, `osd`.
   *
   * @default 'host'
   */
  readonly failureDomain?: string;

  /**
   * Class of the devices: `hdd`, `ssd`, `nvme`.
   *
   * @default - any
   */
  readonly deviceClass?: string;

  /**
   * Root of the CRUSH map that the pool is in.
   *
   * @default - Ceph's own
   */
  readonly crushRoot?: string;

  /**
   * Further parameters of the pool, such as `compression_mode`. What is in backups is compressed by the uploader already.
   *
   * @default - none
   */
  readonly parameters?: { [name: string]: string };
}

/** Options of `RgwPool.replicated`. */
export interface ReplicatedPoolProps extends RgwPoolOptions {
  /** How many copies there are of everything. At least 2, otherwise an error is raised: with one copy the loss of a disk is the loss of backups. */
  readonly replicas: number;
}

/** Options of `RgwPool.erasureCoded`. */
export interface ErasureCodedPoolProps extends RgwPoolOptions {
  /** Into how many chunks an object is cut. At least 2. */
  readonly dataChunks: number;

  /** How many chunks may be lost. At least 1. There must be `dataChunks` + `codingChunks` failure domains. */
  readonly codingChunks: number;
}

/**
 * How Ceph keeps the objects of a store.
 *
 * @see https://rook.io/docs/rook/latest/CRDs/Object-Storage/ceph-object-store-crd/#pools
 */
export class RgwPool {
  /** Whole copies. For metadata the only way. */
  public static replicated(props: ReplicatedPoolProps): RgwPool {
    const problems = checked('RgwPool.replicated', REPLICATED.problems('', props ?? {}));
    problems.add(atLeast('replicas', props.replicas, 2), ...wrongOptions(props));
    problems.refuse();
    return new RgwPool({ ...specOf(props), replicated: { size: props.replicas, requireSafeReplicaSize: true } }, true);
  }

  /** Chunks of data and chunks that make up for lost ones: less space than copies, and more work. For data only. */
  public static erasureCoded(props: ErasureCodedPoolProps): RgwPool {
    const problems = checked('RgwPool.erasureCoded', ERASURE_CODED.problems('', props ?? {}));
    problems.add(atLeast('dataChunks', props.dataChunks, 2), atLeast('codingChunks', props.codingChunks, 1), ...wrongOptions(props));
    problems.refuse();
    return new RgwPool({ ...specOf(props), erasureCoded: { dataChunks: props.dataChunks, codingChunks: props.codingChunks } }, false);
  }

  private constructor(
    private readonly spec: CephObjectStoreSpecDataPool,
    /** Whether there are whole copies. */
    public readonly isReplicated: boolean,
  ) {}

  /** @internal */
  public _toKube(): CephObjectStoreSpecDataPool {
    return this.spec;
  }
}

const OPTIONS: Shape<RgwPoolOptions> = { failureDomain: TEXT, deviceClass: TEXT, crushRoot: TEXT, parameters: mapOf(TEXT) };
const REPLICATED = struct<ReplicatedPoolProps>({ ...OPTIONS, replicas: required(NUMBER) });
const ERASURE_CODED = struct<ErasureCodedPoolProps>({ ...OPTIONS, dataChunks: required(NUMBER), codingChunks: required(NUMBER) });

/** For the checks that follow, which trust the types. */
function checked(place: string, wrong: Problem[]): Problems {
  const problems = new Problems(place);
  problems.add(...wrong);
  problems.refuse();
  return problems;
}

function atLeast(what: string, got: number, least: number): Problem | undefined {
  return Number.isInteger(got) && got >= least ? undefined : { what, got, wanted: `a whole number, at least ${least}` };
}

function wrongOptions({ failureDomain, deviceClass, crushRoot }: RgwPoolOptions): (Problem | undefined)[] {
  return Object.entries({ failureDomain, deviceClass, crushRoot })
    .map(([what, got]) => got === undefined || /^\S+$/.test(got) ? undefined : { what, got, wanted: 'a name of the CRUSH map, without blanks' });
}

function specOf({ failureDomain = 'host', deviceClass, crushRoot, parameters }: RgwPoolOptions): CephObjectStoreSpecDataPool {
  return { failureDomain, deviceClass, crushRoot, parameters };
}
