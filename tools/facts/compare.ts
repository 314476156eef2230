/* Compares the tables of src/versions with the facts in a file that `go run ./facts` wrote. */
import * as fs from 'fs';
import { BUNDLED_RELEASES, Flag, Metric, releaseOf } from '../../src/versions';
import { CONFIG_MAP_KEYS } from '../../src/versions/config-maps';

interface Row {
  readonly name: string;
  readonly source: string;
}

interface Facts {
  readonly flags: Record<'server' | 'nodeAgent', (Row & Pick<Flag, 'type' | 'default' | 'values'>)[]>;
  readonly metrics: Record<'server' | 'nodeAgent', (Row & Pick<Metric, 'type' | 'labels'>)[]>;
  readonly configMaps: Record<'nodeAgent' | 'maintenance', Row[]>;
}

/** In the tables but not in the JSON that the sources decode: it stands for keys of the ConfigMap itself. */
const NOT_JSON = ['repositories'];

const differences: string[] = [];
const said: Record<string, Facts> = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));

if (Object.keys(said).sort().join() !== [...BUNDLED_RELEASES].sort().join()) {
  differences.push(`the sources are of ${Object.keys(said).join(', ')}, the tables know ${BUNDLED_RELEASES.join(', ')}`);
}
for (const [version, { flags, metrics, configMaps }] of Object.entries(said)) {
  const release = releaseOf(version);
  const flagsByProgram = { server: release.serverFlags, nodeAgent: release.nodeAgentFlags };
  const metricsByProgram = { server: release.serverMetrics, nodeAgent: release.nodeAgentMetrics };
  for (const program of ['server', 'nodeAgent'] as const) {
    compare(`${version} ${program} flag`, flags[program], [...flagsByProgram[program].values()], version,
      flag => JSON.stringify([flag.type, flag.default, flag.values]));
    compare(`${version} ${program} metric`, metrics[program], [...metricsByProgram[program].values()], version,
      metric => JSON.stringify([metric.type, metric.labels]));
  }
  const keys = { nodeAgent: 'node-agent', maintenance: 'repository-maintenance' } as const;
  for (const configMap of ['nodeAgent', 'maintenance'] as const) {
    const table = keys[configMap];
    const known = CONFIG_MAP_KEYS[table].filter(({ name }) => release.readsConfigMapKey(table, name) && !NOT_JSON.includes(name));
    compare(`${version} ${keys[configMap]} ConfigMap key`, configMaps[configMap], known, version, () => '');
  }
}
differences.forEach(difference => console.error(difference));
console.log(`${Object.keys(said).length} releases compared, ${differences.length} differences`);
process.exitCode = differences.length > 0 ? 1 : 0;

function compare<T extends Row>(what: string, sources: T[], table: T[], version: string, told: (row: T) => string): void {
  for (const row of sources) {
    const known = table.find(({ name }) => name === row.name);
    if (known === undefined) {
      differences.push(`${what} ${row.name}: missing, it is in ${row.source}`);
      continue;
    }
    if (told(known) !== told(row)) {
      differences.push(`${what} ${row.name}: ${told(known)}, the sources say ${told(row)}`);
    }
    if (known.source.startsWith(`v${version} `) && known.source !== `v${version} ${row.source}`) {
      differences.push(`${what} ${row.name}: the source given is ${known.source}, it is v${version} ${row.source}`);
    }
  }
  const extra = table.filter(({ name }) => !sources.some(row => row.name === name));
  extra.forEach(({ name }) => differences.push(`${what} ${name}: in the table, not in the sources`));
}
