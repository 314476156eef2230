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
const NEXT = { nextAccessKey: ACCESS, nextSecretKey: SECRET };
const OLD = { accessKey: PLAIN.accessKey, secretKey: PLAIN.secretKey };

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
  test('has Velero read the new pair and leaves the old one where Rook finds it, byte for byte', async () => {
    const before = manifest();
    const called = await rotating();
    expect(called).toEqual({
      code: 0,
      stdout: `${out}: Secret velero/velero-s3 with accessKey, cloud, nextAccessKey, nextSecretKey, secretKey, sealed strict\n`
        + 'The store has to take both pairs from now on. When Velero uses the new one, drop the old one with --drop-old.\n',
      stderr: '',
    });
    expectUntold(called, ACCESS, SECRET);
    const after = manifest();
    expect(opened(out, KEY)).toEqual({ ...OLD, ...NEXT });
    expect(after.spec.encryptedData).toMatchObject(before.spec.encryptedData);
    expect(after.spec.template).toEqual({
      ...before.spec.template, data: { cloud: '[default]\naws_access_key_id={{ .nextAccessKey }}\naws_secret_access_key={{ .nextSecretKey }}\n' },
    });
    expect(after.metadata).toEqual(before.metadata);
  });

  test('ends when the old pair is dropped: the new one takes its place, and nothing is sealed anew', async () => {
    const { spec: { template } } = manifest();
    await rotating();
    const { metadata, spec } = manifest();
    expect(await dropping()).toEqual({
      code: 0, stdout: `${out}: Secret velero/velero-s3 with accessKey, cloud, secretKey; the old pair is no longer in it\n`, stderr: '',
    });
    const { nextAccessKey, nextSecretKey } = spec.encryptedData;
    expect(manifest()).toEqual({
      ...manifest(), metadata, spec: { encryptedData: { accessKey: nextAccessKey, secretKey: nextSecretKey }, template },
    });
    expect(opened(out, KEY)).toEqual(NEW);
    expect((await rotating(['--generate'])).code).toBe(0);
  });

  test('generates the new pair where that is said', async () => {
    expect((await rotating(['--generate'], {})).code).toBe(0);
    expect(opened(out, KEY)).toEqual({ nextAccessKey: expect.stringMatching(/^[A-Z0-9]{20}$/), nextSecretKey: expect.stringMatching(/^[A-Za-z0-9]{43}$/), ...OLD });
  });

  test('keeps the scope, and what somebody wrote beside the keys', async () => {
    const wide = sealedS3(KEY, { scope: 'namespace-wide' });
    wide.metadata.labels = { team: 'storage' };
    wide.spec.template.data.cloud = wide.spec.template.data.cloud.replace('[default]', '[velero]');
    fileIn(folder, 's3.yaml', yamlOf(wide));
    expect((await rotating()).stdout).toContain(', sealed namespace-wide\n');
    const cloud = wide.spec.template.data.cloud.replace('.accessKey', '.nextAccessKey').replace('.secretKey', '.nextSecretKey');
    expect(cloud).toContain('[velero]\naws_access_key_id={{ .nextAccessKey }}\n');
    expect(manifest()).toMatchObject({ metadata: wide.metadata, spec: { template: { ...wide.spec.template, data: { cloud } } } });
    expect(opened(out, KEY)).toEqual({ ...OLD, ...NEXT });
    await dropping();
    expect(manifest()).toMatchObject({ metadata: wide.metadata, spec: { template: wide.spec.template } });
  });

  test('seals the new pair with the certificate of today, and says so', async () => {
    const renewed = rsaKey();
    const cert = fileIn(folder, 'renewed.pem', renewed.pem);
    const before = manifest().spec.encryptedData;
    expect((await rotating(['--cert', cert])).code).toBe(0);
    const { metadata, spec } = manifest();
    expect(metadata.annotations['cdk8s-velero/sealed-with']).toBe(fingerprintOf(renewed.publicKey));
    expect(spec.encryptedData).toMatchObject(before);
    fileIn(folder, 's3.yaml', yamlOf({ metadata, spec: { encryptedData: { nextSecretKey: spec.encryptedData.nextSecretKey } } }));
    expect(opened(out, renewed)).toEqual({ nextSecretKey: SECRET });
  });

  test('under a certificate of another size is read with that certificate: the old pair is still under the key of before', async () => {
    const renewed = rsaKey(3072);
    const cert = fileIn(folder, 'renewed.pem', renewed.pem);
    await rotating(['--cert', cert]);
    const inspected = () => call(['seal', 'inspect', out, '--cert', cert]);
    expect(await inspected()).toMatchObject({ code: 0, stderr: '' });
    expect(SealedCredential.fromFile(Testing.chart(), 's3', out, { certificate: renewed.pem }).secretKey).toBe('cloud');
    await dropping();
    expect(await inspected()).toMatchObject({ code: 0, stderr: '' });
    expect(opened(out, renewed)).toEqual(NEW);
  });

  test('renames in templates only what stands in braces', async () => {
    const more = sealedS3(KEY);
    more.spec.template.data.note = 'the .accessKey is {{ .accessKey | trim }}, of {{.accessKeyOwner}}';
    fileIn(folder, 's3.yaml', yamlOf(more));
    expect((await rotating()).code).toBe(0);
    expect(manifest().spec.template.data.note).toBe('the .accessKey is {{ .nextAccessKey | trim }}, of {{.accessKeyOwner}}');
    await dropping();
    expect(manifest().spec.template.data.note).toBe(more.spec.template.data.note);
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
    const message = `seal s3: --out got "${none}", wanted a file that can be read: there is no such file or folder; check the path, or make one without --rotate and --drop-old`;
    await refused(() => rotating(['--out', none]), message, 2);
    await refused(() => rotating(['--out', none, '--generate'], {}), message, 2);
    await refused(() => dropping(['--out', none]), message, 2);
  });

  test('while the last one is not over', async () => {
    await rotating();
    await refused(rotating, `seal s3: ${out}: next pair: wanted none: a third one would push it out while it may be in use already; end the last rotation first, with --drop-old`);
  });

  test('where Velero would not learn of it', async () => {
    const { spec: { encryptedData, template: { data, ...template } }, ...file } = sealedS3(KEY);
    const cloud = 'spec.template.data.cloud: wanted a template of accessKey and secretKey: this file would go on naming the old pair; seal both again with --replace';
    fileIn(folder, 's3.yaml', yamlOf({ ...file, spec: { encryptedData, template } }));
    await refused(rotating, `seal s3: ${out}: ${cloud}`);
    fileIn(folder, 's3.yaml', yamlOf({ ...file, spec: { encryptedData: { secretKey: encryptedData.secretKey }, template } }));
    await refused(rotating,
      `seal s3: ${out}: 2 problems\n  - spec.encryptedData: wanted accessKey and secretKey; seal both again with --replace\n  - ${cloud}`);
  });

  test('of a damaged file', async () => {
    const damaged = sealedS3(KEY);
    damaged.spec.encryptedData.nextAccessKey = damaged.spec.encryptedData.accessKey;
    damaged.spec.encryptedData.accessKey = 'AgA=';
    fileIn(folder, 's3.yaml', yamlOf(damaged));
    await refused(rotating, `seal s3: ${out}: 2 problems\n`
      + '  - next pair got "nextAccessKey", wanted both nextAccessKey and nextSecretKey, or none; leave it out\n'
      + '  - spec.encryptedData.accessKey: wanted a sealed value in base64: this one is truncated or not sealed; seal it again');
  });

  test('with values that are none', async () => {
    await refused(() => rotating([], { input: 'accessKey=\nsecretKey=x\n' }), 'seal s3: access key: wanted a value: this one is empty');
  });
});

test('there is nothing to drop before a rotation', async () => {
  await refused(dropping, `seal s3: ${out}: next pair: wanted nextAccessKey and nextSecretKey, as --rotate writes them; there is nothing to drop`);
});

test.each<[string[], string]>([
  [['--rotate', '--scope', 'strict'], "option '--rotate' cannot be used with option '--scope <scope>'"],
  [['--rotate', '--replace'], "option '--rotate' cannot be used with option '--replace'"],
  [['--drop-old', '--replace'], "option '--drop-old' cannot be used with option '--replace'"],
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
