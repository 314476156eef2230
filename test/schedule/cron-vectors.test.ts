import gaps from './vectors/gaps.json';
import parsed from './vectors/parse.json';
import runs from './vectors/runs.json';
import { Cron } from '../../src/model';
import { CronExpression } from '../../src/schedule/cron-expression';

// Written by tools/cron from the parsers of Velero < 1.15, < 1.18.3 and >= 1.18.3, in this order.

/** All three take it, and nobody would mean it: the fraction is dropped. */
const FRACTIONS = ['@every 1500ms', '@every 1.5s', '@every 1h1ns', '@every 9223372036854775807ns', '@every 0.333333333333h'];

test.each(parsed.map(row => [row.expression, row] as const))('accepts or refuses %j like every parser of Velero', (expression, { accepted: [v1, v3, fork], never }) => {
  const zoned = /^(CRON_)?TZ=\S+ +/.test(expression);
  const wanted = v3 && fork && (v1 || zoned) && !never && !FRACTIONS.includes(expression);
  if (wanted) {
    expect(CronExpression.of(expression).expression).toBe(expression);
  } else {
    expect(() => CronExpression.of(expression)).toThrow(`CronExpression '${expression}': `);
  }
});

test.each(readable().map(row => [row.expression, row] as const))('knows which releases understand %j alike', (expression, { accepted, sameDays }) => {
  const needs = Cron.of(expression).needs;
  expect(needs.some(need => need !== 'cron-time-zone')).toBe(!sameDays[2]);
  expect(needs.includes('cron-time-zone') || needs.includes('cron-either-day-stepped')).toBe(!accepted[0] || !sameDays[0]);
});

test.each(runs.map(row => [row.expression, new Date(row.after).toISOString(), row] as const))('%s starts after %s when Velero does', (expression, _, { after, minutes }) => {
  let minute = 0;
  const starts = minutes.map(later => new Date((minute += later) * 60_000));
  expect(CronExpression.of(expression).nextRuns(new Date(after), starts.length)).toEqual(starts);
});

test.each(gaps.map(row => [row.expression, row.seconds] as const))('%s has its longest gap, %d seconds', (expression, seconds) => {
  expect(CronExpression.of(expression).longestGap().toSeconds()).toBe(seconds);
});

function readable() {
  return parsed.filter(({ expression }) => {
    try {
      return CronExpression.of(expression) !== undefined;
    } catch {
      return false;
    }
  });
}
