/*
 * Speed and memory of synth against a peer that has the same objects as plain ApiObjects, of the rules against none, and of check: `npm run bench`.
 * Exits with 1 above a limit.
 */
import { spawnSync } from 'child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { basename, join } from 'path';
import { parseAllDocuments } from 'yaml';
import { makeConsumer } from './consumer';
import { bundle } from '../tools/bundle/bundle';

const ROOT = join(__dirname, '..');
const OUT = join(__dirname, '.out');
const WORK = mkdtempSync(join(tmpdir(), 'cdk8s-velero-bench-'));

/** An app of somebody who has installed the library. */
const APP = join(WORK, 'app');

interface Program {
  readonly command: string[];
  readonly environment?: Record<string, string>;

  /** The folder to run in; that of the project by default. */
  readonly folder?: string;
}

/** An app, and what is to be told apart in it. */
interface Subject {
  readonly name: string;
  readonly judged: Program;
  readonly unjudged: Program;
  readonly plain: Program;
  readonly runs: number;
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

/** Of memory and of time, as ratios to the peer, and of milliseconds. */
const MEMORY_LIMIT = 1.3;
const TIME_LIMIT = 1.3;
const RULES_LIMIT = 1.25;
const CLI_LIMIT = 1.15;
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

async function main(): Promise<void> {
  await compile();
  const homelab: Program = { command: ['node', join(OUT, 'bench/apps/homelab.js')] };
  const judged = { homelab, 1000: schedules('1000'), 10000: schedules('10000') } as const;
  const plain = Object.fromEntries(Object.entries(judged).map(([key, program]) => [key, plainOf(program)]));
  const subject = (name: string, key: keyof typeof judged, runs: number): Subject =>
    ({ name, judged: judged[key], unjudged: unjudged(judged[key]), plain: plain[key], runs });
  const cli = (name: string, ours: string, peer: string, folder: string): Measured => compare({
    name: `examples/homelab, npx cdk8s synth, ${name}`,
    ours: throughCli(ours, folder),
    peer: { ...throughCli(peer, folder), environment: plain.homelab.environment },
    runs: 9,
    limit: CLI_LIMIT,
  });

  const rows = [
    ...compareAll(subject('examples/homelab', 'homelab', 21)),
    ...compareAll(subject('1,000 schedules', 1000, 9)),
    ...compareAll(subject('10,000 schedules', 10000, 11)),
    cli('installed', 'homelab/main.ts', 'plain.ts', APP),
    cli('from the sources', 'examples/homelab/main.ts', 'bench/apps/plain.ts', ROOT),
    compare({ name: 'check of the homelab : node -e 0', ours: { command: ['node', join(OUT, 'src/cli/main.js'), 'check', join(ROOT, 'examples/homelab/manifests')] }, peer: { command: ['node', '-e', '0'] }, runs: 15, limit: 1.5, allowance: 250 }),
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
    'memory limit': allowance > 0 ? 'none' : MEMORY_LIMIT,
  })));

  const [thousand, thousandJudged, , tenThousand, tenThousandJudged] = rows.slice(3);
  console.log(`from 1,000 to 10,000 schedules: ours takes ${ratio(tenThousandJudged.ours.milliseconds, thousandJudged.ours.milliseconds)} times as long, `
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
  const isTooLarge = allowance === 0 && ours.megabytes > MEMORY_LIMIT * peer.megabytes;
  return isTooLarge || ours.milliseconds > limit * peer.milliseconds + allowance;
}

async function compile(): Promise<void> {
  rmSync(OUT, { recursive: true, force: true });
  run({ command: ['npx', 'tsc', '-p', join(__dirname, 'tsconfig.json')] });
  await bundle(join(OUT, 'src'));
  for (const shared of ['assets', 'package.json']) {
    symlinkSync(join(ROOT, shared), join(OUT, shared));
  }
  cpSync(join(ROOT, 'examples/homelab/sealed'), join(OUT, 'examples/homelab/sealed'), { recursive: true });
  makeConsumer(APP, join(OUT, 'src'));
}

function schedules(count: string): Program {
  return { command: ['node', join(OUT, 'bench/apps/schedules.js')], environment: { BENCH_COUNT: count } };
}

function unjudged({ command, environment }: Program): Program {
  return { command, environment: { ...environment, BENCH_UNJUDGED: '1' } };
}

function plainOf(program: Program): Program {
  return { command: ['node', join(OUT, 'bench/apps/plain.js')], environment: { BENCH_OBJECTS: objectsOf(program) } };
}

function throughCli(app: string, folder: string): Program {
  return { command: ['npx', 'cdk8s', 'synth', '--check-upgrade=false', '--app', `node --import tsx ${app}`, '--output', join(WORK, 'cli')], folder };
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

/** What is declared without rules, the rules, and both. */
function compareAll({ name, judged, unjudged: declared, plain, runs }: Subject): Measured[] {
  const [withRules, without, objects] = inTurns([judged, declared, plain], runs);
  const row = (what: string, limit: number, ours: Sample, peer: Sample): Measured =>
    ({ name: `${name}, ${what}`, limit, allowance: 0, ours, peer });
  return [
    row('without rules : plain', TIME_LIMIT, without, objects),
    row('with rules : without', RULES_LIMIT, withRules, without),
    row('with rules : plain', TIME_LIMIT, withRules, objects),
  ];
}

function compare({ name, ours, peer, runs, limit, allowance = 0 }: Comparison): Measured {
  const [of, against] = inTurns([ours, peer], runs);
  return { name, limit, allowance, ours: of, peer: against };
}

/** One after the other, again and again, so that whatever else the machine does falls on all. */
function inTurns(programs: Program[], runs: number): Sample[] {
  const samples: Sample[][] = programs.map(() => []);
  for (let index = 0; index < runs; index++) {
    programs.forEach((program, at) => samples[at].push(run(program)));
  }
  return samples.map(medianOf);
}

function run(program: Program, outdir: string = join(WORK, 'out')): Sample {
  mkdirSync(outdir, { recursive: true });
  rmSync(join(WORK, 'peak'), { force: true });
  const start = process.hrtime.bigint();
  const measured = spawnSync('/usr/bin/env', ['bash', '-c', 'exec "$@"', '-', ...program.command], {
    cwd: program.folder ?? ROOT,
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

void main();
