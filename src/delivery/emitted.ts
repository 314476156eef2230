import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { emissionOf } from '../findings/emission';
import { ChartOutput, chartOutput } from '../findings/output-file';
import { rendering } from '../findings/rendering';
import { isKnownGroup, Scopes } from '../model/cluster-scope';

/** What an object is, without rendering it: what is derived from all objects must not wait for what others derive from all objects. */
export interface EmittedObject {
  readonly group: string;
  readonly kind: string;

  /** Empty for what belongs to the whole cluster. */
  readonly namespace: string;
}

/** What an app emits of one chart: a file, or a folder with a file for each object. */
export interface EmittedChart {
  readonly output: ChartOutput;
  readonly chart: Chart;
  readonly objects: readonly EmittedObject[];
}

/**
 * What an app emits, by chart.
 *
 * Read again when there are more or fewer constructs or patches, and in another turn of the event loop: cdk8s asks for it once for each chart.
 */
export class Emitted {
  public static of(root: IConstruct): Emitted {
    const { objects, fingerprint } = emissionOf(root);
    const before = known.get(root);
    if (before?.fingerprint === fingerprint) {
      return before;
    }
    const emitted = new Emitted(fingerprint, root, objects);
    known.set(root, emitted);
    queueMicrotask(() => known.delete(root));
    return emitted;
  }

  public readonly charts: readonly EmittedChart[];
  private running?: readonly string[];
  private definedScopes?: Scopes;

  private constructor(public readonly fingerprint: string, private readonly root: IConstruct, private readonly objects: readonly ApiObject[]) {
    const charts = new Map<Chart, EmittedChart & { readonly objects: EmittedObject[] }>();
    for (const object of objects) {
      const chart = Chart.of(object);
      const emitted = charts.get(chart) ?? { output: chartOutput(chart) ?? NOWHERE, chart, objects: [] };
      charts.set(chart, emitted);
      emitted.objects.push(headOf(object));
    }
    this.charts = [...charts.values()];
  }

  /** The cron expressions of the schedules that are not paused. */
  public get schedules(): readonly string[] {
    return this.running ??= this.readSchedules();
  }

  /** Which kinds belong to the whole cluster. Only definitions of unknown groups are rendered: they can be long. */
  public get scopes(): Scopes {
    return this.definedScopes ??= new Scopes(this.readDefinitions());
  }

  private readDefinitions(): { group: string; kind: string; scope: string | undefined }[] {
    const render = rendering(this.root);
    const definitions = this.objects.filter(({ kind, name }) =>
      kind === 'CustomResourceDefinition' && !isKnownGroup(name.slice(name.indexOf('.') + 1)));
    const specs = definitions.map(definition => (render(definition) as any).spec ?? {});
    return specs.map(({ group, names, scope }) => ({ group, kind: names?.kind, scope }));
  }

  private readSchedules(): string[] {
    const render = rendering(this.root);
    const specs = this.objects.filter(({ kind, apiGroup }) => kind === 'Schedule' && apiGroup === 'velero.io').map(object => (render(object) as any).spec);
    return specs.flatMap(spec => spec?.paused === true || typeof spec?.schedule !== 'string' ? [] : [spec.schedule]);
  }
}

/** Of an app whose charts have neither files nor folders: nothing can be delivered from there. */
const NOWHERE: ChartOutput = { name: '', isFolder: false };

const known = new WeakMap<IConstruct, Emitted>();

function headOf({ apiVersion, kind, metadata }: ApiObject): EmittedObject {
  const slash = apiVersion.lastIndexOf('/');
  return { group: apiVersion.slice(0, Math.max(slash, 0)), kind, namespace: metadata.namespace ?? '' };
}
