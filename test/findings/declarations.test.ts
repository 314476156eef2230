import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { Declarations } from '../../src/findings';
import { releaseOf } from '../../src/versions';

const NEEDS_ZONES = 'Schedule \'a/first\': cron: wanted Velero >= 1.15.0 for a time zone in a cron expression (robfig/cron v3), '
  + 'but velero runs 1.14.1; leave it out or change the version of the VeleroInstall';

function charts(): { app: App; first: Construct; second: Construct } {
  const app = Testing.app();
  return { app, first: new Construct(new Chart(app, 'a'), 'first'), second: new Construct(new Chart(app, 'b'), 'second') };
}

test('an app has one, wherever it is asked from, and one validator', () => {
  const { app, first, second } = charts();
  expect(Declarations.of(first)).toBe(Declarations.of(second));
  expect(app.node.validate()).toEqual([]);
  expect((app.node as any)._validations).toHaveLength(1);
});

test('two apps do not share theirs', () => {
  expect(Declarations.of(charts().first)).not.toBe(Declarations.of(charts().first));
});

test('which release runs in a namespace is known when somebody has told', () => {
  const { first, second } = charts();
  Declarations.of(first).installed('velero', releaseOf('1.16.2'));
  expect([Declarations.of(second).releaseIn('velero')?.version, Declarations.of(second).releaseIn('other')]).toEqual(['1.16.2', undefined]);
});

test('a name is claimed once in a namespace, by kind', () => {
  const { first, second } = charts();
  Declarations.of(first).claim(first, 'Schedule', 'velero', 'nightly');
  Declarations.of(first).claim(second, 'Schedule', 'velero-two', 'nightly');
  Declarations.of(first).claim(second, 'BackupStorageLocation', 'velero', 'nightly');
  expect(() => Declarations.of(second).claim(second, 'Schedule', 'velero', 'nightly')).toThrow(new Error(
    'Schedule \'b/second\': name got "velero/nightly", wanted a Schedule that no other construct declares; '
    + '\'a/first\' has it already: rename or remove one of them',
  ));
});

test('what an app has once is told who has it already', () => {
  const { first, second } = charts();
  expect(Declarations.of(first).reserve(first, 'definitions')).toBeUndefined();
  expect(Declarations.of(second).reserve(second, 'definitions')).toBe(first);
  expect(Declarations.of(second).reserve(first, 'other')).toBeUndefined();
});

test('what constructs have in common is made once in an app', () => {
  const { first, second } = charts();
  const make = jest.fn(() => ({}));
  const made = Declarations.of(first).once('policy a', make);
  expect(Declarations.of(second).once('policy a', make)).toBe(made);
  expect(Declarations.of(second).once('policy b', make)).not.toBe(made);
  expect(make).toHaveBeenCalledTimes(2);
});

describe('what not every release has', () => {
  test('is refused at synth when the install of that namespace lacks it, whichever was declared first', () => {
    const { app, first } = charts();
    Declarations.of(first).need(first, 'Schedule', 'velero', 'cron', 'cron-time-zone');
    Declarations.of(first).installed('velero', releaseOf('1.14.1'));
    expect(app.node.validate()).toEqual([NEEDS_ZONES]);
    expect(() => Testing.synth(Chart.of(first))).toThrow(NEEDS_ZONES);
  });

  test('is silent when the release has it, or when no install is declared there', () => {
    const { app, first } = charts();
    Declarations.of(first).need(first, 'Schedule', 'velero', 'cron', 'cron-time-zone');
    Declarations.of(first).need(first, 'Schedule', 'elsewhere', 'cron', 'cron-time-zone');
    Declarations.of(first).installed('velero', releaseOf('1.15.2'));
    expect(app.node.validate()).toEqual([]);
  });
});
