import { mkdtempSync, readdirSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { Declarations, Findings, FindingSeverity } from '../../src/findings';
import { BackupModel } from '../../src/model';
import { installation, judge } from '../../src/rules';

const ACKNOWLEDGED = 'cdk8s-velero/acknowledge.schedules-collide';

/** Two schedules that start in the same minute of a server that makes one backup at a time: a warning. */
class Colliding {
  public readonly app = new App({ outdir: mkdtempSync(join(tmpdir(), 'cdk8s-velero-findings-')) });
  public readonly server = new Chart(this.app, 'server');
  public readonly backups = new Chart(this.app, 'backups');
  public readonly orders = schedule(this.backups, 'orders');
  public readonly stock = schedule(this.backups, 'stock');
  public readonly deployment = this.installed('Deployment');

  public constructor() {
    // As any construct of this library does.
    Declarations.of(this.app);
  }

  /** A sound installation, so that nothing else is found; its Deployment. */
  private installed(kind: string): ApiObject {
    const objects = parseAllDocuments(installation('1.17.2')).map(document => document.toJS()).filter(object => object.kind !== 'Schedule');
    const emitted = objects.map(object => new ApiObject(this.server, `${object.kind}-${object.metadata.name}`, object));
    return emitted.find(object => object.kind === kind)!;
  }

  public ids(): string[] {
    return Findings.all(this.app).filter(({ acknowledged }) => acknowledged === undefined).map(({ id }) => id);
  }
}

function schedule(chart: Chart, name: string): ApiObject {
  return new ApiObject(chart, name, {
    apiVersion: 'velero.io/v1',
    kind: 'Schedule',
    metadata: { name, namespace: 'velero' },
    spec: { schedule: '0 2 * * *', template: { metadata: { labels: { tier: 'nightly' } }, ttl: '720h0m0s', includedNamespaces: [name] } },
  });
}

/** What was written to a stream meanwhile. */
function written(stream: 'stdout' | 'stderr', action: () => void): string[] {
  const lines: string[] = [];
  const write = jest.spyOn(process[stream], 'write').mockImplementation(line => lines.push(String(line)) > 0);
  try {
    action();
  } finally {
    write.mockRestore();
  }
  return lines;
}

test('a finding tells the rule, the object with its construct, the value, the way out and where that is written', () => {
  expect(Findings.all(new Colliding().backups)).toEqual([{
    id: 'schedules-collide',
    severity: FindingSeverity.WARNING,
    at: 'Schedule velero/orders (backups/orders)',
    message: 'spec.schedule got "0 2 * * *", wanted a start of its own: at 02:00 another starts too, and they wait for each other: stock',
    fix: 'give each schedule a minute of its own',
    reference: expect.stringContaining('velero v1.18.1'),
    acknowledged: undefined,
  }]);
});

describe('errors', () => {
  test('stop the synth, all at once, before a file is written', () => {
    const { app, orders, stock } = new Colliding();
    orders.addJsonPatch(JsonPatch.add('/spec/skipImmediately', true));
    stock.addJsonPatch(JsonPatch.replace('/spec/schedule', 'nightly'));
    expect(() => written('stderr', () => app.synth())).toThrow([
      'Validation failed with the following errors:',
      '  [] Schedule velero/stock (backups/stock): spec.schedule got "nightly", wanted exactly 5: minute, hour, day of month, month, day of week (fields 1); '
      + 'write five fields: minute, hour, day of month, month, day of week (cron-invalid)',
      '  [] Schedule velero/orders (backups/orders): spec.skipImmediately got true, wanted false: Velero takes true back, and every sync skips another run; '
      + 'set it to false, and pause the schedule where it is not to run (skip-immediately)',
    ].join('\n'));
    expect(readdirSync(app.outdir)).toEqual([]);
  });

  test('cannot be acknowledged', () => {
    const usual = new Colliding();
    usual.orders.addJsonPatch(JsonPatch.add('/spec/skipImmediately', true));
    Findings.of(usual.orders).acknowledge('skip-immediately', 'we like it');
    expect(usual.ids()).toEqual(['skip-immediately', 'schedules-collide', 'acknowledgement-idle']);
  });
});

describe('warnings', () => {
  test('are told on stderr once, however many charts there are, and stdout stays empty', () => {
    const { app } = new Colliding();
    let stderr: string[] = [];
    expect(written('stdout', () => { stderr = written('stderr', () => app.synth()); })).toEqual([]);
    expect(stderr).toEqual([
      'warning: Schedule velero/orders (backups/orders): spec.schedule got "0 2 * * *", wanted a start of its own: at 02:00 another starts too, '
      + 'and they wait for each other: stock; give each schedule a minute of its own (schedules-collide)\n',
    ]);
    expect(readdirSync(app.outdir)).toEqual(['backups.k8s.yaml', 'server.k8s.yaml']);
  });

  test('are told again by the next synth', async () => {
    const { app } = new Colliding();
    expect(written('stderr', () => app.synth())).toHaveLength(1);
    await Promise.resolve();
    expect(written('stderr', () => app.synth())).toHaveLength(1);
  });

  test('stop the synth when it is strict', () => {
    const { app } = new Colliding();
    Findings.strict(app);
    expect(Findings.all(app)[0].severity).toBe(FindingSeverity.ERROR);
    expect(written('stderr', () => expect(() => app.synth()).toThrow('(schedules-collide)'))).toEqual([]);
  });
});

describe('an acknowledgement', () => {
  test('silences the warning in its scope, and stands in the manifest of the object that it is about', () => {
    const { app, backups, orders, stock } = new Colliding();
    Findings.of(backups).acknowledge('schedules-collide', 'both are small');
    Findings.strict(app);
    expect(written('stderr', () => app.synth())).toEqual([]);
    expect(Findings.all(app)).toMatchObject([{ id: 'schedules-collide', acknowledged: 'both are small' }]);
    expect(orders.toJson().metadata.annotations).toEqual({ [ACKNOWLEDGED]: 'both are small' });
    expect(stock.toJson().metadata.annotations).toBeUndefined();
  });

  test('is honoured when the manifests are read back', () => {
    const usual = new Colliding();
    Findings.of(usual.app).acknowledge('schedules-collide', 'both are small');
    const objects = [...Testing.synth(usual.backups), ...Testing.synth(usual.server)];
    const judgements = judge(BackupModel.of(objects.map(object => ({ object, at: { file: 'all.yaml', line: 1 } }))));
    expect(judgements.map(({ rule, acknowledged }) => [rule.id, acknowledged])).toEqual([['schedules-collide', 'both are small']]);
  });

  test('does not reach beyond its scope, and is idle when it silences nothing', () => {
    const { app, stock } = new Colliding();
    Findings.of(stock).acknowledge('schedules-collide', 'both are small');
    expect(Findings.all(app)).toMatchObject([{ id: 'schedules-collide', acknowledged: undefined }, {
      id: 'acknowledgement-idle',
      severity: FindingSeverity.WARNING,
      at: 'Findings.of(\'backups/stock\')',
      message: 'acknowledge(\'schedules-collide\') got "both are small", wanted no acknowledgement: the rule warns about nothing in this scope',
    }]);
  });

  test('of a rule that nobody knows is idle', () => {
    const { app } = new Colliding();
    Findings.of(app).acknowledge('schedule-collides', 'a slip of the finger');
    expect(Findings.all(app)[1].message).toBe('acknowledge(\'schedule-collides\') got "a slip of the finger", wanted the id of a rule');
  });

  test('goes with what it was about', async () => {
    const { app, orders } = new Colliding();
    Findings.of(app).acknowledge('schedules-collide', 'both are small');
    Findings.all(app);
    expect(orders.toJson().metadata.annotations).toEqual({ [ACKNOWLEDGED]: 'both are small' });
    await Promise.resolve();
    orders.addJsonPatch(JsonPatch.replace('/spec/schedule', '5 2 * * *'));
    expect(Findings.all(app).map(({ id }) => id)).toEqual(['acknowledgement-idle']);
    expect(orders.toJson().metadata.annotations).toBeUndefined();
  });

  test.each(['', ' \n'])('needs a reason: %j', reason => {
    const { orders } = new Colliding();
    expect(() => Findings.of(orders).acknowledge('schedules-collide', reason)).toThrow(new Error(
      `Findings.of('backups/orders').acknowledge('schedules-collide'): reason got ${JSON.stringify(reason)}, wanted why this is accepted`,
    ));
  });
});

describe('an app is read once in a synth', () => {
  test('however many charts it has', () => {
    const { app, orders } = new Colliding();
    for (let index = 0; index < 10; index++) {
      new Chart(app, `more-${index}`);
    }
    const rendered = jest.spyOn(orders, 'toJson');
    written('stderr', () => app.synth());
    // Once for the rules and once for the file.
    expect(rendered).toHaveBeenCalledTimes(2);
  });

  test('but again when a patch or a construct came between two of the same turn', () => {
    const usual = new Colliding();
    expect(usual.ids()).toEqual(['schedules-collide']);
    usual.stock.addJsonPatch(JsonPatch.replace('/spec/schedule', '5 2 * * *'));
    expect(usual.ids()).toEqual([]);
    schedule(usual.backups, 'third');
    expect(usual.ids()).toEqual(['schedules-collide']);
  });

  test('and again in the next turn, whatever changed', async () => {
    const usual = new Colliding();
    const paused = new ApiObject(usual.backups, 'fourth', { apiVersion: 'velero.io/v1', kind: 'Schedule', metadata: { name: 'fourth' }, spec: { schedule: '0 3 * * *', template: {} } });
    expect(usual.ids()).toEqual(['schedules-collide']);
    paused.metadata.addAnnotation('cdk8s-velero/rpo', '1h');
    await Promise.resolve();
    expect(usual.ids()).toEqual(['rpo-unreachable', 'schedules-collide']);
  });
});

test('a List in an app is taken apart, and its construct is still named', () => {
  const { app, backups } = new Colliding();
  const item = { apiVersion: 'velero.io/v1', kind: 'Schedule', metadata: { name: 'listed', namespace: 'velero' }, spec: { schedule: 'never' } };
  new ApiObject(backups, 'list', { apiVersion: 'v1', kind: 'List', items: [item] } as any);
  expect(Findings.all(app).map(({ id, at }) => [id, at])).toContainEqual(['cron-invalid', 'Schedule velero/listed (backups/list)']);
});
