import { schedule } from './examples';
import { type Rule } from './rule';

export const rule: Rule = {
  id: 'skip-immediately',
  severities: ['error'],
  title: 'A schedule that asks to skip its next run',
  goesWrong: 'From 1.13 the controller takes `skipImmediately: true` as an order, not as a setting: it notes the time as skipped and writes `false` into the Schedule. '
    + 'Git says `true`, the cluster says `false`: ArgoCD shows the Schedule as OutOfSync for ever, and with selfHeal it sets `true` again on every sync. '
    + 'Each time the next run counts from then, so that the schedule may never run.',
  fix: 'set it to false, and pause the schedule where it is not to run',
  reference: 'velero v1.18.2 pkg/controller/schedule_controller.go:113-154',
  check: ({ schedules }) => schedules.all.filter(({ skipImmediately }) => skipImmediately === true).map(({ manifest }) => ({
    on: manifest, what: 'spec.skipImmediately', got: true, wanted: 'false: Velero takes true back, and every sync skips another run',
  })),
  install: '1.18.3',
  bad: () => schedule({ spec: { skipImmediately: 'true' } }),
  good: () => schedule({ spec: { skipImmediately: 'false' } }),
};
