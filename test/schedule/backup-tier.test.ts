import { Duration } from 'cdk8s';
import { BackupTier, type BackupTierProps } from '../../src/schedule/backup-tier';

const minimal: BackupTierProps = { name: 'tier-0', rpo: Duration.hours(6), rto: Duration.hours(2), retention: Duration.days(7) };
const LABEL = 'wanted a label value: at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit';
const PREFIX = 'wanted at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit';
const GIVE = 'the name of the tier gives no prefix: give a schedulePrefix';
const SECONDS = 'wanted a whole number of seconds, at least 1';
const GONE = 'otherwise the last good backup is deleted before the next one exists';

test('takes its prefix from the name', () => {
  expect(BackupTier.of(minimal)).toEqual({ ...minimal, schedulePrefix: 'tier0' });
  expect(BackupTier.of({ ...minimal, name: 'very-gold-1' }).schedulePrefix).toBe('verygold1');
});

test('takes everything', () => {
  const all: Required<BackupTierProps> = { ...minimal, name: 'Tier_0', schedulePrefix: 'gold-0' };
  expect(BackupTier.of(all)).toEqual(all);
});

test.each([
  [{ name: '' }, `BackupTier '': 2 problems\n  - name got "", wanted a name, such as tier-0\n  - schedulePrefix got "", ${PREFIX}; ${GIVE}`],
  [{ name: 'tier 0', schedulePrefix: 't' }, `BackupTier 'tier 0': name got "tier 0", ${LABEL}`],
  [{ name: 'Tier_0' }, `BackupTier 'Tier_0': schedulePrefix got "Tier_0", ${PREFIX}; ${GIVE}`],
  [{ schedulePrefix: '-a' }, `BackupTier 'tier-0': schedulePrefix got "-a", ${PREFIX}`],
  [{ rpo: Duration.hours(0) }, `BackupTier 'tier-0': rpo got "0s", ${SECONDS}`],
  [{ rto: Duration.millis(1500) }, `BackupTier 'tier-0': rto got "1.5s", ${SECONDS}`],
  [{ retention: Duration.days(0) }, `BackupTier 'tier-0': retention got "0s", ${SECONDS}`],
  [{ retention: '30d' as any }, 'BackupTier \'tier-0\': retention got "30d", wanted a Duration, such as Duration.days(30)'],
  [{ retention: Duration.hours(6) }, `BackupTier 'tier-0': retention got "6h", wanted longer than the RPO of 6h; ${GONE}`],
  [{ retention: Duration.minutes(90) }, `BackupTier 'tier-0': retention got "1h30m", wanted longer than the RPO of 6h; ${GONE}`],
  [{ rpo: undefined, rto: 2 } as any, 'BackupTier \'tier-0\': 2 problems\n  - rpo: wanted a Duration, such as Duration.days(30)\n'
    + '  - rto got 2, wanted a Duration, such as Duration.days(30)'],
  [{ name: undefined } as any, 'BackupTier: name: wanted a string'],
  [{ retention: Duration.days(999_999) }, 'BackupTier \'tier-0\': retention got "86399913600s", wanted at most 2562047h47m16s, the longest duration that Go has'],
])('refuses %j', (wrong, message) => {
  expect(() => BackupTier.of({ ...minimal, ...wrong })).toThrow(new Error(message));
});

test('refuses no props', () => {
  expect(() => BackupTier.of(undefined as any)).toThrow(new Error('BackupTier: 4 problems\n  - name: wanted a string\n'
    + ['rpo', 'rto', 'retention'].map(name => `  - ${name}: wanted a Duration, such as Duration.days(30)`).join('\n')));
});
