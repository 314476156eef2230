import { createPrivateKey } from 'crypto';
import { readFileSync } from 'fs';
import { join } from 'path';
import { Testing } from 'cdk8s';
import { fileIn, Loose, temporaryFolder, yamlOf } from './sealed-files';
import { SEALED_VALUES } from './sealing-values';
import { readPrivateKeys } from '../../src/credentials/private-keys';
import { SCOPES, SealingScope, unseal } from '../../src/credentials/seal';
import { SealedCredential } from '../../src/credentials/sealed-credential';
import { scopeOf } from '../../src/credentials/sealed-secret';
import { shapeOf } from '../../src/credentials/sealed-value';
import { readCertificate, SealingCertificate } from '../../src/credentials/sealing-certificate';

/** What the real kubeseal sealed, with keys that were made for it: `npm run e2e:sealing -- --vectors` writes it. */
interface Vectors {
  readonly keys: readonly { readonly bits: number; readonly certificate: string; readonly privateKey: string }[];
  readonly sealed: readonly { readonly bits: number; readonly scope: SealingScope; readonly manifest: Loose }[];
}

const { keys, sealed }: Vectors = JSON.parse(readFileSync(join(__dirname, 'vectors', 'kubeseal.json'), 'utf8'));
const FOLDER = temporaryFolder();
const NAMES = { namespace: 'velero', name: 'velero-s3' };

function keyOf(size: number): Vectors['keys'][number] {
  return keys.find(({ bits }) => bits === size)!;
}

test('there are vectors of both sizes of keys and all scopes, and one of each value', () => {
  expect(sealed.map(({ bits, scope }) => `${bits} ${scope}`)).toEqual([2048, 4096].flatMap(bits => SCOPES.map(scope => `${bits} ${scope}`)));
  expect([...new Set(sealed.flatMap(({ manifest }) => Object.keys(manifest.spec.encryptedData)))].sort()).toEqual(Object.keys(SEALED_VALUES).sort());
});

describe.each(sealed.map(({ bits, scope, manifest }) => [bits, scope, manifest] as const))('kubeseal with RSA %d, %s', (bits, scope, manifest) => {
  const values = Object.entries<string>(manifest.spec.encryptedData);
  const { keys: [privateKey] } = readPrivateKeys('test', Buffer.from(keyOf(bits).privateKey));
  const open = (value: string, target = { ...NAMES, scope }) => unseal(value, [privateKey], target)?.value;

  test.each(values)('seals the %s value as we open it', (name, value) => {
    expect(open(value)!.equals(SEALED_VALUES[name])).toBe(true);
    expect(shapeOf(value)).toEqual({ keyBits: bits, bytes: SEALED_VALUES[name].length });
  });

  test('binds values as we do', () => {
    const [[, value]] = values;
    const others = SCOPES.filter(other => other !== scope).map(other => open(value, { ...NAMES, scope: other }));
    expect(others).toEqual([undefined, undefined]);
    expect(open(value, { scope, namespace: 'velero', name: 'other' }) !== undefined).toBe(scope !== 'strict');
    expect(open(value, { scope, namespace: 'other', name: 'velero-s3' }) !== undefined).toBe(scope === 'cluster-wide');
    expect(scopeOf(manifest.metadata)).toBe(scope);
  });

  test('writes files that synth takes', () => {
    const path = fileIn(FOLDER, `${bits}-${scope}.yaml`, yamlOf(manifest));
    const { secretName, namespace } = SealedCredential.fromFile(Testing.chart(), 's3', path, { key: 'utf8', certificate: keyOf(bits).certificate });
    expect({ name: secretName, namespace }).toEqual(NAMES);
  });
});

test.each(keys)('the certificate of RSA $bits has the key that opens', ({ bits, certificate, privateKey }) => {
  const read = readCertificate('certificate', certificate) as SealingCertificate;
  expect(read.bits).toBe(bits);
  expect(createPrivateKey(privateKey).asymmetricKeyDetails!.modulusLength).toBe(bits);
});
