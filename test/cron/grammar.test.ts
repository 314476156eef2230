import { readCron } from '../../src/cron/grammar';

const needsOf = (expression: string) => readCron(expression, problem => { throw new Error(problem.wanted); }).needs;

describe('either day is the same as both', () => {
  test.each(['0 0 1-31 * 0-6', '0 0 1-30 4 0-6', '0 0 1-30 4,6,9,11 SUN-SAT', '0 0 1-29 2 0-6', '0 0 1-30 2,4 0-6', '0 0 */1 2 0-6'])('where every date and every weekday is named: %s', expression => {
    expect(needsOf(expression)).toEqual([]);
  });
  test.each(['0 0 1-30 5 0-6', '0 0 1-30 4,5 0-6', '0 0 1-28 2 0-6', '0 0 1-29 2 1-6', '0 0 2-30 4 0-6', '0 0 30 2 0-6'])('but not where one is missing: %s', expression => {
    expect(needsOf(expression)).toEqual(['cron-either-day']);
  });
});

describe('the Sunday that 1.18.3 adds to a step', () => {
  test('is another start', () => {
    expect(needsOf('0 0 * * 1/2')).toEqual(['cron-weekday-step']);
    expect(needsOf('0 0 1-31 * 1/2')).toEqual(['cron-either-day', 'cron-weekday-step']);
  });
  test('but not where every date starts, and it makes the weekdays whole', () => {
    expect(needsOf('54 7 1-31 * 1/1')).toEqual([]);
  });
});
