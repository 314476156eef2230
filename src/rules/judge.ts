import { type BackupModel, withoutSecrets } from '../model';
import { ACKNOWLEDGE } from './acknowledge';
import { RULES } from './list';
import { type Judgement, type Rule, type Verdict } from './rule';

/** What all rules say about a model, acknowledged or not, in the order of the rules. */
export function judge(model: BackupModel): Judgement[] {
  const judgements: Judgement[] = [];
  for (const rule of RULES) {
    for (const verdict of verdictsOf(rule, model, judgements)) {
      const severity = verdict.severity ?? rule.severities[0];
      const next = verdict.next && withoutSecrets(verdict.next); // told by itself; the rest is told as every problem is
      judgements.push({ ...verdict, next, rule, severity, acknowledged: severity === 'error' ? undefined : reasonFor(rule, verdict) });
    }
  }
  return judgements;
}

function reasonFor(rule: Rule, { on }: Verdict): string | undefined {
  return on.annotations[`${ACKNOWLEDGE}${rule.id}`]?.trim() || undefined;
}

/** A rule that throws is a fault of this library: it must be seen, and must not hide what the other rules say. */
function verdictsOf(rule: Rule, model: BackupModel, judgements: readonly Judgement[]): readonly Verdict[] {
  try {
    return rule.check(model, { rules: RULES, judgements });
  } catch (error) {
    const [on] = model.manifests;
    if (on === undefined) {
      throw error;
    }
    return [{
      on,
      severity: 'error',
      what: `rule ${rule.id}`,
      got: String(error),
      wanted: 'a verdict',
      next: 'report it to cdk8s-velero with the manifests that it was given: the fault is in the rule',
    }];
  }
}
