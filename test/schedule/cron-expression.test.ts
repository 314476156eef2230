import { Cron, Duration } from 'cdk8s';
import { Cron as CronFacts } from '../../src/model';
import { CronExpression } from '../../src/schedule/cron-expression';

const FIELDS = 'wanted exactly 5: minute, hour, day of month, month, day of week';
const DESCRIPTOR = 'wanted @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly or "@every " and a Go duration, nothing around it';
const FOREIGN = 'Velero has no L, W, # or H';
const ZONE = 'wanted a zone of the time zone database, written as there, such as Europe/Berlin';
const GO_DURATION = 'wanted a Go duration such as 6h or 1h30m, one blank after @every';
const ONCE_A_MINUTE = 'Velero looks at its schedules once a minute';
const NEVER = 'wanted one that comes; Velero finds no next run, takes that as due and would start a backup every minute';

describe('of', () => {
  test('keeps the expression as it was written', () => {
    const expression = CronExpression.of('0  */6 * JAN-dec ?');
    expect(expression.expression).toBe('0  */6 * JAN-dec ?');
    expect(`${expression}`).toBe('0  */6 * JAN-dec ?');
    expect(expression.timeZone).toBeUndefined();
  });

  test.each([['TZ=Asia/Kolkata 0 0 * * *', 'Asia/Kolkata'], ['CRON_TZ=Etc/GMT+5 @daily', 'Etc/GMT+5'], ['CRON_TZ=UTC @every 1h', 'UTC']])('%s has a zone', (text, zone) => {
    expect(CronExpression.of(text).timeZone).toBe(zone);
  });

  test.each([
    ['', `fields got 0, ${FIELDS}`],
    ['* * * *', `fields got 4, ${FIELDS}`],
    ['0 0 0 * * *', `fields got 6, ${FIELDS}; Velero has no seconds field: drop the first one`],
    ['constructor', `fields got 1, ${FIELDS}`],
    ['0 0 * * 7', 'day of week got "7", wanted 0-6 or SUN-SAT; Sunday is 0'],
    ['0 0 * * SUN-7', 'day of week got "7", wanted 0-6 or SUN-SAT; Sunday is 0'],
    ['0 0 * * MONDAY', 'day of week got "MONDAY", wanted 0-6 or SUN-SAT'],
    ['0 0 * * 5#3', `day of week got "5#3", wanted 0-6 or SUN-SAT; ${FOREIGN}`],
    ['0 0 * * 5L', `day of week got "5L", wanted 0-6 or SUN-SAT; ${FOREIGN}`],
    ['0 0 L * *', `day of month got "L", wanted 1-31; ${FOREIGN}`],
    ['0 0 1,15W * *', `day of month got "15W", wanted 1-31; ${FOREIGN}`],
    ['H * * * *', `minute got "H", wanted 0-59; ${FOREIGN}`],
    ['60 * * * *', 'minute got "60", wanted 0-59'],
    ['-5 * * * *', 'minute got "-5", wanted 0-59'],
    ['1- * * * *', 'minute got "1-", wanted 0-59'],
    ['1.5 * * * *', 'minute got "1.5", wanted 0-59'],
    ['0 24 * * *', 'hour got "24", wanted 0-23'],
    ['0 0 0 * *', 'day of month got "0", wanted 1-31'],
    ['0 0 1 13 *', 'month got "13", wanted 1-12 or JAN-DEC'],
    ['0 0 1 JULY *', 'month got "JULY", wanted 1-12 or JAN-DEC'],
    ['0 22-2 * * *', 'hour got "22-2", wanted a range that begins with its smaller value; write 22-23,0-2'],
    ['0 0 * * FRI-MON', 'day of week got "FRI-MON", wanted a range that begins with its smaller value; write 5-6,0-1'],
    ['1-2-3 * * * *', 'minute got "1-2-3", wanted at most one "-" and then at most one "/"'],
    ['*/2/3 * * * *', 'minute got "*/2/3", wanted at most one "-" and then at most one "/"'],
    ['*/0 * * * *', 'minute got "*/0", wanted a step of at least 1'],
    ['*/ * * * *', 'minute got "*/", wanted a step of at least 1'],
    ['*/60 * * * *', 'minute got "*/60", wanted a step below 60, the number of values it counts through; write 0, which is all that it gives'],
    ['0 0-5/6 * * *', 'hour got "0-5/6", wanted a step below 6, the number of values it counts through; write 0, which is all that it gives'],
    ['0 0 30 2 *', `date got "0 0 30 2 *", ${NEVER}`],
    ['0 0 31 4,jun *', `date got "0 0 31 4 jun *", ${NEVER}`.replace('4 jun', '4,jun')],
    [', * * * *', `date got ", * * * *", ${NEVER}`],
    ['0 , * * *', `date got "0 , * * *", ${NEVER}`],
    ['0 0 30 2 ,', `date got "0 0 30 2 ,", ${NEVER}`],
    ['@reboot', `descriptor got "@reboot", ${DESCRIPTOR}`],
    ['@Daily', `descriptor got "@Daily", ${DESCRIPTOR}`],
    ['@every', `descriptor got "@every", ${DESCRIPTOR}`],
    ['@every 1d', `interval got "1d", ${GO_DURATION}`],
    ['@every 2562048h', `interval got "2562048h", ${GO_DURATION}`],
    ['@every 0', `interval got "0", wanted at least 1s; ${ONCE_A_MINUTE}`],
    ['@every -1h', `interval got "-1h", wanted at least 1s; ${ONCE_A_MINUTE}`],
    ['@every 999ms', `interval got "999ms", wanted at least 1s; ${ONCE_A_MINUTE}`],
    ['@every 1.5s', 'interval got "1.5s", wanted whole seconds; Velero would drop the fraction'],
    ['TZ=Mars/Olympus 0 0 * * *', `time zone got "Mars/Olympus", ${ZONE}`],
    ['TZ=+01:00 0 0 * * *', `time zone got "+01:00", ${ZONE}`],
    ['TZ=Local 0 0 * * *', `time zone got "Local", ${ZONE}`],
    ['TZ= 0 0 * * *', `time zone got "", ${ZONE}`],
    ['TZ=europe/berlin 0 0 * * *', `time zone got "europe/berlin", ${ZONE}; write Europe/Berlin`],
    ['CRON_TZ=Europe/Berlin', `fields got 0, ${FIELDS}`],
    [' TZ=UTC 0 0 * * *', `fields got 6, ${FIELDS}; write TZ= or CRON_TZ= once, in upper case, as the very first characters`],
    [`0 0 * * *${' '.repeat(1016)}`, 'length got 1025, wanted at most 1024 bytes'],
  ])('refuses %j', (text, problem) => {
    expect(() => CronExpression.of(text)).toThrow(new Error(`CronExpression '${text}': ${problem}`));
  });

  test('tells all that is wrong at once', () => {
    expect(() => CronExpression.of('TZ=Moon 61 25 32 13 8')).toThrow(new Error(`CronExpression 'TZ=Moon 61 25 32 13 8': 6 problems
  - time zone got "Moon", ${ZONE}
  - minute got "61", wanted 0-59
  - hour got "25", wanted 0-23
  - day of month got "32", wanted 1-31
  - month got "13", wanted 1-12 or JAN-DEC
  - day of week got "8", wanted 0-6 or SUN-SAT`));
  });

  test.each([
    ['0 2 * * *', []],
    ['TZ=UTC 0 2 * * *', ['cron-time-zone']],
    ['0 2 1 * 0', ['cron-either-day']],
    ['0 2 1-31 * 0-6', []],
    ['0 2 */2 * 0', ['cron-either-day-stepped']],
    ['0 2 */1 * 0', []],
    ['0 2 * * 1/2', ['cron-weekday-step']],
    ['0 2 * * 0,1/2', []],
    ['TZ=UTC 0 2 1 * 1/2', ['cron-time-zone', 'cron-either-day', 'cron-weekday-step']],
  ])('%s needs %j', (text, needs) => {
    expect(CronFacts.of(text).needs).toEqual(needs);
  });
});

describe('every', () => {
  test.each([
    [Duration.minutes(1), '* * * * *'], [Duration.minutes(2), '*/2 * * * *'], [Duration.minutes(30), '*/30 * * * *'], [Duration.hours(1), '0 * * * *'],
    [Duration.hours(6), '0 */6 * * *'], [Duration.hours(12), '0 */12 * * *'], [Duration.hours(24), '0 0 * * *'], [Duration.days(7), '0 0 * * 0'],
    [Duration.minutes(7), '@every 7m0s'], [Duration.hours(5), '@every 5h0m0s'], [Duration.days(14), '@every 336h0m0s'],
  ])('%j is %s', (interval, expression) => {
    expect(CronExpression.every(interval).expression).toBe(expression);
    expect(CronExpression.every(interval).longestGap().toMinutes()).toBe(interval.toMinutes());
  });

  test.each([[Duration.minutes(0), '0s'], [Duration.seconds(59), '59s'], [Duration.seconds(90), '1m30s'], [Duration.millis(1), '0.001s']])('refuses %j', (interval, got) => {
    expect(() => CronExpression.every(interval))
      .toThrow(new Error(`CronExpression.every: interval got "${got}", wanted whole minutes, at least 1; ${ONCE_A_MINUTE}`));
  });
});

describe('fromCron', () => {
  test.each([
    [Cron.daily(), '0 0 * * *'], [Cron.weekly(), '0 0 * * 0'],
    [Cron.schedule({ minute: '5', hour: '4' }), '5 4 * * *'], [Cron.schedule({}), '* * * * *'],
  ])('takes the fields', (cron, expression) => {
    expect(CronExpression.fromCron(cron).expression).toBe(expression);
  });
  test('refuses what Velero would', () => {
    expect(() => CronExpression.fromCron(Cron.schedule({ weekDay: '7' })))
      .toThrow(new Error("CronExpression '* * * * 7': day of week got \"7\", wanted 0-6 or SUN-SAT; Sunday is 0"));
  });
});

describe('nextRuns', () => {
  function next(text: string, after: string, count: number): string[] {
    return CronExpression.of(text).nextRuns(new Date(after), count).map(start => start.toISOString());
  }

  test('are later than the given time', () => {
    expect(next('0 */6 * * *', '2026-01-01T00:00:00Z', 3)).toEqual(['2026-01-01T06:00:00.000Z', '2026-01-01T12:00:00.000Z', '2026-01-01T18:00:00.000Z']);
    expect(next('0 0 * * *', '2025-12-31T23:59:59.999Z', 1)).toEqual(['2026-01-01T00:00:00.000Z']);
  });
  test('of either day, when both are restricted', () => {
    expect(next('0 0 1 * 0', '2026-01-25T12:00:00Z', 4).map(start => start.slice(0, 10))).toEqual(['2026-02-01', '2026-02-08', '2026-02-15', '2026-02-22']);
    expect(next('0 0 29 * 1', '2026-01-28T12:00:00Z', 2).map(start => start.slice(0, 10))).toEqual(['2026-01-29', '2026-02-02']);
  });
  test('do not miss the first of March behind a February 31, as croner 10.0.1 alone would', () => {
    expect(next('0 0 1,31 * *', '2027-02-01T00:00:00Z', 2).map(start => start.slice(0, 10))).toEqual(['2027-03-01', '2027-03-31']);
    expect(next('0 0 31 2,3 1', '2027-02-22T00:00:00Z', 1).map(start => start.slice(0, 10))).toEqual(['2027-03-01']);
    expect(next('0 0 1 * 6', '2029-02-27T00:00:00Z', 2).map(start => start.slice(0, 10))).toEqual(['2029-03-01', '2029-03-03']);
    expect(next('0 0 31 2 1', '2027-02-22T00:00:00Z', 1).map(start => start.slice(0, 10))).toEqual(['2028-02-07']);
    expect(next('0 0 30 2,4 *', '2027-01-01T00:00:00Z', 1).map(start => start.slice(0, 10))).toEqual(['2027-04-30']);
  });
  test('end where Velero stops looking, five calendar years away', () => {
    expect(next('0 0 29 2 *', '2090-01-01T00:00:00Z', 9).map(start => start.slice(0, 10))).toEqual(['2092-02-29', '2096-02-29']);
    expect(next('TZ=Europe/Berlin 0 0 29 2 *', '2090-01-01T00:00:00Z', 9)).toEqual(['2092-02-28T23:00:00.000Z', '2096-02-28T23:00:00.000Z']);
  });
  test('end with the year 2999, where croner stops', () => {
    expect(next('0 0 * * *', '2999-12-30T00:00:00Z', 3)).toEqual(['2999-12-31T00:00:00.000Z']);
  });
  test('skip the hour that spring skips and use twice the hour that autumn repeats', () => {
    expect(next('TZ=Europe/Berlin 30 2 * * *', '2026-03-28T00:00:00Z', 2)).toEqual(['2026-03-28T01:30:00.000Z', '2026-03-30T00:30:00.000Z']);
    expect(next('TZ=Europe/Berlin 30 2 * * *', '2026-10-24T12:00:00Z', 2)).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']);
  });
  test('of an interval count from the given second', () => {
    expect(next('@every 90m', '2026-01-01T00:00:00.500Z', 2)).toEqual(['2026-01-01T01:30:00.000Z', '2026-01-01T03:00:00.000Z']);
  });
  test('may be none', () => {
    expect(next('* * * * *', '2026-01-01T00:00:00Z', 0)).toEqual([]);
  });
  test('refuse what is no date and no count', () => {
    expect(() => CronExpression.of('@daily').nextRuns(new Date('never'), 1.5)).toThrow(new Error(`CronExpression '@daily': 2 problems
  - after: wanted a valid date
  - count got 1.5, wanted a whole number, at least 0`));
    expect(() => CronExpression.of('@daily').nextRuns(new Date(0), -1)).toThrow(new Error("CronExpression '@daily': count got -1, wanted a whole number, at least 0"));
  });
});

describe.each(['UTC', 'America/New_York', 'Pacific/Kiritimati'])('on a machine in %s', zone => {
  const before = process.env.TZ;
  beforeAll(() => { process.env.TZ = zone; });
  afterAll(() => {
    if (before === undefined) {
      delete process.env.TZ;
    } else {
      process.env.TZ = before;
    }
  });
  test('times are UTC or those of the expression', () => {
    expect(CronExpression.of('0 2 * * 0').nextRuns(new Date(Date.UTC(2026, 2, 7)), 1)[0].toISOString()).toBe('2026-03-08T02:00:00.000Z');
    expect(CronExpression.of('TZ=Asia/Tokyo 0 2 * * 0').nextRuns(new Date(Date.UTC(2026, 2, 7)), 1)[0].toISOString()).toBe('2026-03-07T17:00:00.000Z');
    expect(CronExpression.of('0 2 * * *').longestGap().toHours()).toBe(24);
  });
});

describe('callers without types', () => {
  test.each<[string, () => unknown, string]>([
    ['of nothing', () => CronExpression.of(undefined as any), 'CronExpression.of: expression: wanted a string such as 0 2 * * *'],
    ['of a number', () => CronExpression.of(5 as any), 'CronExpression.of: expression got 5, wanted a string such as 0 2 * * *'],
    ['every text', () => CronExpression.every('6h' as any), 'CronExpression.every: interval got "6h", wanted a Duration, such as Duration.hours(6)'],
    ['every nothing', () => CronExpression.every(undefined as any), 'CronExpression.every: interval: wanted a Duration, such as Duration.hours(6)'],
    ['from text', () => CronExpression.fromCron('0 2 * * *' as any), 'CronExpression.fromCron: cron got "0 2 * * *", wanted a Cron of cdk8s, such as Cron.daily()'],
  ])('are told: %s', (_, make, message) => {
    expect(make).toThrow(new Error(message));
  });
});
