import { type BackupModel, type Location } from '../model';
import { defaultLocation } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'location-unreachable',
  severities: ['warning'],
  title: 'A location has an address that only the inside of the cluster can reach',
  goesWrong: 'Backups and restores work. But `velero backup logs`, `velero backup describe --details`, `velero backup download` and `velero restore logs` let the server sign a link and '
    + 'fetch it themselves: on a workstation they end with `no such host`, usually in the night in which somebody wants to know why a backup failed. In all versions.',
  fix: 'write an address that people can reach as publicUrl into spec.config',
  reference: 'velero-plugin-for-aws v1.14.3 velero-plugin-for-aws/object_store.go, Init; https://velero.io/docs/main/contributions/minio/',
  check: model => model.locations.all.flatMap(location => unreachable(model, location)),
  install: '1.18.3',
  bad: () => example(''),
  good: () => example(', publicUrl: "https://s3.example.org"'),
};

function unreachable(model: BackupModel, location: Location): Verdict[] {
  const { manifest, config, endpoint, usesAwsPlugin } = location;
  const hidden = usesAwsPlugin && endpoint !== undefined && !config.publicUrl && model.serviceOf(location) !== undefined;
  return !hidden ? [] : [{
    on: manifest,
    what: 'spec.config.publicUrl',
    wanted: `an address of the store outside of the cluster: ${endpoint.host} has a name only inside, so that logs and details of backups cannot be read from elsewhere`,
  }];
}

function example(publicUrl: string): string {
  return defaultLocation(`region: us-east-1, s3Url: "http://minio.storage.svc:9000", s3ForcePathStyle: "true", checksumAlgorithm: ""${publicUrl}`);
}
