import { Fields, isJson, type Json, type Refusal } from './fields';
import { type Place } from './place';

/** An API object as somebody wrote it, and where. */
export interface Source {
  readonly object: unknown;
  readonly at: Place;
}

/** A field that does not have the type that its definition gives it. */
export interface UnreadableField {
  readonly on: Manifest;
  readonly path: string;
  readonly got: unknown;
  readonly wanted: string;
}

const NOTHING: Json = Object.freeze({});

/** An API object: who it is, where it was declared, and its fields. Every fact of the model points to the manifest that it was read from. */
export class Manifest implements Refusal {
  public readonly apiVersion: string;
  /** Without the version; empty for the core group. */
  public readonly group: string;
  public readonly kind: string;
  /** Empty for what belongs to the whole cluster, and where the manifest leaves it to whoever applies it. */
  public readonly namespace: string;
  public readonly name: string;
  public readonly labels: Readonly<Record<string, string>>;
  public readonly annotations: Readonly<Record<string, string>>;
  public readonly at: Place;
  public readonly fields: Fields;
  private refused?: Set<string>;

  public constructor({ object, at }: Source, private readonly unreadable: UnreadableField[]) {
    this.at = at;
    this.fields = Fields.of(isJson(object) ? object : NOTHING, this);
    this.apiVersion = this.required('apiVersion', object);
    this.group = this.apiVersion.slice(0, Math.max(this.apiVersion.lastIndexOf('/'), 0));
    this.kind = this.required('kind', object);
    const metadata = this.fields.object('metadata');
    this.namespace = metadata.string('namespace') ?? '';
    this.name = metadata.string('name') ?? metadata.string('generateName') ?? '';
    this.labels = metadata.stringMap('labels');
    this.annotations = metadata.stringMap('annotations');
  }

  /** Read only where it is asked for: in an unknown kind a field of this name may be anything. */
  public get spec(): Fields {
    return this.fields.object('spec');
  }

  /** The kind of the object that made this one, when a controller did: ReplicaSet for the Pods of a Deployment. */
  public get owner(): string | undefined {
    const owners = this.fields.object('metadata').objects('ownerReferences');
    return owners.find(owner => owner.boolean('controller'))?.string('kind');
  }

  /** Whether it was read from a cluster, and not from what somebody wrote: the API server gives every object a uid. */
  public get isFromCluster(): boolean {
    return this.fields.object('metadata').has('uid');
  }

  /** Once for each path: several rules read the same field. */
  public refuse(path: string, got: unknown, wanted: string): void {
    this.refused ??= new Set();
    if (!this.refused.has(path)) {
      this.refused.add(path);
      this.unreadable.push({ on: this, path, got, wanted });
    }
  }

  /** `Schedule velero/nightly` */
  public toString(): string {
    const name = this.namespace === '' ? this.name : `${this.namespace}/${this.name}`;
    return `${this.kind || 'object'} ${name || 'without a name'}`;
  }

  private required(key: string, object: unknown): string {
    const value = this.fields.json[key];
    if (typeof value === 'string') {
      return value;
    }
    if (isJson(object)) {
      this.refuse(key, value, 'a string: every object of Kubernetes has one');
    } else {
      this.refuse('the document', object, 'an object of Kubernetes, with apiVersion and kind');
    }
    return '';
  }
}

/** The manifests of what was declared. Lists are taken apart; empty documents are none. */
export function readManifests(sources: Iterable<Source>, unreadable: UnreadableField[]): Manifest[] {
  const manifests: Manifest[] = [];
  for (const source of sources) {
    // Not recursive: a List may lie in a List in a List.
    const open: Source[] = [source];
    while (open.length > 0) {
      const next = open.pop()!;
      const items = itemsOf(next.object);
      if (items !== undefined) {
        for (let index = items.length - 1; index >= 0; index--) {
          open.push({ object: items[index], at: next.at });
        }
      } else if (next.object !== null && next.object !== undefined) {
        manifests.push(new Manifest(next, unreadable));
      }
    }
  }
  return manifests;
}

function itemsOf(object: unknown): unknown[] | undefined {
  return isJson(object) && typeof object.kind === 'string' && object.kind.endsWith('List') && Array.isArray(object.items) ? object.items : undefined;
}
