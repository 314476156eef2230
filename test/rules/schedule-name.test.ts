import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { schedule } from '../../src/rules/examples';

escapeHatch('schedule-name', usual => () => usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.replace('/metadata/name', 'n'.repeat(64))));

test.each([
  [48, undefined],
  [49, 'warning: at most 48 characters: it has 49, and the names of its backups do not fit into labels'],
  [63, 'warning: at most 48 characters: it has 63, and the names of its backups do not fit into labels'],
  [64, 'error: at most 63 characters: it has 64, and becomes a label of each backup, which the API server then refuses'],
])('%i characters: %s', (length, expected) => {
  const [judgement] = judged(schedule({ name: 'n'.repeat(length) })).filter(({ rule }) => rule.id === 'schedule-name');
  expect(judgement && `${judgement.severity}: ${judgement.wanted}`).toBe(expected);
});

test.each(['Nightly', 'night_ly', '-nightly', 'nightly.', 'night..ly'])('%s is no name', name => {
  expect(told(judged(schedule({ name })), 'schedule-name')).toEqual([
    `error schedule-name Schedule velero/${name}: metadata.name got ${JSON.stringify(name)}, wanted a name that the API server takes: lower case letters, digits, dashes and dots, `
    + 'with a letter or digit at both ends',
  ]);
});

test('names with dots are fine, and so is one that is generated', () => {
  expect(told(judged(`${schedule({ name: 'shop.nightly' })}---\n${schedule().replace('name: nightly', 'generateName: nightly-')}`), 'schedule-name')).toEqual([]);
});
