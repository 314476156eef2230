import { type BackupModel, type DeclaredBackup, type Fields, type GoDuration, hookPart, type Manifest, readDuration, type VeleroProgram } from '../model';
import { type Flag } from '../versions';
import { schedule } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'duration-invalid',
  severities: ['error'],
  title: 'A duration that Go does not read',
  goesWrong: 'The definitions say only `string`, so that the API server takes `30d`. Velero does not: Go knows no days, weeks and years, and a number needs a unit. One Schedule or '
    + 'Backup with such a text makes the list of all of them unreadable for the server (`time: unknown unit "d" in duration "30d"`), so that none is worked on any more. A server or '
    + 'node-agent with such a flag does not start; in the annotation of a pod the text is ignored, and a hook is cut off after 30 seconds. In all versions.',
  fix: 'write hours, minutes and seconds: 720h0m0s',
  reference: 'https://pkg.go.dev/time#ParseDuration',
  check: model => [
    ...model.declaredBackups().flatMap(ofBackup),
    // In an annotation an empty text is none.
    ...model.declaredHooks().filter(({ hook, backup }) => backup !== undefined || hook.timeout?.text !== '')
      .flatMap(({ on, hook }) => judged(on, hookPart(hook, 'timeout'), hook.timeout)),
    ...model.schedules.all.filter(({ rpo, rto }) => isWrong(rpo) || isWrong(rto)).flatMap(({ manifest, rpo, rto }) => [
      ...judged(manifest, 'annotation cdk8s-velero/rpo', rpo), ...judged(manifest, 'annotation cdk8s-velero/rto', rto),
    ]),
    ...model.locations.all.flatMap(({ manifest }) => inFields(manifest, manifest.spec, 'backupSyncPeriod', 'validationFrequency')),
    ...model.restores.all.flatMap(({ manifest }) => ofRestore(manifest)),
    ...ofFlags(model),
  ],
  install: '1.18.3',
  bad: () => schedule({ template: { ttl: '30d' } }),
  good: () => schedule({ template: { ttl: '720h0m0s' } }),
};

const TIMEOUTS = ['csiSnapshotTimeout', 'itemOperationTimeout'];

function ofBackup({ manifest, spec: { ttl, fields }, path }: DeclaredBackup): readonly Verdict[] {
  const silent = !isWrong(ttl) && TIMEOUTS.every(key => fields.json[key] === undefined);
  return silent ? [] : [...judged(manifest, `${path}.ttl`, ttl), ...inFields(manifest, fields, ...TIMEOUTS)];
}

function isWrong(duration: GoDuration | undefined): boolean {
  return duration !== undefined && duration.seconds === undefined;
}

function judged(on: Manifest, what: string, duration: GoDuration | undefined): Verdict[] {
  return duration === undefined || !isWrong(duration) ? [] : [{
    on, what, got: duration.text, wanted: 'a duration of Go: numbers with the units h, m and s', next: inHours(duration.text),
  }];
}

function inFields(on: Manifest, fields: Fields, ...keys: string[]): Verdict[] {
  return keys.flatMap(key => {
    const text = fields.string(key);
    return text === undefined ? [] : judged(on, fields.path(key), readDuration(text));
  });
}

function ofRestore(on: Manifest): Verdict[] {
  const hooks = on.spec.object('hooks').objects('resources').flatMap(resource => resource.objects('postHooks'));
  return [
    ...inFields(on, on.spec, 'itemOperationTimeout'),
    ...hooks.flatMap(hook => [...inFields(on, hook.object('exec'), 'execTimeout', 'waitTimeout'), ...inFields(on, hook.object('init'), 'timeout')]),
  ];
}

function ofFlags({ installs }: BackupModel): Verdict[] {
  return installs.flatMap(({ servers, nodeAgents, release }) => release === undefined ? [] : [
    ...servers.flatMap(program => ofProgram(program, release.serverFlags)),
    ...nodeAgents.flatMap(program => ofProgram(program, release.nodeAgentFlags)),
  ]);
}

function ofProgram({ manifest, commandLine }: VeleroProgram, flags: ReadonlyMap<string, Flag>): Verdict[] {
  return commandLine.flags.filter(({ name }) => flags.get(name)?.type === 'duration').flatMap(({ name, value }) => judged(manifest, `--${name}`, readDuration(value)));
}

/** What was probably meant. */
function inHours(text: string): string | undefined {
  const [, number, unit] = /^(\d{1,5}) ?(d|days?|w|weeks?)$/i.exec(text) ?? [];
  return number === undefined ? undefined : `write ${Number(number) * (/^d/i.test(unit) ? 24 : 168)}h0m0s`;
}
