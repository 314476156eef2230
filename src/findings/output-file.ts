import { App, Chart, Names, YamlOutputType } from 'cdk8s';
import { IConstruct } from 'constructs';

/** By chart: every object of a chart lies in the same file. */
const known = new WeakMap<Chart, string>();

/** The file that cdk8s writes an object to, within the output folder; nothing where an app is not written in a file a chart. */
export function outputFile(object: IConstruct): string | undefined {
  const { yamlOutputType, outputFileExtension } = object.node.root as Partial<App>;
  if (yamlOutputType !== YamlOutputType.FILE_PER_CHART) {
    return undefined;
  }
  const chart = Chart.of(object);
  const file = known.get(chart) ?? `${Names.toDnsLabel(chart)}${outputFileExtension}`;
  known.set(chart, file);
  return file;
}
