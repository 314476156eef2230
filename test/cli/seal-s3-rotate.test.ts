import { mkdirSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Testing } from 'cdk8s';
import { parse } from 'yaml';
import { SealedCredential } from '../../src/credentials/sealed-credential';
import { fingerprintOf } from '../../src/credentials/sealing-certificate';
import { rsaKey } from '../certificates';
import { call, Called, expectUntold, Given, opened } from './calls';
import { fileIn, Loose, PLAIN, sealedPassword, sealedS3, temporaryFolder, yamlOf } from '../credentials/sealed-files';

const KEY = rsaKey();
const FOLDER = temporaryFolder();
const CERT = fileIn(FOLDER, 'sealed-secrets.pem', KEY.pem);
const [ACCESS, SECRET] = ['AKIATHENEWERKEY00000', 'the/Newer+Key='];
const INI = `aws_access_key_id=${ACCESS}\naws_secret_access_key=${SECRET}\n`;
const NEW = { accessKey: ACCESS, secretKey: SECRET };
const OLD = { previousAccessKey: PLAIN.accessKey, previousSecretKey: PLAIN.secretKey };

let out: string;
let folder: string;
let count = 0;

beforeEach(() => {
  folder = join(FOLDER, String(++count));
  mkdirSync(folder);
  out = fileIn(folder, 's3.yaml', yamlOf(sealedS3(KEY)));
});

function rotating(more: string[] = [], given: Given = { input: INI }) {
  return call(['seal', 's3', '--name', 'velero-s3', '--cert', CERT, '--out', out, '--rotate', ...more], given);
}

function dropping(more: string[] = []) {
  return call(['seal', 's3', '--name', 'velero-s3', '--out', out, '--drop-old', ...more]);
}

function manifest(path = out): Loose {
  return parse(readFileSync(path, 'utf8'));
}

/** Asserts that a call failed with a message, told no secret and changed nothing. */
async function refused(calling: () => Promise<Called>, message: string, code = 1): Promise<void> {
  const before = [readdirSync(folder), readFileSync(out, 'utf8')];
  const called = await calling();
  expect(called).toEqual({ code, stdout: '', stderr: `${message}\n` });
  expectUntold(called, SECRET, ...Object.values(PLAIN));
  expect([readdirSync(folder), readFileSync(out, 'utf8')]).toEqual(before);
}

describe('a rotation', () => {
  test('puts the new pair where Velero reads it and keeps the old one beside it, byte for byte', async () => {
    const before = manifest();
    const called = await rotating();
    expect(called).toEqual({
      code: 0,
      stdout: `${out}: Secret velero/velero-s3 with accessKey, cloud, previousAccessKey, previousSecretKey, secretKey, sealed strict\n`
        + 'The store has to take both pairs from now on. When Velero uses the new one, drop the old one with --drop-old.\n',
      stderr: '',
    });
    expectUntold(called, ACCESS, SECRET);
    const after = manifest();
    expect(opened(out, KEY)).toEqual({ ...NEW, ...OLD });
    const { accessKey, secretKey } = before.spec.encryptedData;
    expect(after.spec.encryptedData).toMatchObject({ previousAccessKey: accessKey, previousSecretKey: secretKey });
    expect(after.spec.template).toEqual(before.spec.template);
    expect(after.metadata).toEqual(before.metadata);
  });

  test('ends when the old pair is dropped, and the new one stays as it is', async () => {
    await rotating();
    const { metadata, spec } = manifest();
    expect(await dropping()).toEqual({
      code: 0, stdout: `${out}: Secret velero/velero-s3 with accessKey, cloud, secretKey; the old pair is no longer in it\n`, stderr: '',
    });
    const { accessKey, secretKey } = spec.encryptedData;
    expect(manifest()).toEqual({ ...manifest(), metadata, spec: { ...spec, encryptedData: { accessKey, secretKey } } });
    expect(opened(out, KEY)).toEqual(NEW);
    expect((await rotating(['--generate'])).code).toBe(0);
  });

  test('generates the new pair where that is said', async () => {
    expect((await rotating(['--generate'], {})).code).toBe(0);
    expect(opened(out, KEY)).toEqual({ accessKey: expect.stringMatching(/^[A-Z0-9]{20}$/), secretKey: expect.stringMatching(/^[A-Za-z0-9]{43}$/), ...OLD });
  });

  test('keeps the scope, and what somebody wrote beside the keys', async () => {
    const wide = sealedS3(KEY, { scope: 'namespace-wide' });
    wide.metadata.labels = { team: 'storage' };
    wide.spec.template.data.cloud = wide.spec.template.data.cloud.replace('[default]', '[velero]');
    fileIn(folder, 's3.yaml', yamlOf(wide));
    expect((await rotating()).stdout).toContain(', sealed namespace-wide\n');
    expect(manifest()).toMatchObject({ metadata: wide.metadata, spec: { template: wide.spec.template } });
    expect(opened(out, KEY)).toEqual({ ...NEW, ...OLD });
  });

  test('seals the new pair with the certificate of today, and says so', async () => {
    const renewed = rsaKey();
    const cert = fileIn(folder, 'renewed.pem', renewed.pem);
    const before = manifest().spec.encryptedData;
    expect((await rotating(['--cert', cert])).code).toBe(0);
    const { metadata, spec } = manifest();
    expect(metadata.annotations['cdk8s-velero/sealed-with']).toBe(fingerprintOf(renewed.publicKey));
    expect(spec.encryptedData.previousSecretKey).toBe(before.secretKey);
    fileIn(folder, 's3.yaml', yamlOf({ metadata, spec: { encryptedData: { secretKey: spec.encryptedData.secretKey } } }));
    expect(opened(out, renewed)).toEqual({ secretKey: SECRET });
  });

  test('makes a copy of the new pair in plain text where one is wanted', async () => {
    const copy = join(folder, 'copy');
    expect((await rotating(['--break-glass', copy])).code).toBe(0);
    expect(readFileSync(copy, 'utf8')).toBe(`[default]\n${INI}`);
  });

  test('works in JSON too', async () => {
    const json = fileIn(folder, 's3.json', JSON.stringify(sealedS3(KEY)));
    expect((await rotating(['--out', json])).code).toBe(0);
    expect((await dropping(['--out', json])).code).toBe(0);
    expect(Object.keys(JSON.parse(readFileSync(json, 'utf8')).spec.encryptedData)).toEqual(['accessKey', 'secretKey']);
  });

  test('is read at synth before, within and after it', async () => {
    const read = () => SealedCredential.fromFile(Testing.chart(), 's3', out, { certificate: KEY.pem }).secretKey;
    const keys = [read()];
    await rotating();
    keys.push(read());
    await dropping();
    keys.push(read());
    expect(keys).toEqual(['cloud', 'cloud', 'cloud']);
  });
});

describe('a rotation is refused, and nothing is changed,', () => {
  const NO_FILE = 'wanted a SealedSecret of velero/velero-s3 with S3 keys; make one without --rotate and --drop-old';

  test.each<[string, () => Loose]>([
    ['of another credential', () => sealedPassword(KEY)],
    ['of another Secret', () => sealedS3(KEY, { name: 'other' })],
    ['of what is no SealedSecret', () => ({ kind: 'Secret', data: {} })],
  ])('%s', async (_, content) => {
    fileIn(folder, 's3.yaml', yamlOf(content()));
    await refused(rotating, `seal s3: --out got "${out}", ${NO_FILE}`);
    await refused(dropping, `seal s3: --out got "${out}", ${NO_FILE}`);
  });

  test('where there is no file', async () => {
    const none = join(folder, 'none.yaml');
    await refused(() => rotating(['--out', none]), `seal s3: --out got "${none}", ${NO_FILE}`);
    await refused(() => dropping(['--out', none]), `seal s3: --out got "${none}", ${NO_FILE}`);
  });

  test('while the last one is not over', async () => {
    await rotating();
    await refused(rotating, `seal s3: ${out}: previous pair: wanted none: a third one would push it out while it may still be in use; drop it first, with --drop-old`);
  });

  test('where Velero would not learn of it', async () => {
    const { spec: { encryptedData, template: { data, ...template } }, ...file } = sealedS3(KEY);
    const cloud = 'spec.template.data.cloud: wanted a template of accessKey and secretKey: this file would go on naming the old pair; seal both again without --rotate';
    fileIn(folder, 's3.yaml', yamlOf({ ...file, spec: { encryptedData, template } }));
    await refused(rotating, `seal s3: ${out}: ${cloud}`);
    fileIn(folder, 's3.yaml', yamlOf({ ...file, spec: { encryptedData: { secretKey: encryptedData.secretKey }, template } }));
    await refused(rotating,
      `seal s3: ${out}: 2 problems\n  - spec.encryptedData: wanted accessKey and secretKey; seal both again without --rotate\n  - ${cloud}`);
  });

  test('of a damaged file', async () => {
    const damaged = sealedS3(KEY);
    damaged.spec.encryptedData.previousAccessKey = damaged.spec.encryptedData.accessKey;
    damaged.spec.encryptedData.accessKey = 'AgA=';
    fileIn(folder, 's3.yaml', yamlOf(damaged));
    await refused(rotating, `seal s3: ${out}: 2 problems\n`
      + '  - previous pair got "previousAccessKey", wanted both previousAccessKey and previousSecretKey, or none; leave it out\n'
      + '  - spec.encryptedData.accessKey: wanted a sealed value in base64: this one is truncated or not sealed; seal it again');
  });

  test('with values that are none', async () => {
    await refused(() => rotating([], { input: 'accessKey=\nsecretKey=x\n' }), 'seal s3: access key: wanted a value: this one is empty');
  });
});

test('there is nothing to drop before a rotation', async () => {
  await refused(dropping, `seal s3: ${out}: previous pair: wanted previousAccessKey and previousSecretKey, as --rotate leaves them; there is nothing to drop`);
});

test.each<[string[], string]>([
  [['--rotate', '--scope', 'strict'], "option '--rotate' cannot be used with option '--scope <scope>'"],
  [['--drop-old', '--rotate'], "option '--drop-old' cannot be used with option '--rotate'"],
  [['--drop-old', '--generate'], "option '--drop-old' cannot be used with option '--generate'"],
  [['--drop-old', '--from-file', 'x'], "option '--drop-old' cannot be used with option '--from-file <file>'"],
  [['--drop-old', '--cert', 'x'], "option '--drop-old' cannot be used with option '--cert <file>'"],
  [['--drop-old', '--break-glass', 'x'], "option '--drop-old' cannot be used with option '--break-glass <file>'"],
])('%j is wrong use', async (more, message) => {
  await refused(() => call(['seal', 's3', '--name', 'velero-s3', '--out', out, ...more]), `error: ${message}\n(--help tells what there is)`, 2);
});

test('a name that is none is wrong use of --drop-old too', async () => {
  await refused(() => dropping(['--name', 'A']),
    'seal s3: --name got "A", wanted at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit', 2);
});
