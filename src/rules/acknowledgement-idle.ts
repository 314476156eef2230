import { type Manifest } from '../model';
import { ACKNOWLEDGE } from './acknowledge';
import { schedule } from './examples';
import { type Judged, type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'acknowledgement-idle',
  severities: ['warning'],
  title: 'An acknowledgement that silences nothing or gives no reason',
  goesWrong: 'Nothing in Velero. But whoever reads the manifest believes that a risk was weighed, when there is none any more, when the rule has another name, '
    + 'or when nobody wrote down why; and a warning that comes back later would be silenced unseen. Errors cannot be acknowledged.',
  fix: 'take it away, or write the reason and the id of the rule that is meant',
  reference: 'docs/RULES.md',
  // The last in the list: it judges what became of the acknowledgements.
  check: ({ manifests }, before) => {
    const silenced = silencedIn(before);
    return manifests.filter(manifest => !inherits(manifest)).flatMap(manifest => Object.keys(manifest.annotations)
      .filter(key => key.startsWith(ACKNOWLEDGE))
      .flatMap(key => idle(manifest, key, before, silenced)));
  },
  install: '1.18.3',
  bad: () => schedule({ annotations: { 'cdk8s-velero/acknowledge.skip-imediately': 'the first run is on Monday' } }),
  good: () => schedule(),
};

/** A Backup in a dump of a cluster has all annotations of the Schedule that made it. */
function inherits({ kind, labels }: Manifest): boolean {
  return kind === 'Backup' && labels['velero.io/schedule-name'] !== undefined;
}

function silencedIn({ judgements }: Judged): ReadonlyMap<Manifest, ReadonlySet<string>> {
  const silenced = new Map<Manifest, Set<string>>();
  for (const { on, rule: { id }, acknowledged } of judgements) {
    if (acknowledged !== undefined) {
      silenced.set(on, (silenced.get(on) ?? new Set()).add(id));
    }
  }
  return silenced;
}

function idle(on: Manifest, annotation: string, { rules }: Judged, silenced: ReadonlyMap<Manifest, ReadonlySet<string>>): Verdict[] {
  const id = annotation.slice(ACKNOWLEDGE.length);
  const known = rules.find(each => each.id === id);
  const what = `annotation ${annotation}`;
  if (known === undefined) {
    return [{ on, what, wanted: 'the id of a rule after the dot', next: 'look it up in docs/RULES.md' }];
  }
  if (on.annotations[annotation].trim() === '') {
    return [{ on, what, got: on.annotations[annotation], wanted: 'a reason', next: 'write down why this is accepted' }];
  }
  const fixed = known.severities.every(severity => severity === 'error') ? 'its findings are errors, which cannot be acknowledged' : 'the rule finds nothing here';
  return silenced.get(on)?.has(id) ? [] : [{ on, what, got: on.annotations[annotation], wanted: `no acknowledgement: ${fixed}`, next: 'take it away' }];
}
