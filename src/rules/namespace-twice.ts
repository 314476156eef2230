import { type BackupModel, grouped, isNamespacePattern, type Schedule } from '../model';
import { schedule } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'namespace-twice',
  severities: ['warning'],
  title: 'A schedule that saves nothing that another one does not save as well',
  goesWrong: 'Velero makes each backup in full, whatever others hold: the same objects and volumes of a namespace are read and uploaded twice, to the same location, and one backup waits for the other. '
    + 'The schedule that starts less often and keeps its backups no longer adds no point in time that a restore could want. In all versions.',
  fix: 'take the namespace out of one of them, or keep the backups of the rarer one longer',
  reference: 'https://velero.io/docs/main/backup-reference/#schedule-a-backup',
  check: model => pointless(model),
  install: '1.18.3',
  bad: () => [schedule(), schedule({ name: 'weekly', spec: { schedule: '30 3 * * 0' } })].join('---\n'),
  good: () => [schedule(), schedule({ name: 'weekly', spec: { schedule: '30 3 * * 0' }, template: { ttl: '8760h0m0s' } })].join('---\n'),
};

/** A schedule with what it is measured by: lower gaps and longer retentions are better. */
class Measured {
  private known?: string;

  public constructor(private readonly model: BackupModel, public readonly each: Schedule, public readonly gap: number, public readonly ttl: number) {}

  /**
   * All that a backup does beside when and for how long, and for which namespaces. Policies of one text are one.
   *
   * Put together only where another schedule may be as good, which is rare.
   */
  public get kind(): string {
    return this.known ??= this.kindText();
  }

  public isAsGoodAs({ gap, ttl }: Measured): boolean {
    return this.gap <= gap && this.ttl >= ttl;
  }

  private kindText(): string {
    const { namespace, template } = this.each;
    const { ttl, includedNamespaces, excludedNamespaces, metadata, resourcePolicy, ...rest } = template.fields.json;
    const policy = this.model.volumePolicyOf(namespace, template)?.fields.json ?? resourcePolicy;
    return JSON.stringify([namespace, policy, Object.entries(rest).sort(([one], [other]) => one < other ? -1 : 1)]);
  }
}

/** A schedule that adds nothing to another one, for a namespace. */
type Pair = readonly [worse: Schedule, better: Schedule, namespace: string];

/** One finding for two schedules, however many namespaces they share. */
function pointless(model: BackupModel): Verdict[] {
  const told = new Map<Schedule, { readonly better: Schedule; readonly namespaces: string[] }>();
  for (const [worse, better, namespace] of pairs(measured(model))) {
    told.set(worse, told.get(worse) ?? { better, namespaces: [] });
    told.get(worse)!.namespaces.push(namespace);
  }
  return [...told].map(([worse, { better, namespaces }]) => ({
    on: worse.manifest,
    what: 'spec.template.includedNamespaces',
    got: namespaces.slice(0, 3).join(', ') + (namespaces.length > 3 ? ', …' : ''),
    wanted: `namespaces that ${better.name} does not save already, at least as often, kept at least as long and in the same place`,
  }));
}

/** Patterns are left alone: what they match is not known here. */
function pairs(schedules: readonly Measured[]): Pair[] {
  const ofAll = schedules.filter(({ each }) => each.template.coversAllNamespaces);
  const wide = compared(ofAll, '*', ({ kind, each }) => kind + each.template.excludedNamespaces.join());
  return [...wide.pairs, ...[...byNamespace(schedules)].flatMap(([namespace, naming]) => byLocation(naming).flatMap(beside => {
    const own = compared(beside, namespace, ({ kind }) => kind);
    return wide.best.length === 0 ? own.pairs : [...own.pairs, ...own.best.flatMap(each => underneath(each, wide.best, namespace))];
  }))];
}

/** A second copy elsewhere is the usual reason for a second schedule: no need to look at all that they say. */
function byLocation(naming: readonly Measured[]): readonly (readonly Measured[])[] {
  return naming.length < 2 ? [naming] : [...grouped(naming, ({ each }) => each.template.storageLocation).values()];
}

function underneath(current: Measured, wide: readonly Measured[], namespace: string): Pair[] {
  const better = wide.find(other => other.isAsGoodAs(current) && other.kind === current.kind && other.each.template.covers(namespace));
  return better === undefined ? [] : [[current.each, better.each, namespace]];
}

function byNamespace(schedules: readonly Measured[]): Map<string, Measured[]> {
  const all = new Map<string, Measured[]>();
  for (const current of schedules) {
    namespacesOf(current.each).forEach(namespace => {
      const naming = all.get(namespace);
      if (naming === undefined) {
        all.set(namespace, [current]);
      } else {
        naming.push(current);
      }
    });
  }
  return all;
}

function namespacesOf({ template }: Schedule): readonly string[] {
  const { coversAllNamespaces, includedNamespaces } = template;
  const names = coversAllNamespaces ? [] : [...new Set(includedNamespaces)];
  return names.filter(namespace => !isNamespacePattern(namespace) && template.covers(namespace));
}

/** Those that run, of which the cron can be read and the retention is known. */
function measured(model: BackupModel): Measured[] {
  return model.schedules.all.filter(({ paused }) => !paused).flatMap(each => {
    const gap = each.cron?.longestGap;
    const ttl = model.retentionOf(each.namespace, each.template);
    return gap === undefined || ttl === undefined ? [] : [new Measured(model, each, gap, ttl)];
  });
}

interface Compared {
  /** Those that add something. */
  readonly best: readonly Measured[];
  readonly pairs: readonly Pair[];
}

/** By the gap, so that one look at the longest retention before it is enough. */
function compared(all: readonly Measured[], namespace: string, keyOf: (each: Measured) => string): Compared {
  if (all.length < 2) {
    return { best: all, pairs: [] };
  }
  const longest = new Map<string, Measured>();
  const found: Compared & { readonly best: Measured[]; readonly pairs: Pair[] } = { best: [], pairs: [] };
  for (const current of [...all].sort((one, other) => one.gap - other.gap || other.ttl - one.ttl || (one.each.name < other.each.name ? -1 : 1))) {
    const before = longest.get(keyOf(current));
    if (before?.isAsGoodAs(current)) {
      found.pairs.push([current.each, before.each, namespace]);
    } else {
      longest.set(keyOf(current), current);
      found.best.push(current);
    }
  }
  return found;
}
