import { nearest } from '../../src/rules/nearest';

test.each([
  ['storageLocaton', 'storageLocation'],
  ['storage-location', 'storageLocation'],
  ['tlt', undefined],
  ['stroageLocatoin', 'storageLocation'],
  ['snapshotVolume', 'snapshotVolumes'],
  ['volumes', undefined],
  ['', undefined],
])('%s is near to %s', (name, expected) => {
  expect(nearest(name, ['ttl', 'storageLocation', 'snapshotVolumes'])).toBe(expected);
});
