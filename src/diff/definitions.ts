import { grouped, type Manifest } from '../model';
import { type Change } from './change';
import { type FieldChange } from './changed-fields';
import { type Pair } from './pair';
import { type Context } from './schedule-pair';
import { listed } from './words';

interface Changed {
  readonly pair: Pair;
  readonly fields: readonly FieldChange[];
}

/** Definitions by the group that they are of: those of a release change together, and nobody reads them one by one. */
export function definitions({ comparison }: Context): Change[] {
  const pairs = comparison.pairsOf('apiextensions.k8s.io/CustomResourceDefinition');
  const changed = pairs.map((pair): Changed => ({ pair, fields: pair.takeRest() })).filter(({ fields }) => fields.length > 0);
  return [...grouped(changed, ({ pair }) => pair.is.spec.string('group')).values()].flatMap(group => {
    const rest = group.filter(({ pair }) => lostVersions(pair).length === 0);
    return [...group.filter(each => !rest.includes(each)).map(broken), ...(rest.length === 0 ? [] : [together(rest)])];
  });
}

function broken({ pair, fields }: Changed): Change {
  return {
    id: 'definitions-changed',
    severity: 'destructive',
    on: pair.is,
    message: `no longer has version ${listed(lostVersions(pair))}`,
    fields,
    means: ['The API server refuses that as long as objects are stored in that version, and whoever reads it fails.'],
  };
}

function together(changed: readonly Changed[]): Change {
  const [{ pair: first }] = [...changed].sort((one, other) => one.pair.is.name < other.pair.is.name ? -1 : 1);
  const names = changed.map(({ pair }) => pair.is.spec.object('names').string('kind') ?? pair.is.name).sort();
  return {
    id: 'definitions-changed',
    severity: 'harmless',
    on: first.is,
    message: changed.length === 1 ? 'another definition' : `other definitions of ${changed.length} kinds: ${listed(names, 4)}`,
    means: [],
    fields: changed.flatMap(({ fields }) => fields),
  };
}

function lostVersions({ was, is }: Pair): readonly string[] {
  const after = versionsOf(is);
  return versionsOf(was).filter(version => !after.includes(version));
}

function versionsOf({ spec }: Manifest): readonly string[] {
  return spec.objects('versions').filter(version => version.boolean('served') !== false).map(version => version.string('name') ?? '');
}
