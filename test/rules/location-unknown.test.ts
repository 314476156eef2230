import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, objectsIn, told } from './judged';
import { schedule, server } from '../../src/rules/examples';

escapeHatch('location-unknown', usual => () =>
  usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.replace('/spec/template/storageLocation', 'gone')));

test('silent when the input has no location at all: it may be in another repository', () => {
  expect(told(judged(objectsIn(schedule({ template: { storageLocation: 'gone' } }))))).toEqual([]);
});

test('silent beside an install too: locations may be somebody else\'s to declare', () => {
  const objects = objectsIn(`${server('1.18.3')}---\n${schedule({ template: { storageLocation: 'gone' } })}`);
  expect(told(judged(objects), 'location-unknown')).toEqual([]);
});
