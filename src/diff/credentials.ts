import { grouped, type Location, type SecretProducer } from '../model';
import { type Change } from './change';
import { type FieldChange } from './changed-fields';
import { type Comparison } from './comparison';
import { SEALED_WITH, VALUES } from './repository-password';
import { type Context } from './schedule-pair';
import { counted, listed, namesText } from './words';

const KINDS = ['/Secret', 'bitnami.com/SealedSecret', 'external-secrets.io/ExternalSecret'];

/** Secrets with other values than before: those of the locations are the keys to what is saved. No value is told. */
export function credentials({ comparison }: Context): Change[] {
  const producers = new Map(comparison.is.secrets.all.map(secret => [secret.manifest, secret]));
  const users = usersOf(comparison);
  return KINDS.flatMap(kind => comparison.pairsOf(kind)).filter(pair => pair.has(...VALUES)).map(pair => {
    const fields = [...pair.take(...VALUES), ...pair.take(SEALED_WITH)];
    const locations = users.get(keyOf(producers.get(pair.is)!)) ?? [];
    return {
      id: 'credential-changed',
      severity: locations.length > 0 ? 'notable' : 'harmless',
      on: pair.is,
      message: [keysText('new values', fields.filter(({ to }) => to !== undefined)), keysText('gone', fields.filter(({ to }) => to === undefined))].filter(Boolean).join('; ') || 'new values',
      means: locations.length === 0 ? [] : [
        `It opens ${counted(locations.length, 'location')}: ${namesText(locations)}. Unless the object store knows the new keys by then, nothing is saved there or restored from there.`,
        'A sealed value is another text each time that it is sealed: it may be the same one.',
      ].slice(0, pair.is.kind === 'SealedSecret' ? 2 : 1),
      fields,
    };
  });
}

function usersOf({ is }: Comparison): ReadonlyMap<string, readonly Location[]> {
  return grouped(is.locations.all, ({ namespace, credential }) => keyOf({ namespace, name: credential?.name ?? '' }));
}

function keyOf({ namespace, name }: Pick<SecretProducer, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

function keysText(what: string, fields: readonly FieldChange[]): string {
  const keys = new Set(fields.map(keyIn).filter(key => key !== undefined));
  return keys.size === 0 ? '' : `${what}: ${listed([...keys])}`;
}

/** The key of the Secret that a field is about. */
function keyIn({ path }: FieldChange): string | undefined {
  const [, quoted, plain] = /(?:\['([^']*)'\]|[.[]([\w-]+)\]?)$/.exec(path) ?? [];
  return path.startsWith('metadata') ? undefined : quoted ?? plain;
}
