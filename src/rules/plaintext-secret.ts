import { type SecretProducer } from '../model';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'plaintext-secret',
  severities: ['warning'],
  title: 'A Secret of Velero stands in the manifests with its values',
  goesWrong: 'Base64 is no encryption: whoever may read the repository, or ever could read one of its commits, has the key to the bucket or the password of all volume data. The '
    + 'history keeps it after the file is gone, and the password of the repositories cannot be changed afterwards. In a cluster a Secret is where it belongs, '
    + 'and this is not about what was read from there.',
  fix: 'seal it (cdk8s-velero seal), or let an ExternalSecret fetch it; then take a new key, for this one is known',
  reference: 'https://kubernetes.io/docs/concepts/configuration/secret/#information-security-for-secrets',
  check: model => {
    const namespaces = new Set([...model.installs, ...model.locations.all].map(({ namespace }) => namespace));
    return model.secrets.all.filter(({ manifest, namespace }) => manifest.kind === 'Secret' && !manifest.isFromCluster && namespaces.has(namespace)).flatMap(readable);
  },
  install: '1.18.3',
  bad: () => `apiVersion: v1
kind: Secret
metadata: { name: offsite-credentials, namespace: velero }
stringData:
  cloud: |
    [default]
    aws_access_key_id=AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
`,
  good: () => `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: offsite-credentials, namespace: velero }
spec:
  encryptedData: { accessKey: AgA1…, secretKey: AgC9… }
  template:
    data:
      cloud: |
        [default]
        aws_access_key_id={{ .accessKey }}
        aws_secret_access_key={{ .secretKey }}
`,
};

function readable({ manifest, keys, value }: SecretProducer): Verdict[] {
  const told = [...keys ?? []].filter(key => isSecret(value(key)));
  return told.length === 0 ? [] : [{ on: manifest, what: 'data', got: told.join(', '), wanted: 'no values of secrets in files: git would keep them for ever' }];
}

/** Certificates and public keys are for everybody. */
function isSecret(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== '' && !/^\s*-----BEGIN (CERTIFICATE|PUBLIC KEY)-----/.test(value);
}
