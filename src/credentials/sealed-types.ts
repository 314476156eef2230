import { Problems } from '../findings';
import { API_VERSION, KIND, SealedMetadata, SealedSecretManifest } from './sealed-secret';

type Fields = Record<string, unknown>;

/**
 * Makes a SealedSecret of what a parser gave. `null` counts as absent: kubeseal writes it for what nobody set.
 *
 * @param problems where to say what is no SealedSecret at all or has a field of another type; they are refused at once
 */
export function asSealedSecret(parsed: unknown, problems: Problems): SealedSecretManifest {
  const fields = new Reader(problems);
  const { apiVersion, kind, metadata, spec } = isMap(parsed) ? parsed : {};
  if (apiVersion !== API_VERSION || kind !== KIND) {
    const got = [apiVersion, kind].map(word => typeof word === 'string' ? word : 'none').join(' ');
    problems.add({ what: 'kind', got, wanted: `one ${KIND} of ${API_VERSION}`, next: 'seal the Secret first: never commit it as it is' });
    problems.refuse();
  }
  const { data, encryptedData, template, ...more } = fields.map('spec', spec) ?? {};
  problems.add(data === undefined || data === null ? undefined : {
    what: 'spec.data', wanted: 'spec.encryptedData: one blob for all keys is deprecated', next: 'seal it again',
  });
  const manifest = {
    apiVersion: API_VERSION,
    kind: KIND,
    metadata: fields.metadata('metadata', metadata) ?? {},
    spec: { ...more, encryptedData: fields.map('spec.encryptedData', encryptedData) ?? {}, ...defined({ template: templateOf(fields, template) }) },
  };
  problems.refuse();
  return manifest;
}

function templateOf(fields: Reader, template: unknown): SealedSecretManifest['spec']['template'] {
  const given = fields.map('spec.template', template);
  return given && {
    ...defined(given),
    ...defined({ metadata: fields.metadata('spec.template.metadata', given.metadata), data: fields.strings('spec.template.data', given.data) }),
  };
}

class Reader {
  public constructor(private readonly problems: Problems) {}

  public map(what: string, got: unknown): Fields | undefined {
    return this.typed(what, got, isMap, 'a map');
  }

  public strings(what: string, got: unknown): Record<string, string> | undefined {
    return this.typed(what, got, isMapOfStrings, 'a map of strings');
  }

  public metadata(what: string, got: unknown): SealedMetadata | undefined {
    const given = this.map(what, got);
    return given && defined({
      ...given,
      name: this.typed(`${what}.name`, given.name, isString, 'a string'),
      namespace: this.typed(`${what}.namespace`, given.namespace, isString, 'a string'),
      labels: this.strings(`${what}.labels`, given.labels),
      annotations: this.strings(`${what}.annotations`, given.annotations),
    });
  }

  /** The value is never told: it may be a secret in the wrong place. */
  private typed<T>(what: string, got: unknown, is: (value: unknown) => value is T, wanted: string): T | undefined {
    if (got === undefined || got === null) {
      return undefined;
    }
    if (!is(got)) {
      this.problems.add({ what, wanted, next: 'seal it again' });
      return undefined;
    }
    return got;
  }
}

function defined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)) as T;
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isMapOfStrings(value: unknown): value is Record<string, string> {
  return isMap(value) && Object.values(value).every(isString);
}
