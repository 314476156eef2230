/*
 * Speed and memory of synth against a peer that has the same objects as plain ApiObjects, of the rules, and of check: `npm run bench`.
 * Exits with 1 above a limit.
 */
import { spawnSync } from 'child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { basename, join } from 'path';
import { parseAllDocuments } from 'yaml';
import { bundle } from '../tools/bundle/bundle';

const ROOT = join(__dirname, '..');
const OUT = join(__dirname, '.out');
const WORK = mkdtempSync(join(tmpdir(), 'cdk8s-velero-bench-'));

interface Program {
  readonly command: string[];
  readonly environment?: Record<string, string>;
}

interface Comparison {
  readonly name: string;
  readonly ours: Program;
  readonly peer: Program;
  readonly runs: number;
  readonly limit: number;
  /** Milliseconds on top of the limit, where a ratio says too little. */
  readonly allowance?: number;
}

/** Of memory, as a ratio to the peer, and of milliseconds. */
const MEMORY_LIMIT = 1.3;
const IMPORT_LIMIT = 30;

interface Sample {
  readonly milliseconds: number;
  readonly megabytes: number;
}

interface Measured {
  readonly name: string;
  readonly limit: number;
  readonly allowance: number;
  readonly ours: Sample;
  readonly peer: Sample;
}

function main(): void {
  compile();
  const homelab = join(OUT, 'examples/homelab/main.js');
  const objects = { homelab: objectsOf({ command: ['node', homelab] }) } as Record<string, string>;
  for (const count of ['1000', '10000']) {
    objects[count] = objectsOf(schedules(count));
  }
  const plain = (key: string): Program => ({ command: ['node', join(OUT, 'bench/apps/plain.js')], environment: { BENCH_OBJECTS: objects[key] } });

  const rows = [
    compare({ name: 'examples/homelab, compiled', ours: { command: ['node', homelab] }, peer: plain('homelab'), runs: 21, limit: 1.3 }),
    compare({
      name: 'examples/homelab, npx cdk8s synth',
      ours: throughCli('examples/homelab/main.ts'),
      peer: { ...throughCli('bench/apps/plain.ts'), environment: plain('homelab').environment },
      runs: 7,
      limit: 1.15,
    }),
    compare({ name: '1,000 schedules in one chart', ours: schedules('1000'), peer: plain('1000'), runs: 9, limit: 1.3 }),
    compare({ name: '10,000 schedules in one chart', ours: schedules('10000'), peer: plain('10000'), runs: 7, limit: 1.3 }),
    compare({ name: '1,000 schedules, rules and none', ours: schedules('1000'), peer: unjudged('1000'), runs: 9, limit: 1.25 }),
    compare({ name: '10,000 schedules, rules and none', ours: schedules('10000'), peer: unjudged('10000'), runs: 7, limit: 1.25 }),
    compare({ name: 'check of the homelab, node -e 0', ours: { command: ['node', join(OUT, 'src/cli/main.js'), 'check', join(ROOT, 'examples/homelab/manifests')] }, peer: { command: ['node', '-e', '0'] }, runs: 15, limit: 1.5, allowance: 250 }),
  ];
  console.table(rows.map(({ ours, peer, name, limit, allowance }) => ({
    'what': name,
    'ours ms': Math.round(ours.milliseconds),
    'peer ms': Math.round(peer.milliseconds),
    'ratio': ratio(ours.milliseconds, peer.milliseconds),
    'limit': allowance > 0 ? `${limit} + ${allowance} ms` : limit,
    'ours MB': Math.round(ours.megabytes),
    'peer MB': Math.round(peer.megabytes),
    'memory ratio': ratio(ours.megabytes, peer.megabytes),
    'memory limit': MEMORY_LIMIT,
  })));

  const [thousand, tenThousand, thousandJudged, tenThousandJudged] = rows.slice(2);
  console.log(`from 1,000 to 10,000 schedules: ours takes ${ratio(tenThousand.ours.milliseconds, thousand.ours.milliseconds)} times as long, `
    + `plain ${ratio(tenThousand.peer.milliseconds, thousand.peer.milliseconds)} times, `
    + `model and rules alone ${ratio(added(tenThousandJudged), added(thousandJudged))} times`);
  const importing = importCost();
  console.log(`import of the library: ${importing.toFixed(1)} ms beyond import of cdk8s (limit ${IMPORT_LIMIT})`);
  rmSync(WORK, { recursive: true });
  process.exitCode = importing > IMPORT_LIMIT || rows.some(isAbove) ? 1 : 0;
}

/** What ours takes beyond its peer. */
function added({ ours, peer }: Measured): number {
  return ours.milliseconds - peer.milliseconds;
}

function isAbove({ ours, peer, limit, allowance }: Measured): boolean {
  return ours.milliseconds > limit * peer.milliseconds + allowance || (allowance === 0 && ours.megabytes > MEMORY_LIMIT * peer.megabytes);
}

function compile(): void {
  rmSync(OUT, { recursive: true, force: true });
  run({ command: ['npx', 'tsc', '-p', join(__dirname, 'tsconfig.json')] });
  bundle(join(OUT, 'src'));
  for (const shared of ['assets', 'package.json']) {
    symlinkSync(join(ROOT, shared), join(OUT, shared));
  }
  cpSync(join(ROOT, 'examples/homelab/sealed'), join(OUT, 'examples/homelab/sealed'), { recursive: true });
}

function schedules(count: string): Program {
  return { command: ['node', join(OUT, 'bench/apps/schedules.js')], environment: { BENCH_COUNT: count } };
}

function unjudged(count: string): Program {
  const { command, environment } = schedules(count);
  return { command, environment: { ...environment, BENCH_UNJUDGED: '1' } };
}

function throughCli(app: string): Program {
  return { command: ['npx', 'cdk8s', 'synth', '--check-upgrade=false', '--app', `node --import tsx ${app}`, '--output', join(WORK, 'cli')] };
}

/** Writes what a program synthesizes as JSON by chart, and checks that the peer makes the same bytes of it. */
function objectsOf(program: Program): string {
  const ours = mkdtempSync(join(WORK, 'ours-'));
  run(program, ours);
  const charts = Object.fromEntries(readdirSync(ours).sort().map(file => [
    basename(file, '.k8s.yaml'),
    parseAllDocuments(readFileSync(join(ours, file), 'utf8')).map(document => document.toJS({ maxAliasCount: -1 })),
  ]));
  const path = join(WORK, `${basename(ours)}.json`);
  writeFileSync(path, JSON.stringify(charts));

  const peer = mkdtempSync(join(WORK, 'peer-'));
  run({ command: ['node', join(OUT, 'bench/apps/plain.js')], environment: { BENCH_OBJECTS: path } }, peer);
  run({ command: ['diff', '-r', ours, peer] });
  return path;
}

/** Ours and the peer in turns, so that whatever else the machine does falls on both. */
function compare(comparison: Comparison): Measured {
  const ours: Sample[] = [];
  const peer: Sample[] = [];
  for (let index = 0; index < comparison.runs; index++) {
    ours.push(run(comparison.ours));
    peer.push(run(comparison.peer));
  }
  const { name, limit, allowance = 0 } = comparison;
  return { name, limit, allowance, ours: medianOf(ours), peer: medianOf(peer) };
}

function run(program: Program, outdir: string = join(WORK, 'out')): Sample {
  mkdirSync(outdir, { recursive: true });
  rmSync(join(WORK, 'peak'), { force: true });
  const start = process.hrtime.bigint();
  const measured = spawnSync('/usr/bin/env', ['bash', '-c', 'exec "$@"', '-', ...program.command], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...program.environment, CDK8S_OUTDIR: outdir, NODE_OPTIONS: `--require ${join(__dirname, 'peak-memory.cjs')}`, BENCH_PEAK: join(WORK, 'peak') },
  });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (measured.status !== 0) {
    throw new Error(`${program.command.join(' ')}: exit ${measured.status}\n${measured.stdout}${measured.stderr}`);
  }
  return { milliseconds, megabytes: peakMemory() };
}

/** Each Node.js process wrote its peak when it ended. The first to end is the app itself: the CLI waits for it. */
function peakMemory(): number {
  const peak = join(WORK, 'peak');
  return existsSync(peak) ? Number(readFileSync(peak, 'utf8').split('\n')[0]) / 1024 : NaN;
}

function importCost(): number {
  const timed = (module: string): Program => ({
    command: ['node', '-e', `require('cdk8s'); const start = process.hrtime.bigint(); require(${JSON.stringify(module)});
      require('fs').writeFileSync(${JSON.stringify(join(WORK, 'import'))}, String(Number(process.hrtime.bigint() - start) / 1e6))`],
  });
  const samples = Array.from({ length: 15 }, () => {
    run(timed(join(OUT, 'src/index.js')));
    return Number(readFileSync(join(WORK, 'import'), 'utf8'));
  });
  return median(samples);
}

function medianOf(samples: Sample[]): Sample {
  return { milliseconds: median(samples.map(sample => sample.milliseconds)), megabytes: median(samples.map(sample => sample.megabytes)) };
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function ratio(ours: number, peer: number): string {
  return (ours / peer).toFixed(2);
}

main();
