import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Delivery } from './delivery';
import { DeliveryDialect } from './dialects';
import { EmittedChart } from './emitted';
import { Problem } from '../findings';
import { emissionOf } from '../findings/emission';
import { outputFile } from '../findings/output-file';

const DEFINITION = 'CustomResourceDefinition';

/** Ways to write an app that have a place for each chart, which an Application can name. */
const OUTPUTS = [YamlOutputType.FILE_PER_CHART, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE];

/**
 * Why Applications cannot deliver what an app emits.
 *
 * @param delivery the construct that delivers; its chart is delivered by nobody
 * @param charts those that are to be delivered
 */
export function wrongEmission(
  delivery: IConstruct, app: App, charts: readonly EmittedChart[], separateDefinitions: boolean,
): (Problem | undefined)[] {
  return [
    wrongDialect(delivery),
    wrongOutput(app),
    numberedFiles(app),
    ...overwrittenFiles(app),
    ...beside(delivery),
    ...separateDefinitions ? wrongDefinitions(charts) : [],
    charts.some(({ objects }) => objects.some(({ kind }) => kind !== DEFINITION)) ? undefined : {
      what: 'charts', wanted: 'one with objects: the app emits nothing that could be delivered', next: 'declare the delivery in a chart of its own',
    },
  ];
}

function wrongDialect(delivery: IConstruct): Problem | undefined {
  const { dialect } = Delivery.of(delivery);
  return dialect === DeliveryDialect.ARGOCD ? undefined : {
    what: 'Delivery dialect', got: dialect, wanted: `${DeliveryDialect.ARGOCD}: ArgoCD prunes what it is not told to keep`, next: 'remove the delivery or the choice of the dialect',
  };
}

function wrongOutput({ yamlOutputType }: App): Problem | undefined {
  return OUTPUTS.includes(yamlOutputType) ? undefined : {
    what: 'yamlOutputType of the App',
    got: YamlOutputType[yamlOutputType],
    wanted: `${OUTPUTS.map(type => YamlOutputType[type]).join(' or ')}: the Applications name the file or the folder of each chart`,
    next: 'choose one of them, or leave it out for the first',
  };
}

/** With a dependency between charts cdk8s puts a number in front of the name of every file or folder, and another one when a chart comes or goes. */
function numberedFiles(app: App): Problem | undefined {
  const crossing = app.node.findAll().find(each =>
    (Chart.isChart(each) && chartOf(each.node.scope) !== undefined) || each.node.dependencies.some(other => chartOf(other) !== chartOf(each)));
  return crossing === undefined ? undefined : {
    what: 'dependencies between charts',
    got: crossing.node.path,
    wanted: 'none, and no chart in a chart: cdk8s numbers all files and folders then, and gives them other names when a chart comes or goes',
    next: 'leave the order to the waves',
  };
}

/** Of objects that cdk8s writes to one file of a folder only the last is in git. */
function overwrittenFiles(app: App): Problem[] {
  if (app.yamlOutputType !== YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE) {
    return [];
  }
  const byFile = new Map<string, ApiObject[]>();
  for (const object of emissionOf(app).objects) {
    const file = outputFile(object)!;
    byFile.set(file, [...byFile.get(file) ?? [], object]);
  }
  return [...byFile].filter(([, objects]) => objects.length > 1).map(([file, objects]) => ({
    what: file,
    got: objects.map(({ node }) => node.path).join(', '),
    wanted: 'one object: cdk8s names the file by kind and name alone, whatever the namespace, and writes the last over the others',
    next: 'put them in charts of their own, or leave yamlOutputType out',
  }));
}

function chartOf(construct: IConstruct | undefined): IConstruct | undefined {
  return construct?.node.scopes.find(each => Chart.isChart(each));
}

/** What lies in the file that ArgoCD is told by would be delivered by nobody. */
function beside(delivery: IConstruct): Problem[] {
  const others = Chart.of(delivery).node.children.filter(child => child !== delivery && !isToldToArgoCd(child));
  return others.length === 0 ? [] : [{
    what: 'chart',
    got: Chart.of(delivery).node.path,
    wanted: `one without anything else: nobody delivers ${others.map(({ node }) => node.path).join(', ')}`,
    next: 'give the delivery a chart of its own',
  }];
}

function isToldToArgoCd(child: IConstruct): boolean {
  return (child as { _isToldToArgoCd?: boolean })._isToldToArgoCd === true;
}

function wrongDefinitions(charts: readonly EmittedChart[]): Problem[] {
  const holding = charts.filter(({ objects }) => objects.some(({ kind }) => kind === DEFINITION));
  const mixed = holding.filter(({ objects }) => objects.some(({ kind }) => kind !== DEFINITION));
  if (holding.length === 0) {
    return [{ what: 'separateDefinitions', got: true, wanted: 'a file with definitions: the app emits none', next: 'set separateDefinitions: false' }];
  }
  return mixed.map(({ output: { name, isFolder }, chart }) => ({
    what: name,
    wanted: `the definitions in a ${isFolder ? 'folder' : 'file'} of their own, which an Application of their own delivers: they lie among the other objects of the chart ${chart.node.path}`,
    next: 'give the VeleroInstall a customResourceDefinitionScope: new Chart(app, \'velero-crds\')',
  }));
}
