import { type BackupModel, type ImageReference, type Install, type Location, shownUrl, type VeleroProgram } from '../model';
import { tables } from '../versions';
import { defaultLocation, server } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'plugin-corrupts',
  severities: ['error'],
  title: 'This version of the plugin breaks backups on a store that is not of AWS',
  goesWrong: 'From v1.14.1 the plugin for AWS is built with an SDK that adds a checksum behind the data of each upload over https, also with `checksumAlgorithm: ""`. Ceph, MinIO and '
    + 'others refuse the upload (`400 InvalidArgument`), or keep the checksum as part of the object: the backup is Completed, and a restore says `gzip: '
    + 'invalid header`. v1.14.3 mends that for uploads below 5 MiB only. v1.9.1 sends checksums that such stores refuse, over http too.',
  fix: 'use the version of the plugin that is known to work, and check backups that were made since by restoring them',
  reference: 'https://github.com/velero-io/velero/issues/9951; https://github.com/velero-io/velero/issues/9804; https://github.com/velero-io/velero/issues/10543',
  check: model => model.installs.flatMap(install => corrupted(model, install)),
  install: '1.18.3',
  bad: () => example('v1.14.2'),
  good: () => example('v1.14.0'),
};

/** Where the manifests of several clusters have a server each, nobody knows whose location it is: all must be wrong. */
function corrupted(model: BackupModel, { namespace, servers, release }: Install): Verdict[] {
  const plugins = servers.map(pluginOf);
  return model.locations.in(namespace).filter(isCompatible).flatMap(({ name, config }) => {
    const [defect, ...others] = plugins.map(plugin => plugin?.version && tables.plugins().pluginDefect(plugin.version, config.s3Url.startsWith('https')));
    return !defect || others.some(other => !other) ? [] : [{
      on: servers[0].manifest,
      what: 'image of the plugin',
      got: plugins[0]!.text,
      wanted: `${release?.images.pluginForAws ?? 'another version'}: on ${shownUrl(config.s3Url)}, the store of the location ${name}, ${defect.description}`,
    }];
  });
}

function pluginOf({ pod }: VeleroProgram): ImageReference | undefined {
  return pod.initContainers.map(({ image }) => image).find(image => image?.name === 'velero-plugin-for-aws');
}

/** A store that speaks S3 and is not Amazon's. */
function isCompatible({ provider, config }: Location): boolean {
  return (provider === 'aws' || provider === 'velero.io/aws') && config.s3Url !== undefined && !/^https?:\/\/[^/]*\.amazonaws\.com(\.cn)?(:\d+)?(\/|$)/i.test(config.s3Url);
}

function example(plugin: string): string {
  return `${server('1.18.3', '--uploader-type=kopia', '--default-backup-storage-location=offsite').replace(/(plugin-for-aws:)v\S+/, `$1${plugin}`)}---
${defaultLocation('region: eu-central-1, s3Url: "https://s3.example.org", s3ForcePathStyle: "true", checksumAlgorithm: ""')}`;
}
