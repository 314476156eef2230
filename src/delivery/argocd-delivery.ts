import { App, Chart, Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { applicationSpec, DeliverySettings } from './applications';
import { checkDelivery } from './argocd-delivery-checks';
import { ARGOCD_DELIVERY } from './argocd-delivery-shape';
import { bootstrapCharts } from './bootstrap';
import { deliver, DeliveryRole } from './deliver';
import { Emitted, EmittedChart } from './emitted';
import { homeOf, PermittedKind, projectSpec } from './project';
import { noTimeLeft, syncWindows } from './sync-windows';
import { wrongEmission } from './wrong-emission';
import { Declarations, Problems } from '../findings';
import { tell } from '../findings/problems';
import { PlainObject } from '../kube/plain-object';

const TYPE = 'ArgoCdDelivery';
const API_VERSION = 'argoproj.io/v1alpha1';

/** The cluster that an Application delivers to: by its address or by its name in ArgoCD. */
export interface ArgoCdDestination {
  /**
   * Address of its API server. Together with `name` it raises an error, as in ArgoCD.
   *
   * @default - 'https://kubernetes.default.svc', the cluster that ArgoCD runs in, where there is no name either
   */
  readonly server?: string;

  /**
   * Its name in ArgoCD.
   *
   * @default - none
   */
  readonly name?: string;
}

/** How often ArgoCD tries again when a sync fails. */
export interface ArgoCdRetry {
  /**
   * How many times. -1 means for ever, 0 never.
   *
   * @default 10
   */
  readonly limit?: number;

  /**
   * The time before the first, in whole seconds, at least 1.
   *
   * @default Duration.seconds(30)
   */
  readonly backoff?: Duration;

  /**
   * By how much each time is longer than the one before. A whole number, at least 1.
   *
   * @default 2
   */
  readonly factor?: number;

  /**
   * The longest of these times, in whole seconds, not shorter than `backoff`.
   *
   * @default Duration.minutes(10)
   */
  readonly maxBackoff?: Duration;
}

/** Properties of `ArgoCdDelivery`. */
export interface ArgoCdDeliveryProps {
  /** URL of the git repository that holds the output, as ArgoCD knows it. Patterns, passwords and tokens in it raise an error. */
  readonly repository: string;

  /** Branch, tag or commit of it. */
  readonly revision: string;

  /** Folder of the output in the repository, from its root and without `..`; `.` for the root. */
  readonly path: string;

  /**
   * Name of the Application, of at most 248 characters. That of the definitions is `<name>-crds`.
   *
   * @default 'velero'
   */
  readonly name?: string;

  /**
   * The namespace that ArgoCD runs in.
   *
   * @default 'argocd'
   */
  readonly namespace?: string;

  /**
   * The AppProject that the Applications belong to.
   *
   * @default - the name of the Application
   */
  readonly project?: string;

  /**
   * Whether the AppProject is emitted. One that exists already must permit everything: the rule `project-refuses` tells where the app has it too. The
   * project `default`, which is ArgoCD's own, raises an error unless this is false.
   *
   * @default true
   */
  readonly createProject?: boolean;

  /**
   * Where the objects go.
   *
   * @default - the cluster that ArgoCD runs in
   */
  readonly destination?: ArgoCdDestination;

  /**
   * Whether the definitions have an Application of their own, which nobody deletes in passing. They must lie in files of their own:
   * `customResourceDefinitionScope` of the `VeleroInstall`. Set it to false where the app emits none.
   *
   * @default true
   */
  readonly separateDefinitions?: boolean;

  /**
   * Whether ArgoCD syncs by itself. Without, somebody does it by hand: during the recovery of a whole cluster, for example.
   *
   * @default true
   */
  readonly automated?: boolean;

  /**
   * Whether ArgoCD deletes what disappears from git, of what may be deleted. Definitions never.
   *
   * @default true
   */
  readonly prune?: boolean;

  /**
   * Whether ArgoCD sets back what somebody changed in the cluster.
   *
   * @default true
   */
  readonly selfHeal?: boolean;

  /**
   * What becomes of a failed sync. The first one of a new cluster fails now and then: Secrets are unsealed, buckets made.
   *
   * @default - ten times, after 30 seconds, one minute, two and so on up to ten
   */
  readonly retry?: ArgoCdRetry;

  /**
   * Whether syncs wait while backups run: a new server makes the backup that runs fail. From the schedules of the app that are not paused; those by
   * `@every` have no time to keep free. By hand a sync is always possible. The windows are part of the AppProject: true without
   * it raises an error.
   *
   * @default - true where the AppProject is emitted
   */
  readonly syncWindows?: boolean;

  /**
   * How long backups run that start at the same time, all together, in whole seconds. So long that no time is left between the schedules raises an
   * error.
   *
   * @default Duration.hours(1)
   */
  readonly backupDuration?: Duration;

  /**
   * Kinds that the AppProject permits beside the emitted ones: a kind of which the last object has just been taken from the app, so that ArgoCD may
   * delete it.
   *
   * @default - none
   */
  readonly permittedKinds?: PermittedKind[];

  /**
   * Namespaces that the AppProject permits beside the emitted ones, for the same reason.
   *
   * @default - none
   */
  readonly permittedNamespaces?: string[];
}

/**
 * Delivers an app to a cluster by ArgoCD: an Application for the definitions, one for everything else, and an AppProject that permits what is
 * emitted and nothing else.
 *
 * It belongs into a chart of its own, whose file is applied by hand once, or by an Application above it: all other files of the app are
 * delivered by the Applications that it holds. The app may be written in a file a chart, as is usual, or in a folder a chart:
 * `yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE`. Other ways raise an error.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/
 */
export class ArgoCdDelivery extends Construct {
  /** Name of the Application. */
  public readonly applicationName: string;

  /** Name of the AppProject. */
  public readonly projectName: string;

  /** The namespace that ArgoCD runs in. */
  public readonly namespace: string;

  /**
   * @throws when the app has another one, or a value is wrong; at synth when files cannot be told apart or no time is left for a sync
   */
  public constructor(scope: Construct, id: string, props: ArgoCdDeliveryProps) {
    super(scope, id);
    const problems = Problems.of(this, TYPE);
    problems.add(...ARGOCD_DELIVERY.problems('', props ?? {}));
    problems.refuse();
    this.applicationName = props.name ?? 'velero';
    this.projectName = props.project ?? this.applicationName;
    this.namespace = props.namespace ?? 'argocd';
    problems.add(...checkDelivery(this, props));
    const owner = Declarations.of(this).reserve(this, TYPE);
    problems.add(owner && { what: TYPE, wanted: `one in an app: '${owner.node.path}' delivers it already`, next: 'remove one of them' });
    problems.refuse();

    bootstrapCharts(this).add(Chart.of(this));
    const messages = oncePerEmission(emitted => this.messages(props, emitted));
    this.node.addValidation({ validate: () => messages(Emitted.of(this.node.root)) });
    this.emitProject(props);
    this.emitApplications(props);
  }

  private emitProject(props: ArgoCdDeliveryProps): void {
    if (!(props.createProject ?? true)) {
      return;
    }
    this.emit('Project', 'AppProject', this.projectName, 'AppProject', (charts, { schedules, scopes }) => projectSpec(charts, {
      repository: props.repository,
      destination: destinationOf(props),
      namespaces: [homeOf(charts), ...props.permittedNamespaces ?? []],
      kinds: props.permittedKinds ?? [],
      scopes,
      syncWindows: props.syncWindows ?? true ? syncWindows(schedules, backupDuration(props), this.applicationNames(props)) : [],
    }));
  }

  private emitApplications(props: ArgoCdDeliveryProps): void {
    const settings = settingsOf(props, this.projectName);
    const [own, definitions] = this.applicationNames(props);
    const isOfOwn = (chart: EmittedChart) => definitions === undefined || !isOfDefinitions(chart);
    if (definitions !== undefined) {
      this.emit('Definitions', 'Application', definitions, 'DefinitionsApplication', charts =>
        applicationSpec(settings, { charts: charts.filter(isOfDefinitions), prune: false, namespace: homeOf(charts) }));
    }
    this.emit('Resource', 'Application', own, 'Application', charts =>
      applicationSpec(settings, { charts: charts.filter(isOfOwn), prune: props.prune ?? true, namespace: homeOf(charts) }));
  }

  /** When it is written: what the app emits is known no sooner. */
  private emit(id: string, kind: string, name: string, role: DeliveryRole, specOf: SpecOf): void {
    const spec = oncePerEmission(emitted => specOf(this.deliveredOf(emitted), emitted));
    const produce = () => spec(Emitted.of(this.node.root));
    new PlainObject(this, id, {
      apiVersion: API_VERSION, kind, metadata: deliver(role, { name, namespace: this.namespace }), spec: Lazy.any({ produce }),
    });
  }

  private applicationNames({ separateDefinitions = true }: ArgoCdDeliveryProps): string[] {
    return [this.applicationName, ...separateDefinitions ? [`${this.applicationName}-crds`] : []];
  }

  private deliveredOf({ charts }: Emitted): readonly EmittedChart[] {
    const bootstrap = bootstrapCharts(this);
    return charts.filter(({ chart }) => !bootstrap.has(chart));
  }

  private messages(props: ArgoCdDeliveryProps, emitted: Emitted): string[] {
    const { createProject = true, separateDefinitions = true, syncWindows: windows = true } = props;
    const problems = [
      ...wrongEmission(this, App.of(this), this.deliveredOf(emitted), separateDefinitions),
      createProject && windows ? noTimeLeft(emitted.schedules, backupDuration(props)) : undefined,
    ].filter(problem => problem !== undefined);
    return problems.map(problem => `${TYPE} '${this.node.path}': ${tell(problem)}`);
  }
}

/** Cdk8s asks once for the app and once for each chart of it, and an object is written for the rules and for the file. */
function oncePerEmission<Value>(make: (emitted: Emitted) => Value): (emitted: Emitted) => Value {
  let last: { readonly emitted: Emitted; readonly value: Value } | undefined;
  return emitted => {
    if (last?.emitted !== emitted) {
      last = { emitted, value: make(emitted) };
    }
    return last.value;
  };
}

/** What a spec says, from the charts that are delivered and from all that is emitted. */
type SpecOf = (charts: readonly EmittedChart[], emitted: Emitted) => object;

/** Whether a chart holds nothing but definitions. */
function isOfDefinitions({ objects }: EmittedChart): boolean {
  return objects.every(({ kind }) => kind === 'CustomResourceDefinition');
}

function backupDuration({ backupDuration: given }: ArgoCdDeliveryProps): Duration {
  return given ?? Duration.hours(1);
}

function destinationOf({ destination = {} }: ArgoCdDeliveryProps): ArgoCdDestination {
  return destination.name === undefined ? { server: destination.server ?? 'https://kubernetes.default.svc' } : { name: destination.name };
}

function settingsOf(props: ArgoCdDeliveryProps, project: string): DeliverySettings {
  const { repository, revision, path, automated = true, selfHeal = true, retry = {} } = props;
  const { limit = 10, backoff = Duration.seconds(30), factor = 2, maxBackoff = Duration.minutes(10) } = retry;
  const destination = destinationOf(props);
  return { repository, revision, path, project, automated, selfHeal, destination, retry: { limit, backoff, factor, maxBackoff } };
}
