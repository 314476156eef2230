import { ApiObject, App, Chart, Testing, YamlOutputType } from 'cdk8s';
import { definition, deliver, twoCharts, usual } from './two-charts';
import { ArgoCdDelivery, ArgoCdSettings, Delivery, DeliveryDialect } from '../../src';

const place = "ArgoCdDelivery 'argocd/delivery': ";

// What rules warn about beside.
beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

test.each<[string, string, () => ArgoCdDelivery]>([
  ['another dialect', 'Delivery dialect got "flux", wanted argocd: ArgoCD prunes what it is not told to keep; remove the delivery or the choice of the dialect', () => {
    const app = twoCharts();
    Delivery.of(app).use(DeliveryDialect.FLUX);
    return deliver(app);
  }],
  ['files that it cannot name',
    'yamlOutputType of the App got "FILE_PER_RESOURCE", wanted FILE_PER_CHART or FOLDER_PER_CHART_FILE_PER_RESOURCE: the Applications name the file or the '
    + 'folder of each chart; choose one of them, or leave it out for the first', () => deliver(twoCharts(YamlOutputType.FILE_PER_RESOURCE))],
  ['one file for all charts', 'yamlOutputType of the App got "FILE_PER_APP", wanted FILE_PER_CHART or FOLDER_PER_CHART_FILE_PER_RESOURCE',
    () => deliver(twoCharts(YamlOutputType.FILE_PER_APP))],
  ['objects that get one file of a folder', 'main/ConfigMap.a.k8s.yaml got "main/a, main/b", wanted one object: cdk8s names the file by kind and name alone, '
    + 'whatever the namespace, and writes the last over the others; put them in charts of their own, or leave yamlOutputType out', () => {
    const app = twoCharts(YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE);
    new ApiObject(app.node.findChild('main') as Chart, 'b', { ...usual, metadata: { name: 'a', namespace: 'shop' } });
    return deliver(app);
  }],
  ['settings of two ArgoCDs that get one file', 'argocd/ConfigMap.argocd-cm.k8s.yaml got "argocd/one/Resource, argocd/two/Resource", wanted one object', () => {
    const delivery = deliver(twoCharts(YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE));
    new ArgoCdSettings(Chart.of(delivery), 'one', { argoCdVersion: '3.5' });
    new ArgoCdSettings(Chart.of(delivery), 'two', { argoCdVersion: '3.5', namespace: 'other' });
    return delivery;
  }],
  ['a dependency between charts', 'dependencies between charts got "main", wanted none, and no chart in a chart: '
    + 'cdk8s numbers all files and folders then, and gives them other names when a chart comes or goes; leave the order to the waves', () => {
    const app = twoCharts();
    (app.node.findChild('main') as Chart).addDependency(app.node.findChild('crds') as Chart);
    return deliver(app);
  }],
  ['a chart in a chart', 'dependencies between charts got "main/inner", wanted none', () => {
    const app = twoCharts();
    new Chart(app.node.findChild('main'), 'inner');
    return deliver(app);
  }],
  ['other objects in its chart', 'chart got "argocd", wanted one without anything else: nobody delivers argocd/other; give the delivery a chart of its own', () => {
    const delivery = deliver(twoCharts());
    new ApiObject(Chart.of(delivery), 'other', usual);
    return delivery;
  }],
  ['definitions among other objects', 'main.k8s.yaml: wanted the definitions in a file of their own, which an Application of their own delivers: they lie among the other '
    + "objects of the chart main; give the VeleroInstall a customResourceDefinitionScope: new Chart(app, 'velero-crds')", () => {
    const app = twoCharts();
    new ApiObject(app.node.findChild('main') as Chart, 'crd', { ...definition, metadata: { name: 'b' } });
    return deliver(app);
  }],
  ['definitions among other objects of a folder', 'main: wanted the definitions in a folder of their own, which an Application of their own delivers', () => {
    const app = twoCharts(YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE);
    new ApiObject(app.node.findChild('main') as Chart, 'crd', { ...definition, metadata: { name: 'b' } });
    return deliver(app);
  }],
  ['no definitions', 'separateDefinitions got true, wanted a file with definitions: the app emits none; set separateDefinitions: false', () => {
    const app = Testing.app();
    new ApiObject(new Chart(app, 'main'), 'a', usual);
    return deliver(app);
  }],
  ['nothing else', 'charts: wanted one with objects: the app emits nothing that could be delivered; declare the delivery in a chart of its own', () => {
    const app = Testing.app();
    new ApiObject(new Chart(app, 'crds'), 'a', definition);
    return deliver(app);
  }],
])('%s', (_, message, declare) => {
  const delivery = declare();
  expect(delivery.node.validate().map(line => line.replace(place, ''))).toEqual([expect.stringContaining(message)]);
  expect(() => App.of(delivery).synth()).toThrow(message);
});
