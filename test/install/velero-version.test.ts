import { VeleroVersion } from '../../src/install/velero-version';
import { Uploader } from '../../src/repository/backup-repository';

test.each([
  [VeleroVersion.V1_14_1, '1.14.1', '1.14', true],
  [VeleroVersion.V1_15_2, '1.15.2', '1.15', true],
  [VeleroVersion.V1_16_2, '1.16.2', '1.16', true],
  [VeleroVersion.V1_17_2, '1.17.2', '1.17', false],
  [VeleroVersion.V1_18_3, '1.18.3', '1.18', false],
  [VeleroVersion.of('1.16.1'), '1.16.1', '1.16', true],
])('%s is a release with its facts', (version, text, minor, restic) => {
  expect(version.version).toEqual(text);
  expect(version.minor).toEqual(minor);
  expect(`${version}`).toEqual(text);
  expect(version.supports(Uploader.RESTIC)).toBe(restic);
  expect(version.supports(Uploader.KOPIA)).toBe(true);
  expect(version._release.version).toEqual(text);
});

const THREE = 'wanted three numbers as in "1.16.1", without "v" and suffix, of a known minor: 1.14, 1.15, 1.16, 1.17, 1.18; write the version of a release';

test.each<[any, string]>([
  [undefined, `VeleroVersion: version got undefined, ${THREE}`],
  [null, `VeleroVersion: version got null, ${THREE}`],
  [1.18, `VeleroVersion: version got 1.18, ${THREE}`],
  [['1.18.3'], `VeleroVersion: version got ["1.18.3"], ${THREE}`],
  ['1.13.2', 'VeleroVersion: version got "1.13.2", wanted a patch of a known minor: 1.14, 1.15, 1.16, 1.17, 1.18; take one of them, flags and definitions of others are not known'],
  ['v1.16.1', 'VeleroVersion: version got "v1.16.1", wanted three numbers as in "1.16.1", without "v" and suffix, of a known minor: 1.14, 1.15, 1.16, 1.17, 1.18; write the version of a release'],
])('fails with %s', (version, message) => {
  expect(() => VeleroVersion.of(version)).toThrow(new Error(message));
});
