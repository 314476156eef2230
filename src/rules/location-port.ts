import { type Location } from '../model';
import { defaultLocation } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'location-port',
  severities: ['warning'],
  title: 'A location names the port that its scheme has anyway',
  goesWrong: 'Backups and restores work. But `velero backup logs`, `velero restore logs` and `velero backup download` end with `SignatureDoesNotMatch`, and `velero backup describe` shows '
    + 'that in place of volumes, warnings and errors, inside of the cluster too: the plugin signs links for a host without such a port, as the library of AWS does, and Velero fetches '
    + 'them from the host with it. In all versions.',
  fix: 'leave the port out',
  reference: 'velero v1.18.3 pkg/cmd/util/downloadrequest/downloadrequest.go:176-181; aws-sdk-go-v2 v1.41.12 aws/signer/internal/v4/host.go:9-15',
  check: ({ locations }) => locations.all.filter(({ usesAwsPlugin }) => usesAwsPlugin).flatMap(named),
  install: '1.18.3',
  bad: () => example('http://s3.example.org:80'),
  good: () => example('http://s3.example.org'),
};

/** Links are signed for the address for people, where there is one. */
function named({ manifest, config, endpoint, publicEndpoint }: Location): Verdict[] {
  const [key, signed] = config.publicUrl ? ['publicUrl', publicEndpoint] : ['s3Url', endpoint];
  return signed?.namesDefaultPort ? [{
    on: manifest,
    what: `spec.config.${key}`,
    got: `${signed.tls ? 'https' : 'http'}://${signed.authority}`,
    wanted: `${signed.origin}: links to logs and details are signed for a host without this port, and fetched from one with it`,
  }] : [];
}

function example(url: string): string {
  return defaultLocation(`region: us-east-1, s3Url: "${url}", s3ForcePathStyle: "true", checksumAlgorithm: ""`);
}
