const HOUR = 60;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** Minutes of a period that a calendar can hold without a shorter or longer one at its end. */
export const ALIGNED_PERIODS = [
  1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, ...[1, 2, 3, 4, 6, 8, 12].map(hours => hours * HOUR), DAY, WEEK,
];

/** Cron fields whose starts are exactly one period apart; both in minutes, the offset counts from midnight, for weeks from that of Sunday. */
export function alignedCron(period: number, offset: number): string {
  const minute = offset % HOUR;
  const hour = Math.floor(offset / HOUR) % 24;
  switch (period) {
    case WEEK: return `${minute} ${hour} * * ${Math.floor(offset / DAY)}`;
    case DAY: return `${minute} ${hour} * * *`;
    default: return period < HOUR
      ? `${repeated(minute, period, HOUR)} * * * *`
      : `${minute} ${repeated(hour, period / HOUR, 24)} * * *`;
  }
}

function repeated(first: number, step: number, size: number): string {
  if (first > 0 && step > 1) {
    return Array.from({ length: size / step }, (_, i) => first + i * step).join(',');
  }
  return step > 1 ? `*/${step}` : '*';
}
