import { App, Chart, YamlOutputType } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Delivery } from './delivery';
import { DeliveryDialect } from './dialects';
import { EmittedFile } from './emitted';
import { Problem } from '../findings';

const DEFINITION = 'CustomResourceDefinition';

/**
 * Why Applications cannot deliver what an app emits.
 *
 * @param delivery the construct that delivers; its chart is delivered by nobody
 * @param files those that are to be delivered
 */
export function wrongEmission(delivery: IConstruct, app: App, files: readonly EmittedFile[], separateDefinitions: boolean): (Problem | undefined)[] {
  return [
    wrongDialect(delivery),
    wrongOutput(app),
    numberedFiles(app),
    ...beside(delivery),
    ...separateDefinitions ? wrongDefinitions(files) : [],
    files.some(({ objects }) => objects.some(({ kind }) => kind !== DEFINITION)) ? undefined : {
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
  return yamlOutputType === YamlOutputType.FILE_PER_CHART ? undefined : {
    what: 'yamlOutputType of the App',
    got: YamlOutputType[yamlOutputType],
    wanted: 'FILE_PER_CHART: the patterns of the Applications are names of files',
    next: 'leave it out',
  };
}

/** With a dependency between charts cdk8s puts a number in front of the name of every file, and another one when a chart comes or goes. */
function numberedFiles(app: App): Problem | undefined {
  const crossing = app.node.findAll().find(each =>
    (Chart.isChart(each) && chartOf(each.node.scope) !== undefined) || each.node.dependencies.some(other => chartOf(other) !== chartOf(each)));
  return crossing === undefined ? undefined : {
    what: 'dependencies between charts',
    got: crossing.node.path,
    wanted: 'none, and no chart in a chart: cdk8s numbers all files then, and gives them other names when a chart comes or goes',
    next: 'leave the order to the waves',
  };
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

function wrongDefinitions(files: readonly EmittedFile[]): Problem[] {
  const holding = files.filter(({ objects }) => objects.some(({ kind }) => kind === DEFINITION));
  const mixed = holding.filter(({ objects }) => objects.some(({ kind }) => kind !== DEFINITION));
  if (holding.length === 0) {
    return [{ what: 'separateDefinitions', got: true, wanted: 'a file with definitions: the app emits none', next: 'set separateDefinitions: false' }];
  }
  return mixed.map(({ name, chart }) => ({
    what: name,
    wanted: `the definitions in a file of their own, which an Application of their own delivers: they lie among the other objects of the chart ${chart.node.path}`,
    next: 'give the VeleroInstall a customResourceDefinitionScope: new Chart(app, \'velero-crds\')',
  }));
}
