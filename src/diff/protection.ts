import { type BackupModel, isNamespacePattern, type Schedule } from '../model';
import { type Severity } from './change';
import { shortfall } from './substitute';
import { capital, counted, hours, listed } from './words';

/** What it means that a schedule does not save some namespaces any more. */
export interface Loss {
  readonly severity: Severity;
  readonly means: readonly string[];
}

const ALL = '*';

/** Which namespaces the schedules of two sets of manifests save. Who is paused saves none. */
export class Protection {
  private names?: readonly string[];

  public constructor(private readonly was: BackupModel, private readonly is: BackupModel) {}

  /** The namespaces, and the patterns for them, that a schedule saved and now does not; all of its namespaces when it is gone. */
  public lost(was: Schedule, is: Schedule | undefined): readonly string[] {
    const { coversAllNamespaces, includedNamespaces } = was.template;
    const patterns = coversAllNamespaces ? [ALL] : includedNamespaces.filter(isNamespacePattern);
    const names = (patterns.length > 0 ? this.known() : includedNamespaces).filter(name => was.template.covers(name));
    return [
      ...new Set(names.filter(name => is === undefined || !is.template.covers(name))),
      ...patterns.filter(pattern => is === undefined || !includesPattern(is, pattern)),
    ];
  }

  /**
   * Destructive when nothing else saves one of them; not yet, where the lost one goes on in the cluster.
   *
   * @param goesOn whether it does
   */
  public lossOf(names: readonly string[], lost: Schedule, goesOn = false): Loss {
    const saved = names.map(name => ({ name, ...this.savedBy(name, lost) }));
    const unprotected = saved.filter(({ by }) => by.length === 0).map(({ name }) => name);
    const rest = saved.filter(({ by }) => by.length > 0);
    const named = unprotected.filter(name => name !== ALL);
    const noneLeft = goesOn ? noneInGit : noneInCluster;
    return {
      severity: unprotected.length > 0 && !goesOn ? 'destructive' : names.length > 0 ? 'notable' : 'harmless',
      means: [
        ...(named.length > 0 ? [noneLeft(listed(named))] : []),
        ...(unprotected.includes(ALL) ? [noneLeft(UNKNOWN)] : []),
        ...[...new Set(saved.filter(({ by }) => by.length === 0).flatMap(({ not }) => not))].sort().slice(0, SHOWN),
        ...rest.slice(0, SHOWN).map(({ name, by }) => `${name === ALL ? capital(UNKNOWN) : name} ${name === ALL ? 'are' : 'is'} still saved by ${listed(by.map(described).sort(), SHOWN)}.`),
        ...(rest.length > SHOWN ? [`So ${rest.length - SHOWN === 1 ? 'is' : 'are'} ${counted(rest.length - SHOWN, 'other namespace')}.`] : []),
      ],
    };
  }

  /** The schedules that save a namespace as well as the lost one did, and why the others do not. */
  private savedBy(name: string, lost: Schedule): { readonly by: readonly Schedule[]; readonly not: readonly string[] } {
    const candidates = isNamespacePattern(name) ? this.is.schedules.all.filter(each => includesPattern(each, name)) : this.is.schedulesCovering(name);
    const by: Schedule[] = [];
    const not: string[] = [];
    for (const candidate of candidates.filter(({ paused }) => !paused)) {
      const reason = shortfall(lost, candidate, this.was, this.is);
      if (reason === undefined) {
        by.push(candidate);
      } else {
        not.push(`${candidate.name} does not count: ${reason}.`);
      }
    }
    return { by, not };
  }

  /** What is called a namespace anywhere. */
  private known(): readonly string[] {
    return this.names ??= [...new Set([this.was, this.is].flatMap(({ namespaces, schedules, workloads, claims }) => [
      ...namespaces.all.map(({ name }) => name),
      ...schedules.all.flatMap(({ template }) => [...template.includedNamespaces, ...template.excludedNamespaces]),
      ...[...workloads.all, ...claims.all].map(({ namespace }) => namespace),
    ]))].filter(name => name !== '' && !isNamespacePattern(name)).sort();
  }
}

const SHOWN = 3;
const UNKNOWN = 'namespaces that these manifests do not name';

function noneInCluster(what: string): string {
  return `No schedule is left that saves ${what}.`;
}

function noneInGit(what: string): string {
  return `Git has no schedule any more that saves ${what}: nothing does once the one in the cluster is deleted, or in a cluster that is built anew.`;
}

function includesPattern({ template: { coversAllNamespaces, includedNamespaces } }: Schedule, pattern: string): boolean {
  return coversAllNamespaces || includedNamespaces.includes(pattern);
}

function described({ name, cron }: Schedule): string {
  return cron?.longestGap === undefined ? name : `${name} (every ${hours(cron.longestGap)})`;
}
