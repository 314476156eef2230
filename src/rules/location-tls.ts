import { type BackupModel, type Location } from '../model';
import { defaultLocation } from './examples';
import { type Rule, type Verdict } from './rule';

const SKIPS = 'spec.config.insecureSkipTLSVerify';

export const rule: Rule = {
  id: 'location-tls',
  severities: ['error'],
  title: 'What a location says about its certificate contradicts itself',
  goesWrong: 'With `insecureSkipTLSVerify: "true"` plugin and uploader take any certificate, whatever authority is given beside it: whoever can answer in place of the store gets the '
    + 'backups and the signature of the requests, and the certificate that was meant to prevent it looks as if it did. With an http URL there is no TLS whose check could be left out: '
    + 'everything goes over the network readable, Secrets too. With `caCert` and `caCertRef` together Velero 1.18 takes the location for invalid. In all versions.',
  fix: 'keep the certificate of the authority, and take insecureSkipTLSVerify away',
  reference: 'velero-plugin-for-aws v1.14.3 velero-plugin-for-aws/config.go:58-74; velero v1.18.3 pkg/apis/velero/v1/backupstoragelocation_types.go:191-198, '
    + 'pkg/repository/provider/unified_repo.go:597-603',
  check: model => model.locations.all.flatMap(location => [
    ...location.usesAwsPlugin && skipsCheck(location) ? [...overHttp(location), ...besideAuthority(location)] : [],
    ...twoAuthorities(model, location),
  ]),
  install: '1.18.3',
  bad: () => example('https', ', caCert: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg==', ', insecureSkipTLSVerify: "true"'),
  good: () => example('https', ', caCert: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg==', ''),
};

function skipsCheck({ config }: Location): boolean {
  return /^(1|t|T|TRUE|true|True)$/.test(config.insecureSkipTLSVerify ?? '');
}

function overHttp({ manifest, config, endpoint }: Location): Verdict[] {
  return endpoint === undefined || endpoint.tls ? [] : [{
    on: manifest,
    what: SKIPS,
    got: config.insecureSkipTLSVerify,
    wanted: `an https URL with it: over ${endpoint.origin} nothing is encrypted, and there is no certificate to check`,
    next: 'take it away, or give the store a certificate',
  }];
}

function besideAuthority({ manifest, config, caCert, caCertRef }: Location): Verdict[] {
  const authority = caCert ? 'caCert' : caCertRef === undefined ? undefined : 'caCertRef';
  return authority === undefined ? [] : [{
    on: manifest,
    what: SKIPS,
    got: config.insecureSkipTLSVerify,
    wanted: `"false" beside ${authority}: with "true" the certificate of the store is not checked against it`,
  }];
}

/** A release that does not know caCertRef does not get to see it. */
function twoAuthorities(model: BackupModel, { manifest, namespace, caCert, caCertRef }: Location): Verdict[] {
  const isKnown = model.installIn(namespace)?.release?.has('ca-certificate-reference') ?? true;
  return !isKnown || caCert === undefined || caCertRef === undefined ? [] : [{
    on: manifest,
    what: 'spec.objectStorage.caCert',
    wanted: 'caCert or caCertRef, not both: Velero takes the location for invalid',
    next: 'keep caCertRef',
  }];
}

function example(scheme: string, certificate: string, skip: string): string {
  return defaultLocation(`region: us-east-1, s3Url: "${scheme}://s3.example.org", s3ForcePathStyle: "true", checksumAlgorithm: ""${skip}`, certificate);
}
