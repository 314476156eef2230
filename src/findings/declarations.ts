import { IConstruct } from 'constructs';
import { Capability, CAPABILITIES, VeleroRelease } from '../versions';
import { Problems, refuse } from './problems';

const MARK = Symbol.for('cdk8s-velero.Declarations');

/**
 * What the constructs of one app declared, for the checks that need more than one of them.
 *
 * It lives on the root of the app, so that two loaded copies of this package share it, and installs the app's only validator:
 * cdk8s runs validators once per chart, and one that walks the tree for every construct made synth quadratic.
 */
export class Declarations {
  public static of(scope: IConstruct): Declarations {
    const root = scope.node.root as IConstruct & { [MARK]?: Declarations };
    if (!root[MARK]) {
      const declarations = new Declarations();
      Object.defineProperty(root, MARK, { value: declarations });
      root.node.addValidation({ validate: () => declarations.validate() });
    }
    return root[MARK]!;
  }

  private readonly claims = new Map<string, string>();
  private readonly releases = new Map<string, VeleroRelease>();
  private readonly needs: Need[] = [];

  private constructor() {}

  /**
   * Reserves a name that may exist once in a namespace of the cluster.
   *
   * @throws when another construct of the app has it already
   */
  public claim(by: IConstruct, type: string, namespace: string, name: string): void {
    const key = `${type} ${namespace}/${name}`;
    const owner = this.claims.get(key);
    if (owner !== undefined) {
      refuse(`${type} '${by.node.path}'`, {
        what: 'name',
        got: `${namespace}/${name}`,
        wanted: `a ${type} that no other construct declares`,
        next: `'${owner}' has it already: rename or remove one of them`,
      });
    }
    this.claims.set(key, by.node.path);
  }

  /** Tells which release of Velero runs in a namespace. */
  public installed(namespace: string, release: VeleroRelease): void {
    this.releases.set(namespace, release);
  }

  /**
   * Declares that a construct needs something that not every release of Velero has.
   *
   * Checked at synth, because the install may be declared later; silent when the install is not in this app.
   */
  public need(by: IConstruct, type: string, namespace: string, what: string, capability: Capability): void {
    this.needs.push({ by, type, namespace, what, capability });
  }

  /** Cdk8s may call this several times in one synth: it changes nothing. */
  private validate(): string[] {
    return this.needs.flatMap(need => {
      const release = this.releases.get(need.namespace);
      return release === undefined || release.has(need.capability) ? [] : [unmet(need, release)];
    });
  }
}

interface Need {
  readonly by: IConstruct;
  readonly type: string;
  readonly namespace: string;
  readonly what: string;
  readonly capability: Capability;
}

function unmet(need: Need, release: VeleroRelease): string {
  const { since, until, description } = CAPABILITIES[need.capability];
  const problems = Problems.of(need.by, need.type);
  problems.add({
    what: need.what,
    wanted: `Velero ${since ? `>= ${since}` : ''}${since && until ? ' and ' : ''}${until ? `< ${until}` : ''} for ${description}, but ${need.namespace} runs ${release.version}`,
    next: 'leave it out or change the version of the VeleroInstall',
  });
  return problems.toString();
}
