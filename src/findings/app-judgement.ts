import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ConstructPlace } from './construct-place';
import { emissionOf } from './emission';
import { Finding, FindingSeverity, findingText } from './finding';
import type * as late from './model-and-rules';
import { Problem, tell } from './problems';
import { rendering } from './rendering';
import type { Manifest } from '../model';
import type { Judgement, Severity } from '../rules';

/** What `Findings.acknowledge` was told. */
export interface Acknowledgement {
  readonly scope: IConstruct;
  readonly id: string;
  readonly reason: string;
}

interface Kept {
  readonly fingerprint: string;
  readonly findings: readonly Finding[];
  told: boolean;
}

/**
 * What the rules say about one app.
 *
 * cdk8s asks its validators once for the app and once for each chart of it, all in one turn of the event loop. The app is read once in that time:
 * what was found is kept until the turn ends, or until there are more or fewer constructs, patches or acknowledgements.
 */
export class AppJudgement {
  private readonly acknowledgements: Acknowledgement[] = [];
  /** The annotations that acknowledgements wrote: taken back before the app is read anew. */
  private readonly written: { readonly object: ApiObject; readonly annotation: string }[] = [];
  private isStrict = false;
  private kept?: Kept;

  public constructor(private readonly root: IConstruct) {}

  public acknowledge(acknowledgement: Acknowledgement): void {
    this.acknowledgements.push(acknowledgement);
  }

  public strict(): void {
    this.isStrict = true;
  }

  public findings(): readonly Finding[] {
    return this.judged().findings;
  }

  /** One line an error. Tells the warnings on stderr, once for what is found. */
  public errors(): string[] {
    const judged = this.judged();
    const open = judged.findings.filter(({ acknowledged }) => acknowledged === undefined);
    if (!judged.told) {
      judged.told = true;
      open.filter(({ severity }) => severity === FindingSeverity.WARNING).forEach(finding => process.stderr.write(`warning: ${findingText(finding)}\n`));
    }
    return open.filter(({ severity }) => severity === FindingSeverity.ERROR).map(findingText);
  }

  private judged(): Kept {
    const { objects, fingerprint: emitted } = emissionOf(this.root);
    const fingerprint = `${emitted}, ${this.acknowledgements.length} acknowledgements, strict ${this.isStrict}`;
    if (this.kept?.fingerprint !== fingerprint) {
      this.kept = { fingerprint, findings: this.judge(objects), told: false };
      queueMicrotask(() => this.kept = undefined);
    }
    return this.kept;
  }

  private judge(objects: readonly ApiObject[]): readonly Finding[] {
    const { BackupModel, judge } = modelAndRules();
    this.takeBack();
    const render = rendering(this.root);
    const judgements = judge(BackupModel.of(objects.map(object => ({ object: render(object), at: new ConstructPlace(object) }))));
    const idle = new Set(this.acknowledgements);
    const findings = judgements.map(judgement => {
      const acknowledgement = this.acknowledgementOf(judgement);
      if (acknowledgement !== undefined) {
        idle.delete(acknowledgement);
        this.write(judgement, acknowledgement);
      }
      return this.finding(judgement, acknowledgement);
    });
    return [...findings, ...[...idle].map(acknowledgement => this.idle(acknowledgement))];
  }

  private acknowledgementOf({ rule, severity, on }: Judgement): Acknowledgement | undefined {
    const named = severity === 'error' ? [] : this.acknowledgements.filter(({ id }) => id === rule.id);
    const scopes = named.length === 0 ? [] : objectOf(on).node.scopes;
    return named.find(({ scope }) => scopes.includes(scope));
  }

  private write({ on }: Judgement, { id, reason }: Acknowledgement): void {
    const { ACKNOWLEDGE } = modelAndRules();
    const object = objectOf(on);
    const annotation = `${ACKNOWLEDGE}${id}`;
    this.written.push({ object, annotation });
    object.metadata.addAnnotation(annotation, reason);
  }

  /** cdk8s leaves out what is undefined, and has no way to remove an annotation. */
  private takeBack(): void {
    this.written.splice(0).forEach(({ object, annotation }) => object.metadata.addAnnotation(annotation, undefined as unknown as string));
  }

  private finding(judgement: Judgement, acknowledgement: Acknowledgement | undefined): Finding {
    const { placeText } = modelAndRules();
    const { rule, on, next, severity } = judgement;
    return {
      id: rule.id,
      severity: this.severityOf(severity),
      at: `${on} (${placeText(on.at)})`,
      message: message(judgement),
      fix: next ?? rule.fix,
      reference: rule.reference,
      acknowledged: acknowledgement?.reason ?? judgement.acknowledged,
    };
  }

  private idle({ scope, id, reason }: Acknowledgement): Finding {
    const { RULES, idleRule } = modelAndRules();
    const wanted = RULES.some(each => each.id === id) ? 'no acknowledgement: the rule warns about nothing in this scope' : 'the id of a rule';
    return {
      id: idleRule.id,
      severity: this.severityOf('warning'),
      at: `Findings.of('${scope.node.path}')`,
      message: message({ what: `acknowledge('${id}')`, got: reason, wanted }),
      fix: idleRule.fix,
      reference: idleRule.reference,
    };
  }

  private severityOf(severity: Severity): FindingSeverity {
    return this.isStrict && severity === 'warning' ? FindingSeverity.ERROR : SEVERITIES[severity];
  }
}

const SEVERITIES = { error: FindingSeverity.ERROR, warning: FindingSeverity.WARNING, info: FindingSeverity.INFO };

/** Without the next step, which findings tell apart. */
function message({ what, got, wanted }: Problem): string {
  return tell({ what, got, wanted });
}

function objectOf({ at }: Manifest): ApiObject {
  return (at as ConstructPlace).object;
}

/** On first use: whoever imports the library waits for its files, and many never synthesize. */
function modelAndRules(): typeof late {
  return require('./model-and-rules'); // eslint-disable-line @typescript-eslint/no-require-imports
}
