import { type BackupModel, isHook, type Manifest, type Need, syncWave } from '../model';
import { schedule } from './examples';
import { type Rule, type Verdict } from './rule';

const WAVE = 'argocd.argoproj.io/sync-wave';

export const rule: Rule = {
  id: 'wave-order',
  severities: ['error'],
  title: 'ArgoCD applies an object in a wave before that of what it needs',
  goesWrong: 'A sync goes wave by wave, and on to the next only when everything in the one before is healthy. A pod that waits for a Secret of a later wave is never healthy, so that the '
    + 'later wave never comes: the sync stands still until somebody ends it. The same goes for a location without its server or its credential, once ArgoCD has a health check '
    + 'for locations. What does not wait fails instead: a custom resource whose definition comes later is refused, and a backup that is due before its location is there fails validation.',
  fix: 'give what is needed the same wave or an earlier one',
  reference: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/; argo-cd v3.5.1 gitops-engine/pkg/sync/sync_context.go, Sync',
  check: model => [...tooEarly(model)].map(([by, needs]) => verdictOf(by, needs)),
  install: '1.18.3',
  bad: () => schedule({ annotations: { [WAVE]: '"-1"' } }),
  good: () => schedule({ annotations: { [WAVE]: '"2"' } }),
};

/** By the object that comes too early. */
function tooEarly(model: BackupModel): Map<Manifest, Need[]> {
  const found = new Map<Manifest, Need[]>();
  const made = new Set(model.applications.all.filter(({ syncOptions }) => syncOptions.includes('CreateNamespace=true')).map(each => each.destinationNamespace));
  for (const need of model.needs()) {
    const isMade = need.of.kind === 'Namespace' && made.has(need.of.name);
    if (syncWave(need.of) > syncWave(need.by) && !isMade && isOneSync(model, need)) {
      found.set(need.by, [...found.get(need.by) ?? [], need]);
    }
  }
  return found;
}

/** Waves order what one Application delivers. Between two of them nothing does but that the second tries again; hooks are of phases of their own. */
function isOneSync(model: BackupModel, { by, of }: Need): boolean {
  const [one, other] = [by, of].map(manifest => model.deliveries().applicationOf(manifest));
  return !isHook(by) && !isHook(of) && (one === undefined || other === undefined || one === other);
}

function verdictOf(on: Manifest, needs: readonly Need[]): Verdict {
  const latest = needs.reduce((one, other) => syncWave(other.of) > syncWave(one.of) ? other : one);
  return {
    on,
    what: `annotation ${WAVE}`,
    got: on.annotations[WAVE],
    wanted: `at least ${syncWave(latest.of)}, the wave of ${latest.of}${needs.length > 1 ? ` (and ${needs.length - 1} more that it needs come later)` : ''}: `
      + `before that ${latest.otherwise}`,
    next: `write ${syncWave(latest.of)} or more, or give ${latest.of} the wave ${syncWave(on)} or an earlier one`,
  };
}
