import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation, server } from '../../src/rules/examples';

escapeHatch('location-default', usual => () => usual.object('BackupStorageLocation', 'offsite').addJsonPatch(JsonPatch.replace('/spec/default', false)));

test('a server that is told another location', () => {
  const other = installation('1.18.3').replace('--default-backup-storage-location=offsite', '--default-backup-storage-location=default');
  expect(told(judged(other), 'location-default')).toEqual([
    'error location-default Deployment velero/velero: --default-backup-storage-location got "default", wanted offsite, the location with default: true',
  ]);
});

test('silent about locations without a server, and about a server without locations', () => {
  const [, location] = /(apiVersion: velero.io[^]*?)---/.exec(installation('1.18.3'))!;
  expect(told(judged(location.replace('default: true', 'default: false')))).toEqual([]);
  expect(told(judged(server('1.18.3', '--uploader-type=kopia')))).toEqual([]);
});

describe('no default at all', () => {
  const none = installation('1.18.3').replace('default: true', 'default: false');

  test('is told on the location that the server names: it would write into it', () => {
    expect(told(judged(none))).toEqual([
      'error location-default BackupStorageLocation velero/offsite: spec.default got undefined, wanted true: the server that names it as the default '
      + 'writes that into it, and git takes it back',
    ]);
  });

  test('is told on the server that names none', () => {
    expect(told(judged(none.replace(',"--default-backup-storage-location=offsite"', '')))).toEqual([
      'error location-default Deployment velero/velero: default location got undefined, wanted one location of the namespace velero with default: true; '
      + 'it has offsite',
    ]);
  });

  test('is fine when the server names one that is declared elsewhere', () => {
    expect(told(judged(none.replace('location=offsite', 'location=of-another-repository')))).toEqual([]);
  });
});
