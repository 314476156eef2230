import { IConstruct } from 'constructs';
import { availableIn, CAPABILITIES, Capability, CapabilityFact, VeleroRelease } from '../versions';
import { AppJudgement } from './app-judgement';
import { Problem, Problems, refuse } from './problems';

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
      const declarations = new Declarations(root);
      Object.defineProperty(root, MARK, { value: declarations });
      root.node.addValidation({ validate: () => declarations.validate() });
    }
    return root[MARK]!;
  }

  /** What the rules say about the objects that the app emits. */
  public readonly judgement: AppJudgement;

  private readonly claims = new Map<string, IConstruct>();
  private readonly common = new Map<string, unknown>();
  private readonly folders = new Map<string, { readonly folder: string; readonly path: string }[]>();
  private readonly releases = new Map<string, VeleroRelease>();
  private readonly expectations: Expectation[] = [];

  private constructor(root: IConstruct) {
    this.judgement = new AppJudgement(root);
  }

  /**
   * Reserves a name that may exist once in a namespace of the cluster.
   *
   * @throws when another construct of the app has it already
   */
  public claim(by: IConstruct, type: string, namespace: string, name: string): void {
    const owner = this.reserve(by, `${type} ${namespace}/${name}`);
    if (owner !== undefined) {
      refuse(`${type} '${by.node.path}'`, {
        what: 'name',
        got: `${namespace}/${name}`,
        wanted: `a ${type} that no other construct declares`,
        next: `'${owner.node.path}' has it already: rename or remove one of them`,
      });
    }
  }

  /**
   * Reserves what an app has once, for those who have more to say than `claim` when it is taken.
   *
   * @returns who has it already
   */
  public reserve(by: IConstruct, what: string): IConstruct | undefined {
    const owner = this.claims.get(what);
    this.claims.set(what, owner ?? by);
    return owner;
  }

  /** What several constructs of an app have in common: the first that asks makes it. */
  public once<T>(key: string, make: () => T): T {
    if (!this.common.has(key)) {
      this.common.set(key, make());
    }
    return this.common.get(key) as T;
  }

  /**
   * Reserves a folder of a bucket for one location.
   *
   * @param bucket the bucket with the endpoint that it is at
   * @param folder the folder without slashes around it; empty for the root
   * @throws when another location of the app writes there, or in a folder around it or inside of it
   */
  public claimFolder(by: IConstruct, type: string, bucket: string, folder: string): void {
    const others = this.folders.get(bucket) ?? [];
    const other = others.find(each => inside(each.folder, folder) || inside(folder, each.folder));
    if (other !== undefined) {
      refuse(`${type} '${by.node.path}'`, {
        what: 'bucket and prefix',
        got: `${bucket}/${folder}`,
        wanted: 'a folder apart from that of any other location',
        next: `'${other.path}' writes to ${bucket}/${other.folder}: give each a prefix of its own`,
      });
    }
    this.folders.set(bucket, [...others, { folder, path: by.node.path }]);
  }

  /** Tells which release of Velero runs in a namespace. */
  public installed(namespace: string, release: VeleroRelease): void {
    this.releases.set(namespace, release);
  }

  /** Which release runs in a namespace, as far as the app has told. */
  public releaseIn(namespace: string): VeleroRelease | undefined {
    return this.releases.get(namespace);
  }

  /**
   * Declares that a construct needs something that not every release of Velero has.
   *
   * Checked at synth, because the install may be declared later; silent when the install is not in this app.
   */
  public need(by: IConstruct, type: string, namespace: string, what: string, capability: Capability): void {
    this.expect(by, type, namespace, release => release.has(capability) ? undefined : lacking(what, CAPABILITIES[capability], namespace, release));
  }

  /** The same for what a single capability does not tell. */
  public expect(by: IConstruct, type: string, namespace: string, check: (release: VeleroRelease) => Problem | undefined): void {
    this.expectations.push({ by, type, namespace, check });
  }

  /** Cdk8s calls this several times in one synth. */
  private validate(): string[] {
    return [...this.unmet(), ...this.judgement.errors()];
  }

  private unmet(): string[] {
    return this.expectations.flatMap(({ by, type, namespace, check }) => {
      const release = this.releases.get(namespace);
      const problem = release && check(release);
      return problem ? [told(by, type, problem)] : [];
    });
  }
}

interface Expectation {
  readonly by: IConstruct;
  readonly type: string;
  readonly namespace: string;
  readonly check: (release: VeleroRelease) => Problem | undefined;
}

function inside(folder: string, around: string): boolean {
  return around === '' || `${folder}/`.startsWith(`${around}/`);
}

function told(by: IConstruct, type: string, problem: Problem): string {
  const problems = Problems.of(by, type);
  problems.add(problem);
  return problems.toString();
}

function lacking(what: string, { since, until, description }: CapabilityFact, namespace: string, release: VeleroRelease): Problem {
  return {
    what,
    wanted: `Velero ${availableIn({ since, until })} for ${description}, but ${namespace} runs ${release.version}`,
    next: 'leave it out or change the version of the VeleroInstall',
  };
}
