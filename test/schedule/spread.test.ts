import { Duration } from 'cdk8s';
import fc from 'fast-check';
import { Cron } from '../../src/model';
import { alignedCron, ALIGNED_PERIODS } from '../../src/schedule/aligned-cron';
import { CronExpression } from '../../src/schedule/cron-expression';
import { spreadCron, spreadOf, type SpreadOptions } from '../../src/schedule/spread';

const cronOf = (name: string, options: SpreadOptions) => spreadCron(name, spreadOf(options));

/** Minutes from the midnight that begins a Sunday to the first start. */
function minutesOf(expression: CronExpression): number {
  const [first] = expression.nextRuns(new Date(Date.UTC(2026, 0, 3, 23, 59)), 1);
  return (first.getTime() - Date.UTC(2026, 0, 4)) / 60_000;
}

describe('alignedCron', () => {
  test.each([
    [1, 0, '* * * * *'], [2, 0, '*/2 * * * *'], [15, 7, '7,22,37,52 * * * *'], [30, 29, '29,59 * * * *'], [60, 0, '0 * * * *'], [60, 59, '59 * * * *'],
    [360, 137, '17 2,8,14,20 * * *'], [360, 17, '17 */6 * * *'], [720, 719, '59 11,23 * * *'], [1440, 1439, '59 23 * * *'], [10080, 10079, '59 23 * * 6'], [10080, 150, '30 2 * * 0'],
  ])('every %d minutes from minute %d: %s', (period, offset, cron) => {
    expect(alignedCron(period, offset)).toBe(cron);
  });
  test('every gap is the period, whatever the offset', () => {
    fc.assert(fc.property(fc.constantFrom(...ALIGNED_PERIODS), fc.nat(10_079), (period, offset) => {
      const expression = CronExpression.of(alignedCron(period, offset % period));
      expect(expression.longestGap().toMinutes()).toBe(period);
      expect(Cron.of(expression.expression).needs).toEqual([]);
      expect(minutesOf(expression)).toBe(offset % period);
    }), { seed: 3, numRuns: 300 });
  });
});

describe('spreadCron', () => {
  test.each([
    ['tier0-n8n-prod', { rpo: Duration.hours(6) }, '55 */6 * * *'],
    ['tier0-keycloak', { rpo: Duration.hours(6) }, '36 2,8,14,20 * * *'],
    ['tier1-n8n-dev', { rpo: Duration.hours(24) }, '16 3 * * *'],
    ['tier1-grafana', { rpo: Duration.hours(30) }, '46 1 * * *'],
    ['tier2-cert', { rpo: Duration.days(7) }, '3 3 * * 0'],
    ['tier2-cert', { rpo: Duration.days(30) }, '3 3 * * 0'],
    ['any', { rpo: Duration.seconds(119) }, '* * * * *'],
    ['any', { rpo: Duration.days(1), windowStart: Duration.hours(23), window: Duration.minutes(1) }, '0 23 * * *'],
    ['c', { rpo: Duration.days(7), windowStart: Duration.hours(22), window: Duration.hours(12) }, '10 0 * * 1'],
    ['c', { rpo: Duration.hours(6), windowStart: Duration.hours(23), window: Duration.minutes(1) }, '0 5,11,17,23 * * *'],
  ])('%s with %j starts at %s', (name, options, cron) => {
    expect(cronOf(name, options).expression).toBe(cron);
  });

  test.each(ALIGNED_PERIODS.map(period => [period]))('an RPO of %d minutes is met exactly', period => {
    expect(cronOf('grafana', { rpo: Duration.minutes(period) }).longestGap().toMinutes()).toBe(period);
  });

  test('starts depend on the name alone and fill the window evenly', () => {
    const starts = Array.from({ length: 1000 }, (_, i) => minutesOf(cronOf(`tier1-application-${i}`, { rpo: Duration.days(1) })));
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(60);
    expect(Math.max(...starts)).toBeLessThan(300);
    const perHour = [1, 2, 3, 4].map(hour => starts.filter(start => Math.floor(start / 60) === hour).length);
    perHour.forEach(count => expect(Math.abs(count - 250)).toBeLessThan(50));
  });

  test('sub-daily starts fill the whole period', () => {
    const starts = Array.from({ length: 400 }, (_, i) => minutesOf(cronOf(`app-${i}`, { rpo: Duration.hours(6) })));
    expect([...new Set(starts.map(start => Math.floor(start / 60)))].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test.each<[SpreadOptions, object[]]>([
    [{ rpo: Duration.seconds(59), windowStart: Duration.hours(24), window: Duration.minutes(0) }, [
      { what: 'rpo', got: '59s', wanted: 'at least 1 minute', next: 'Velero looks at its schedules once a minute' },
      { what: 'windowStart', got: '24h', wanted: 'whole minutes below 24 hours, the time since midnight UTC' },
      { what: 'window', got: '0s', wanted: 'whole minutes, at least 1 and at most the period of 1m' },
    ]],
    [{ rpo: Duration.hours(6), window: Duration.hours(7) }, [{ what: 'window', got: '7h', wanted: 'whole minutes, at least 1 and at most the period of 6h' }]],
    [{ rpo: Duration.hours(6), windowStart: Duration.seconds(90), window: Duration.seconds(90) }, [
      { what: 'windowStart', got: '1m30s', wanted: 'whole minutes below 24 hours, the time since midnight UTC' },
      { what: 'window', got: '1m30s', wanted: 'whole minutes, at least 1 and at most the period of 6h' },
    ]],
    [{ rpo: Duration.days(1), windowStart: Duration.minutes(1439), window: Duration.days(1) }, []],
  ])('%j has these problems', (options, problems) => {
    expect(spreadOf(options).problems).toEqual(problems);
  });
});
