import { readdirSync } from 'fs';
import { ApiObject, Chart, JsonPatch, Testing, YamlOutputType } from 'cdk8s';
import { outputFile } from '../../src/findings/output-file';

const { FILE_PER_APP, FILE_PER_CHART, FILE_PER_RESOURCE, FOLDER_PER_CHART_FILE_PER_RESOURCE } = YamlOutputType;

/** Where an object is said to be, and the files that there are. */
function written(yamlOutputType: YamlOutputType | undefined, metadata: any, outputFileExtension?: string): [string | undefined, string[]] {
  const app = Testing.app({ yamlOutputType, outputFileExtension });
  const object = new ApiObject(new Chart(app, 'My.chart'), 'a', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata });
  object.addJsonPatch(JsonPatch.add('/metadata/name', 'patched'));
  app.synth();
  return [outputFile(object), readdirSync(app.outdir, { recursive: true, encoding: 'utf8' }).filter(name => name.includes('yaml'))];
}

test.each<[string, YamlOutputType | undefined, any, string | undefined, string]>([
  ['a file a chart', FILE_PER_CHART, { name: 'a' }, undefined, 'my.chart-c830eb3a.k8s.yaml'],
  ['nothing chosen', undefined, { name: 'a' }, undefined, 'my.chart-c830eb3a.k8s.yaml'],
  ['another extension', undefined, { name: 'a' }, '.yaml', 'my.chart-c830eb3a.yaml'],
  ['a folder a chart', FOLDER_PER_CHART_FILE_PER_RESOURCE, { name: 'a.b_c' }, undefined, 'my.chart-c830eb3a/ClusterRole.a.b_c.k8s.yaml'],
  ['a name that no file may have', FOLDER_PER_CHART_FILE_PER_RESOURCE, { name: 'system:a/b' }, '.yaml', 'my.chart-c830eb3a/ClusterRole.systemab.yaml'],
  ['no name', FOLDER_PER_CHART_FILE_PER_RESOURCE, {}, undefined, 'my.chart-c830eb3a/ClusterRole.my.chart-a-c87cccdf.k8s.yaml'],
])('an object is where cdk8s writes it: %s', (_, type, metadata, extension, expected) => {
  expect(written(type, metadata, extension)).toEqual([expected, [expected]]);
});

test.each([FILE_PER_APP, FILE_PER_RESOURCE])('nothing is said of other ways: %s', type => {
  expect(written(type, { name: 'a' })[0]).toBeUndefined();
});
