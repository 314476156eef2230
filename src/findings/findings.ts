import { IConstruct } from 'constructs';
import { Declarations } from './declarations';
import { Finding } from './finding';
import { refuse } from './problems';

/**
 * What the rules say about an app: read from the objects that it emits, whoever made them.
 *
 * Errors stop the synth, all at once and before a file is written. Warnings are told on stderr, once a synth.
 */
export class Findings {
  /**
   * The findings about what a construct contains.
   *
   * @param scope a construct, a chart or the app
   */
  public static of(scope: IConstruct): Findings {
    return new Findings(scope);
  }

  /**
   * Everything that the rules say about an app, acknowledged or not.
   *
   * @param scope the app, or any construct of it
   */
  public static all(scope: IConstruct): Finding[] {
    return [...Declarations.of(scope).judgement.findings()];
  }

  /**
   * From now on warnings of the app stop the synth as errors do, unless they are acknowledged.
   *
   * @param scope the app, or any construct of it
   */
  public static strict(scope: IConstruct): void {
    Declarations.of(scope).judgement.strict();
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Accepts the warnings of a rule about all objects in this scope.
   *
   * Each object that the rule warns about gets the annotation `cdk8s-velero/acknowledge.<id>` with the reason, so that the manifests tell it
   * and `cdk8s-velero check` honours it. Where the rule warns about none of them, that is a warning itself: `acknowledgement-idle`.
   *
   * @param id the name of the rule
   * @param reason why this is accepted, for whoever reads the manifest in a year
   * @throws when the reason is empty
   */
  public acknowledge(id: string, reason: string): void {
    if (reason.trim() === '') {
      refuse(`Findings.of('${this.scope.node.path}').acknowledge('${id}')`, { what: 'reason', got: reason, wanted: 'why this is accepted' });
    }
    Declarations.of(this.scope).judgement.acknowledge({ scope: this.scope, id, reason });
  }
}
