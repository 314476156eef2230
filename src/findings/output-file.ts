import { ApiObject, App, Chart, Names, YamlOutputType } from 'cdk8s';

/** What cdk8s writes a chart to, within the output folder. */
export interface ChartOutput {
  readonly name: string;

  /** Whether it is a folder with a file for each object, and no file. */
  readonly isFolder: boolean;
}

const known = new WeakMap<Chart, ChartOutput>();

/** The file or the folder of a chart; nothing where an app is written in neither. */
export function chartOutput(chart: Chart): ChartOutput | undefined {
  const { yamlOutputType, outputFileExtension } = chart.node.root as Partial<App>;
  const isFolder = yamlOutputType === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE;
  if (!isFolder && yamlOutputType !== YamlOutputType.FILE_PER_CHART) {
    return undefined;
  }
  const output = known.get(chart) ?? { name: `${Names.toDnsLabel(chart)}${isFolder ? '' : outputFileExtension}`, isFolder };
  known.set(chart, output);
  return output;
}

/** The file that cdk8s writes an object to, within the output folder; nothing where charts have neither files nor folders. */
export function outputFile(object: ApiObject): string | undefined {
  const output = chartOutput(Chart.of(object));
  return output?.isFolder ? `${output.name}/${fileInFolder(object)}` : output?.name;
}

/**
 * By kind and name alone, whatever the group and the namespace; what later patches make of the name does not count.
 *
 * @see cdk8s v2.69.5 src/app.ts, synth
 */
function fileInFolder({ kind, metadata, node }: ApiObject): string {
  return `${kind}.${metadata.name}`.replace(/[^0-9a-zA-Z_.-]/g, '') + (node.root as App).outputFileExtension;
}
