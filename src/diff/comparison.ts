import { type BackupModel, grouped, type Manifest } from '../model';
import { Pair } from './pair';

/** Two sets of manifests, object by object. Who tells of an object that came or went takes it, so that each is told once. */
export class Comparison {
  private readonly pairsByKind = new Map<string, Pair[]>();
  private readonly pairsByOld = new Map<Manifest, Pair>();
  private readonly added: Set<Manifest>;
  private readonly removed = new Set<Manifest>();

  public constructor(public readonly was: BackupModel, public readonly is: BackupModel) {
    const now = byIdentity(is.manifests);
    this.added = new Set(is.manifests);
    for (const [identity, states] of byIdentity(was.manifests)) {
      const others = now.get(identity) ?? [];
      states.forEach((each, index) => others[index] === undefined ? this.removed.add(each) : this.join(each, others[index]));
    }
  }

  /** The objects that are in both, by group and kind: `velero.io/Schedule`. */
  public pairsOf(kind: string): readonly Pair[] {
    return this.pairsByKind.get(kind) ?? [];
  }

  public get pairs(): readonly Pair[] {
    return [...this.pairsByKind.values()].flat();
  }

  /** What became of an object; nothing when it is gone. */
  public pairOf(was: Manifest): Pair | undefined {
    return this.pairsByOld.get(was);
  }

  /** Takes an object that is now called otherwise for the one that it was. */
  public join(was: Manifest, is: Manifest): Pair {
    this.removed.delete(was);
    this.added.delete(is);
    const pair = new Pair(was, is);
    this.pairsByOld.set(was, pair);
    const pairs = this.pairsByKind.get(kindOf(is));
    if (pairs === undefined) {
      this.pairsByKind.set(kindOf(is), [pair]);
    } else {
      pairs.push(pair);
    }
    return pair;
  }

  /** Whether an object is only there now, and nobody has told of it. */
  public isAdded(manifest: Manifest): boolean {
    return this.added.has(manifest);
  }

  public isRemoved(manifest: Manifest): boolean {
    return this.removed.has(manifest);
  }

  /** Those that are only there now. */
  public takeAdded(isMeant: (manifest: Manifest) => boolean = () => true): readonly Manifest[] {
    return taken(this.added, isMeant);
  }

  /** Those that were only there before. */
  public takeRemoved(isMeant: (manifest: Manifest) => boolean = () => true): readonly Manifest[] {
    return taken(this.removed, isMeant);
  }
}

export function kindOf({ group, kind }: Manifest): string {
  return `${group}/${kind}`;
}

function taken(from: Set<Manifest>, isMeant: (manifest: Manifest) => boolean): readonly Manifest[] {
  const meant = [...from].filter(isMeant);
  meant.forEach(manifest => from.delete(manifest));
  return meant;
}

/** Objects that somebody declared twice are put in an order that is not that of the files. */
function byIdentity(manifests: readonly Manifest[]): ReadonlyMap<string, readonly Manifest[]> {
  const found = grouped(manifests, manifest => `${kindOf(manifest)} ${manifest.namespace}/${manifest.name}`);
  [...found.values()].filter(states => states.length > 1).forEach(inOrder);
  return found;
}

function inOrder(states: Manifest[]): void {
  const texts = new Map(states.map(state => [state, canonical(state.fields.json)]));
  states.sort((one, other) => texts.get(one)! < texts.get(other)! ? -1 : 1);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => one < other ? -1 : 1)) : each);
}
