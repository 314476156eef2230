import { type Manifest } from './manifest';

/** What makes a Secret in the cluster: the Secret itself, a SealedSecret or an ExternalSecret. */
export interface SecretProducer {
  readonly manifest: Manifest;

  /** Of the Secret that comes out of it. */
  readonly namespace: string;
  readonly name: string;

  /** The keys of the Secret; absent when only the cluster knows them (`dataFrom` of an ExternalSecret). */
  readonly keys?: ReadonlySet<string>;

  /** A value that stands in the manifest in plain text, and no placeholder of it. Never repeat one in a message. */
  readonly value: (key: string) => string | undefined;

  /** Templates of values that are filled in inside the cluster, by key. */
  readonly templates: Readonly<Record<string, string>>;
}

export function readSecret(manifest: Manifest): SecretProducer {
  const data = manifest.fields.stringMap('data');
  const plain = manifest.fields.stringMap('stringData');
  const encrypted = manifest.fields.has('sops');
  return {
    ...named(manifest),
    keys: new Set([...Object.keys(data), ...Object.keys(plain)]),
    value: key => encrypted ? undefined : Object.hasOwn(plain, key) ? written(plain[key]) : Object.hasOwn(data, key) ? decoded(data[key]) : undefined,
    templates: {},
  };
}

/** What other programs replace before it reaches the cluster: SOPS, Flux and kustomize, the vault plugin of ArgoCD, vals, templates. */
const PLACEHOLDER = /^ENC\[|<path:|<[A-Za-z_][\w-]*>|\$\{|\{\{|ref\+\w+:\/\//;

function written(text: string): string | undefined {
  return PLACEHOLDER.test(text) ? undefined : text;
}

function decoded(text: string): string | undefined {
  return written(text) && written(Buffer.from(text, 'base64').toString());
}

/** What a manifest shows of a value: the value itself, or the template that makes it. Never repeat it in a message. */
export function shownValue({ value, templates }: SecretProducer, key: string): string | undefined {
  return Object.hasOwn(templates, key) ? templates[key] : value(key);
}

/** @see https://github.com/bitnami-labs/sealed-secrets, SealedSecretSpec: the Secret has the name and the namespace of the SealedSecret */
export function readSealedSecret(manifest: Manifest): SecretProducer {
  const { spec } = manifest;
  const templates = spec.object('template').stringMap('data');
  return { ...named(manifest), keys: new Set([...Object.keys(spec.stringMap('encryptedData')), ...Object.keys(templates)]), value: () => undefined, templates };
}

/** @see https://external-secrets.io/latest/api/externalsecret/: a template with data replaces the keys unless it is merged */
export function readExternalSecret(manifest: Manifest): SecretProducer {
  const { spec } = manifest;
  const target = spec.object('target');
  const template = target.object('template');
  const templates = template.stringMap('data');
  const own = spec.objects('data').map(entry => entry.string('secretKey') ?? '');
  const replaced = Object.keys(templates).length > 0 && template.string('mergePolicy') !== 'Merge';
  const known = !spec.has('dataFrom') && !template.has('templateFrom');
  return {
    ...named(manifest),
    name: target.string('name') ?? manifest.name,
    keys: replaced ? new Set(Object.keys(templates)) : known ? new Set([...own, ...Object.keys(templates)]) : undefined,
    value: () => undefined,
    templates,
  };
}

function named(manifest: Manifest): Pick<SecretProducer, 'manifest' | 'namespace' | 'name'> {
  return { manifest, namespace: manifest.namespace, name: manifest.name };
}
