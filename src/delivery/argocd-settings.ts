import { Chart, Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { bootstrapCharts } from './bootstrap';
import { deliver } from './deliver';
import { Exclusion, MADE_BY_SCHEDULES, MADE_BY_VELERO, USUAL_EXCLUSIONS, USUAL_SINCE } from './exclusions';
import { HEALTH_CHECKS } from './health-checks';
import { Declarations, dnsLabel, listOf, Problem, Problems, required, struct, TEXT, TRUTH } from '../findings';
import { kubeObject } from '../kube/object';

const TYPE = 'ArgoCdSettings';
const CONFIG_MAP = 'argocd-cm';

/** Kinds that ArgoCD does not look at. */
export interface ExcludedKinds {
  /** The groups of their API, without the version; the core group is the empty string. */
  readonly apiGroups: string[];

  /** The kinds. */
  readonly kinds: string[];

  /**
   * Addresses of the clusters, as patterns.
   *
   * @default - all clusters
   */
  readonly clusters?: string[];
}

/** Properties of `ArgoCdSettings`. */
export interface ArgoCdSettingsProps {
  /** The version of ArgoCD, such as `3.2` or `3.5.1`, also as it tells it itself (`v3.5.1+f0c3c1a`): what it has built in is left out. */
  readonly argoCdVersion: string;

  /**
   * The namespace that ArgoCD runs in.
   *
   * @default 'argocd'
   */
  readonly namespace?: string;

  /**
   * Whether ArgoCD looks at Backups and Restores: hundreds of them, for whoever keeps a Restore in git. Health checks for them come along.
   *
   * @default false
   */
  readonly watchBackups?: boolean;

  /**
   * What your `argocd-cm` excludes beside what it came with. The key `resource.exclusions` is one text: what is not in it here is watched again.
   *
   * @default - nothing
   */
  readonly exclusions?: ExcludedKinds[];
}

const PROPS = struct<ArgoCdSettingsProps>({
  argoCdVersion: required(TEXT),
  namespace: TEXT,
  watchBackups: TRUTH,
  exclusions: listOf(struct<ExcludedKinds>({ apiGroups: required(listOf(TEXT)), kinds: required(listOf(TEXT)), clusters: listOf(TEXT) })),
});

/**
 * What ArgoCD has to know about the kinds of Velero and Rook: when they are healthy, so that a wave waits for them, and which it need not look at.
 *
 * A part of the ConfigMap `argocd-cm`, and no whole one: apply the file with `kubectl apply --server-side --force-conflicts`, which leaves the other
 * keys alone. It belongs into a chart of its own, or into that of the `ArgoCdDelivery`; the Applications do not deliver it.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/#custom-health-checks
 */
export class ArgoCdSettings extends Construct {
  /**
   * Says that ArgoCD itself needs this, for `ArgoCdDelivery`.
   *
   * @internal
   */
  public readonly _isToldToArgoCd = true;

  /**
   * @throws when the version is none, or the app has other settings for the same ArgoCD
   */
  public constructor(scope: Construct, id: string, props: ArgoCdSettingsProps) {
    super(scope, id);
    const problems = Problems.of(this, TYPE);
    problems.add(...PROPS.problems('', props ?? {}));
    problems.refuse();
    const { argoCdVersion, namespace = 'argocd', watchBackups = false, exclusions = [] } = props;
    problems.add(version(argoCdVersion), dnsLabel('namespace', namespace));
    problems.refuse();

    Declarations.of(this).claim(this, TYPE, namespace, CONFIG_MAP);
    bootstrapCharts(this).add(Chart.of(this));
    kubeObject(this, 'Resource', 'ConfigMap', {
      metadata: deliver('ArgoCdSettings', { name: CONFIG_MAP, namespace, labels: { 'app.kubernetes.io/name': CONFIG_MAP, 'app.kubernetes.io/part-of': 'argocd' } }),
      data: { ...healthChecks(argoCdVersion, watchBackups), 'resource.exclusions': Yaml.stringify(excluded(argoCdVersion, watchBackups, exclusions)) },
    });
  }
}

/** Before 2.14 `Prune=confirm` is not known, and nobody should run it any more. */
function version(got: string): Problem | undefined {
  return /^v?\d+\.\d+(\.\d+)?(-[\w.]+)?(\+[\w.]+)?$/.test(got) && isAtLeast(got, '2.14') ? undefined : {
    what: 'argoCdVersion', got, wanted: 'the version of ArgoCD, 2.14 or newer, such as 3.2 or 3.5.1', next: 'argocd version --short tells it',
  };
}

function isAtLeast(got: string, since: string): boolean {
  const [major, minor] = got.replace(/^v/, '').split('.').map(Number);
  const [sinceMajor, sinceMinor] = since.split('.').map(Number);
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}

function healthChecks(argoCdVersion: string, watchBackups: boolean): { [key: string]: string } {
  const wanted = HEALTH_CHECKS.filter(({ kind, builtInSince }) =>
    (watchBackups || !MADE_BY_SCHEDULES.includes(kind)) && (builtInSince === undefined || !isAtLeast(argoCdVersion, builtInSince)));
  return Object.fromEntries(wanted.map(({ group, kind, lua }) => [`resource.customizations.health.${group}_${kind}`, lua]));
}

function excluded(argoCdVersion: string, watchBackups: boolean, exclusions: readonly Exclusion[]): Exclusion[] {
  const kinds = [...MADE_BY_VELERO, ...watchBackups ? [] : MADE_BY_SCHEDULES].sort();
  return [...isAtLeast(argoCdVersion, USUAL_SINCE) ? USUAL_EXCLUSIONS : [], { apiGroups: ['velero.io'], kinds }, ...exclusions];
}
