import { Cron } from '../../src/model';

const [HOUR, DAY] = [3600, 86_400];

test.each<[string, number | undefined]>([
  ['0 2 * * *', DAY],
  ['0 */6 * * *', 6 * HOUR],
  ['0,30 1,2 * * *', 6 * HOUR],
  ['0 4 * * 0', 7 * DAY],
  ['0 0 1 1 *', 365.25 * DAY],
  ['@every 90m', 1.5 * HOUR],
  ['CRON_TZ=Europe/Berlin 0 2 * * *', DAY],
  ['0 0 0 * * *', undefined],
])('the average gap of %s', (expression, seconds) => {
  expect(Cron.of(expression).averageGap).toBe(seconds);
});
