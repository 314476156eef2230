import { Duration, Testing } from 'cdk8s';
import { PASSWORD, WRONG_PASSWORDS } from './passwords';
import { Uploader } from '../../src/repository/backup-repository';
import { ResticRepository, ResticRepositoryProps } from '../../src/repository/restic-repository';

const PLACE = 'ResticRepository \'test/repository\'';
const SECONDS = 'wanted a whole number of seconds, at least 1';

function repository(more: Partial<ResticRepositoryProps> = {}): ResticRepository {
  return new ResticRepository(Testing.chart(), 'repository', { password: PASSWORD, ...more });
}

test('is written by restic, has its password and emits nothing', () => {
  const chart = Testing.chart();
  const { uploader, password, maintenanceFrequency } = new ResticRepository(chart, 'repository', { password: PASSWORD });
  expect({ uploader, password, maintenanceFrequency }).toEqual({ uploader: 'restic', password: PASSWORD, maintenanceFrequency: undefined });
  expect(uploader).toBe(Uploader.RESTIC);
  expect(Testing.synth(chart)).toEqual([]);
});

test('keeps the frequency of its maintenance', () => {
  expect(repository({ maintenanceFrequency: Duration.days(7) }).maintenanceFrequency!.toHours()).toBe(168);
});

test('may be in any namespace: the install compares it with its own', () => {
  expect(repository({ password: { ...PASSWORD, namespace: 'backup' } }).password.namespace).toBe('backup');
});

test.each(WRONG_PASSWORDS)('fails with a password of %s', (_, password, message) => {
  expect(() => repository({ password })).toThrow(new Error(`${PLACE}: ${message}`));
});

test.each<[string, any, string]>([
  ['never', Duration.seconds(0), `maintenanceFrequency got "0s", ${SECONDS}`],
  ['half a second', Duration.millis(500), `maintenanceFrequency got "0.5s", ${SECONDS}`],
  ['text', '7d', 'maintenanceFrequency got "7d", wanted a Duration, such as Duration.days(30)'],
])('fails with maintenance every %s', (_, maintenanceFrequency, message) => {
  expect(() => repository({ maintenanceFrequency })).toThrow(new Error(`${PLACE}: ${message}`));
});

test('everything that is wrong is said at once', () => {
  expect(() => repository({ password: WRONG_PASSWORDS[0][1], maintenanceFrequency: Duration.seconds(0) })).toThrow(new Error(
    `${PLACE}: 2 problems\n  - ${WRONG_PASSWORDS[0][2]}\n  - maintenanceFrequency got "0s", ${SECONDS}`,
  ));
});
