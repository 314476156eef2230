import { readCron } from '../../src/cron/grammar';
import { ZoneClock } from '../../src/cron/zone-clock';
import { ZonedSearch } from '../../src/cron/zoned-search';

// On the way to a start after a day that a zone skipped, Velero's parsers go round for ever: see e2e/cron.
test.each([
  ['TZ=Pacific/Apia 29 10 * * 6', '2011-12-26T00:00:00Z', '2011-12-30T20:29:00Z'],
  ['TZ=Pacific/Apia 0 3 30 12 *', '2011-12-29T09:00:00Z', '2012-12-29T13:00:00Z'],
  ['TZ=Pacific/Apia 0 3 31 * *', '2011-12-29T09:00:00Z', '2011-12-30T13:00:00Z'],
  ['TZ=Pacific/Kiritimati 29 10 * * 0', '1994-12-28T00:00:00Z', '1994-12-31T20:29:00Z'],
])('%s finds its way over a skipped day', (expression, after, start) => {
  const { calendar, timeZone } = readCron(expression, problem => { throw new Error(problem.wanted); });
  const found = new ZonedSearch(calendar!, ZoneClock.of(timeZone!)).next(Date.parse(after) / 1000, 5)!;
  expect(new Date(found * 1000).toISOString()).toBe(start.replace('Z', '.000Z'));
});
