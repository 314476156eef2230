import { TIME_ZONES } from '../../src/cron/time-zones';
import { ZoneClock, zoneProblem } from '../../src/cron/zone-clock';

const seconds = (text: string) => Date.parse(text) / 1000;

describe('ZoneClock', () => {
  test.each([
    ['UTC', '2026-07-01T00:00:00Z', 0], ['Europe/Berlin', '2026-03-29T00:59:59Z', 3600], ['Europe/Berlin', '2026-03-29T01:00:00Z', 7200],
    ['Asia/Kathmandu', '2026-07-01T00:00:00Z', 20_700], ['America/St_Johns', '2026-01-01T00:00:00Z', -12_600], ['Australia/Lord_Howe', '2026-12-31T23:59:59Z', 39_600],
  ])('%s at %s is ahead by %d seconds', (zone, instant, offset) => {
    expect(ZoneClock.of(zone).offsetAt(seconds(instant))).toBe(offset);
  });

  test('knows the changes of a year', () => {
    expect(ZoneClock.of('Europe/Berlin').changes(2026, 1)).toEqual([
      { at: seconds('2026-03-29T01:00:00Z'), before: 3600, after: 7200 }, { at: seconds('2026-10-25T01:00:00Z'), before: 7200, after: 3600 },
    ]);
    expect(ZoneClock.of('Asia/Kolkata').changes(2024, 81)).toEqual([]);
  });

  // East of Greenwich Go falls out of a gap later and into the second of two, west of it the other way round.
  test.each([
    ['Europe/Berlin', '2026-06-01T12:00:00Z', '2026-06-01T10:00:00Z'],
    ['Europe/Berlin', '2026-03-29T02:30:00Z', '2026-03-29T01:30:00Z'],
    ['Europe/Berlin', '2026-10-25T02:30:00Z', '2026-10-25T01:30:00Z'],
    ['America/New_York', '2026-03-08T02:30:00Z', '2026-03-08T06:30:00Z'],
    ['America/New_York', '2026-11-01T01:30:00Z', '2026-11-01T05:30:00Z'],
  ])('the clock of %s shows %s at %s', (zone, wall, instant) => {
    expect(ZoneClock.of(zone).instantOf(seconds(wall))).toBe(seconds(instant));
  });
});

describe('zoneProblem', () => {
  test('knows every zone of the list', () => {
    const zones = Object.entries(TIME_ZONES).flatMap(([region, names]) => names.split(' ').map(name => `${region}${name}`));
    expect(zones).toHaveLength(597);
    expect(zones).toEqual(expect.arrayContaining(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'GB']));
    expect(zones.filter(zone => zoneProblem(zone) !== undefined)).toEqual([]);
  });

  test('tells when Node.js is older than the list', () => {
    const unknown = jest.spyOn(Intl, 'DateTimeFormat').mockImplementation(() => { throw new RangeError('Invalid time zone'); });
    expect(zoneProblem('Europe/Berlin')).toEqual({
      what: 'time zone',
      got: 'Europe/Berlin',
      wanted: 'a zone of the time zone database, written as there, such as Europe/Berlin, that this Node.js knows',
      next: 'update Node.js',
    });
    unknown.mockRestore();
  });
});
