import { type SecretProducer } from '../model';
import { REPOSITORY_PASSWORD } from '../versions';
import { type Rule, type Verdict } from './rule';

const { secretName: SECRET, secretKey: KEY } = REPOSITORY_PASSWORD;
/** What a server writes that finds no Secret. */
const PUBLIC = 'static-passw0rd';
const SHORTEST = 20;

export const rule: Rule = {
  id: 'repository-password-public',
  severities: ['error'],
  title: 'The password of the repositories is one that everybody knows or can guess',
  goesWrong: `\`${PUBLIC}\` stands in the source of Velero: it is what the server writes when it finds no password. Whoever can read the bucket reads all volume data with it, as if it `
    + `were not encrypted; a password of fewer than ${SHORTEST} characters is found by trying. There is one for all repositories, and nothing encrypts them anew: `
    + 'a new password opens new repositories only. In all versions from 1.10.',
  fix: 'make a password of 256 random bits before the first backup, and seal it; what exists must be kept until it expires, or deleted, for it stays readable',
  reference: 'velero v1.18.3 pkg/repository/keys/keys.go:36; https://github.com/velero-io/velero/issues/5443',
  check: ({ secrets }) => secrets.all.filter(({ name }) => name === SECRET).flatMap(guessable),
  bad: () => inCluster('c3RhdGljLXBhc3N3MHJk'),
  good: () => inCluster('ZVU0bFh0Yk1wX0l3R2NqN2ZBLW9fUnkwOHpLU2hRdjVkTm1xMlRYYWtCMQ=='),
};

/** As `kubectl get` shows it. */
function inCluster(value: string): string {
  return `apiVersion: v1
kind: Secret
metadata: { name: ${SECRET}, namespace: velero, uid: 5f0c2f5e-3a52-4b8e-9a51-6f2f0d5f6f0a }
data: { ${KEY}: ${value} }
`;
}

/** Never with the value: a short one is a secret still. */
function guessable(producer: SecretProducer): Verdict[] {
  const value = valueOf(producer);
  const wanted = value === undefined ? undefined : value === PUBLIC ? 'a password of your own: this one stands in the source of Velero'
    : value.length < SHORTEST ? `at least ${SHORTEST} characters: a shorter one is found by trying` : undefined;
  return wanted === undefined ? [] : [{ on: producer.manifest, what: `value of ${KEY}`, wanted }];
}

/** A template without placeholders is the value itself. */
function valueOf({ value, templates }: SecretProducer): string | undefined {
  const template = Object.hasOwn(templates, KEY) ? templates[KEY] : undefined;
  return template === undefined || template.includes('{{') ? value(KEY) : template;
}
