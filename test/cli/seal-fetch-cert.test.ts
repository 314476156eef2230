import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { fingerprintOf } from '../../src/credentials/sealing-certificate';
import { ellipticKey, privatePem, rsaKey } from '../certificates';
import { call } from './calls';
import { fileIn, temporaryFolder } from '../credentials/sealed-files';

const KEY = rsaKey();
const FOLDER = temporaryFolder();
const SERVICE = ['get service sealed-secrets-controller --namespace=kube-system --output=jsonpath={.spec.ports[0].name} --request-timeout=30s'];
const RAW = '/api/v1/namespaces/kube-system/services/http:sealed-secrets-controller:http/proxy/v1/cert.pem';

let folder: string;
let out: string;
let count = 0;

beforeEach(() => {
  folder = join(FOLDER, String(++count));
  mkdirSync(folder);
  out = join(folder, 'sealed-secrets.pem');
});

/** What the cluster of a test answers. */
interface Cluster {
  /** The name of the Service's port. */
  readonly port?: string;
  readonly pem?: string;
  /** What kubectl says instead of answering when it is asked for the Service, or for the certificate. */
  readonly failure?: { readonly at: 'service' | '--raw'; readonly stderr: string };
}

/** Calls the command with a kubectl that answers so. */
function fetched(more: string[], { port = 'http', pem = KEY.pem, failure }: Cluster = {}) {
  fileIn(folder, 'port', port);
  fileIn(folder, 'pem', pem);
  fileIn(folder, 'stderr', failure?.stderr ?? '');
  chmodSync(fileIn(folder, 'kubectl', [
    '#!/bin/sh',
    'here=$(dirname "$0")',
    'echo "$*" >> "$here/asked"',
    failure === undefined ? '' : `case "$*" in *" ${failure.at}"*|*"${failure.at}="*) cat "$here/stderr" >&2; exit 1;; esac`,
    'case "$*" in *--raw*) cat "$here/pem";; *) cat "$here/port";; esac',
  ].join('\n')), 0o755);
  return call(['seal', 'fetch-cert', ...more], { environment: { PATH: `${folder}:${process.env.PATH}` } });
}

function asked(): string[] {
  return readFileSync(join(folder, 'asked'), 'utf8').trimEnd().split('\n');
}

/** Asserts that a call failed with a message and wrote nothing. */
async function refused(more: string[], cluster: Cluster, message: string, code = 1): Promise<void> {
  expect(await fetched(['--out', out, ...more], cluster)).toEqual({ code, stdout: '', stderr: `seal fetch-cert: ${message}\n` });
  expect(readdirSync(folder).filter(file => file.includes('.pem'))).toEqual([]);
}

describe('gets the certificate', () => {
  test('as every user of the cluster may: from the controller behind its Service, by the name of the port', async () => {
    expect(await fetched(['--out', out])).toEqual({
      code: 0,
      stdout: `${out}: certificate of kube-system/sealed-secrets-controller, RSA 2048, public key ${fingerprintOf(KEY.publicKey)}, expires 2046-01-01T00:00:00Z\n`,
      stderr: '',
    });
    expect(readFileSync(out, 'utf8')).toBe(KEY.pem);
    expect(asked()).toEqual([...SERVICE, `get --raw=${RAW} --request-timeout=30s`]);
  });

  test('and prints it where no file is named', async () => {
    expect(await fetched([])).toEqual({ code: 0, stdout: KEY.pem, stderr: '' });
  });

  test('of another controller in another cluster, whose port has no name', async () => {
    const called = await fetched(['--context', 'a b', '--controller-name', 'sealed-secrets', '--controller-namespace', 'sealing'], { port: '' });
    expect(called.stdout).toBe(KEY.pem);
    expect(asked()).toEqual([
      'get service sealed-secrets --namespace=sealing --output=jsonpath={.spec.ports[0].name} --request-timeout=30s --context=a b',
      'get --raw=/api/v1/namespaces/sealing/services/http:sealed-secrets:/proxy/v1/cert.pem --request-timeout=30s --context=a b',
    ]);
  });

  test('over an older one, into folders that are not there', async () => {
    const path = join(folder, 'a', 'b.pem');
    const older = rsaKey();
    await fetched(['--out', path], { pem: older.pem });
    expect(await fetched(['--out', path])).toMatchObject({
      code: 0,
      stderr: `warning: seal fetch-cert: ${path} had public key ${fingerprintOf(older.publicKey)} and now has ${fingerprintOf(KEY.publicKey)}: `
        + 'the controller has a new key, or this is another cluster, in which nothing opens that was sealed for the first one\n',
    });
    expect(readFileSync(path, 'utf8')).toBe(KEY.pem);
    expect(await fetched(['--out', path])).toMatchObject({ code: 0, stderr: '' });
  });

  test('with which seal s3 seals', async () => {
    await fetched(['--out', out]);
    expect(await call(['seal', 's3', '--generate', '--name', 'a', '--cert', out, '--out', join(folder, 'a.yaml')])).toMatchObject({ code: 0, stderr: '' });
  });

  test('and others behind it, and warns', async () => {
    const several = KEY.pem + rsaKey().pem;
    expect(await fetched([], { pem: several })).toEqual({
      code: 0, stdout: several, stderr: 'warning: seal fetch-cert: the answer of the controller has 2 certificates; the first one is used, as kubeseal does\n',
    });
  });
});

describe('fails with', () => {
  test('no kubectl', async () => {
    expect(await call(['seal', 'fetch-cert', '--out', out], { environment: { PATH: folder } })).toEqual({
      code: 1, stdout: '', stderr: 'seal fetch-cert: kubectl: wanted a program of this name on the PATH; install it, or run this where it is\n',
    });
    expect(existsSync(out)).toBe(false);
  });

  test.each<[string, Cluster['failure'], string]>([
    ['no cluster', {
      at: 'service',
      stderr: 'E1124 memcache.go:265] "Unhandled Error"\nThe connection to the server localhost:8080 was refused - did you specify the right host or port?\n\n',
    }, 'kubectl got "The connection to the server localhost:8080 was refused - did you specify the right host or port?", '
      + 'wanted an answer of the API server; try kubectl get namespaces; --context names another cluster'],
    ['no such context', { at: 'service', stderr: 'error: context "x" does not exist\n' },
      'kubectl got "error: context \\"x\\" does not exist", wanted an answer of the API server; try kubectl get namespaces; --context names another cluster'],
    ['no such Service', { at: 'service', stderr: 'Error from server (NotFound): services "sealed-secrets-controller" not found\n' },
      'kubectl got "Error from server (NotFound): services \\"sealed-secrets-controller\\" not found", wanted Service sealed-secrets-controller in namespace kube-system; '
      + 'name that of your controller with --controller-name and --controller-namespace'],
    ['no right to ask', { at: '--raw', stderr: 'Error from server (Forbidden): unknown\n' },
      'kubectl got "Error from server (Forbidden): unknown", wanted the right to get Service sealed-secrets-controller and its proxy in namespace kube-system; '
      + 'ask whoever has it for the certificate; the Role …-service-proxier of sealed-secrets gives it to everybody'],
    ['no controller that runs', { at: '--raw', stderr: 'Error from server (ServiceUnavailable): no endpoints available for service "x"\n' },
      'kubectl got "Error from server (ServiceUnavailable): no endpoints available for service \\"x\\"", wanted a controller that runs; '
      + 'look at it: kubectl -n kube-system get pods'],
    ['a reason that is no reason', { at: 'service', stderr: 'error (constructor)\n' },
      'kubectl got "error (constructor)", wanted an answer of the API server; try kubectl get namespaces; --context names another cluster'],
  ])('%s', async (_, failure, message) => {
    await refused([], { failure }, message);
  });

  test('a kubectl that says nothing', async () => {
    await refused([], { failure: { at: 'service', stderr: '' } }, `kubectl got "Command failed: kubectl ${SERVICE}", `
      + 'wanted an answer of the API server; try kubectl get namespaces; --context names another cluster');
  });

  const NEXT = 'look whether kube-system/sealed-secrets-controller is the controller of sealed-secrets';

  test.each<[string, string, string]>([
    ['a page of something else', '<html>', 'wanted a certificate in PEM, beginning with -----BEGIN CERTIFICATE-----'],
    ['a private key', privatePem(KEY), 'wanted a certificate in PEM, beginning with -----BEGIN CERTIFICATE-----'],
    ['half a certificate', KEY.pem.slice(0, 500), 'wanted a complete certificate: this one is truncated or damaged'],
    ['an elliptic key', ellipticKey().pem, 'got "ec", wanted a certificate with an RSA key: the controller has no other'],
    ['an expired certificate', rsaKey(2048, '20261124000000Z').pem, 'got "expired 2026-11-24T00:00:00Z", wanted a certificate that is still valid'],
  ])('%s', async (_, pem, message) => {
    await refused([], { pem }, `answer of the controller${message.startsWith('got') ? '' : ':'} ${message}; ${NEXT}`);
  });

  test('a file that is something else, which it leaves alone, and does not ask', async () => {
    const other = fileIn(folder, 'other', privatePem(KEY));
    expect(await fetched(['--out', other])).toEqual({
      code: 1,
      stdout: '',
      stderr: `seal fetch-cert: --out got "${other}", wanted a file that is not there, or a certificate; choose another file, or remove this one\n`,
    });
    expect([readFileSync(other, 'utf8'), existsSync(join(folder, 'asked'))]).toEqual([privatePem(KEY), false]);
  });
});

test.each<[string[], string]>([
  [['--controller-name', 'a/b'], '--controller-name got "a/b", wanted at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit'],
  [['--controller-namespace', ''], '--controller-namespace got "", wanted at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit'],
  [['--context', ''], '--context got "", wanted the name of a context; kubectl config get-contexts lists them'],
  [['--out', '-'], '--out got "-", wanted a file; leave it out for standard output'],
  [['--out', ''], '--out got "", wanted a file; leave it out for standard output'],
  [['--out', FOLDER], `--out got "${FOLDER}", wanted a file; leave it out for standard output`],
])('%j is wrong use, exit code 2', async (more, message) => {
  await refused(more, {}, message, 2);
});
