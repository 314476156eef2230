import { type Location } from '../model';
import { defaultLocation } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'location-checksum',
  severities: ['error'],
  title: 'A store that is not Amazon\'s, and nothing says whether uploads carry a checksum',
  goesWrong: 'Without `checksumAlgorithm` the plugin for AWS adds a CRC32 to every upload (from its version 1.9.2; 1.9.1 cannot even be told otherwise). Many stores that speak S3 '
    + 'refuse it, over https above all: `XAmzContentSHA256Mismatch` from Ceph RGW, older MinIO, Backblaze, IBM. The location is `Available` all the same, for reading works; '
    + 'each backup fails when it writes its result, and its volumes were uploaded for nothing. An update of the store or of the plugin can bring it about later too.',
  fix: 'write checksumAlgorithm: "" into spec.config, or the algorithm that the store is known to take',
  reference: 'velero-plugin-for-aws v1.14.3 velero-plugin-for-aws/object_store.go, Init; https://github.com/velero-io/velero/issues/7543; '
    + 'https://github.com/velero-io/velero-plugin-for-aws/blob/main/backupstoragelocation.md',
  check: ({ locations }) => locations.all.filter(isUndecided).map(({ manifest, endpoint }): Verdict => ({
    on: manifest,
    what: 'spec.config.checksumAlgorithm',
    wanted: `it to be written for ${endpoint!.origin}: without it the plugin sends a CRC32, which stores other than Amazon's often refuse`,
  })),
  install: '1.18.3',
  bad: () => example(''),
  good: () => example(', checksumAlgorithm: ""'),
};

/** What is read only is never uploaded to. */
function isUndecided({ usesAwsPlugin, endpoint, config, accessMode }: Location): boolean {
  return usesAwsPlugin && endpoint !== undefined && !endpoint.isAws && accessMode !== 'ReadOnly' && !Object.hasOwn(config, 'checksumAlgorithm');
}

function example(checksum: string): string {
  return defaultLocation(`region: us-east-1, s3Url: "https://s3.example.org", s3ForcePathStyle: "true"${checksum}`);
}
