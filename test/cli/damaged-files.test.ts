import { existsSync, rmSync } from 'fs';
import * as fc from 'fast-check';
import { privatePem, rsaKey } from '../certificates';
import { call, Called, expectUntold } from './calls';
import { CANARY, damaged, place } from '../credentials/mutations';
import { fileIn, PLAIN, sealedS3, temporaryFolder } from '../credentials/sealed-files';

const KEY = rsaKey();
const SEED = 20460105;
const S3 = sealedS3(KEY);
const FOLDER = temporaryFolder();
const CERT = fileIn(FOLDER, 'cert.pem', KEY.pem);
const PRIVATE = fileIn(FOLDER, 'key.pem', privatePem(KEY));
const path = place();

/** Fine, or a message of the command about the file: never the words of an accident in the program. */
function expectTold(called: Called, command: string): void {
  expectUntold(called, CANARY, ...Object.values(PLAIN));
  expect(called.code === 0 ? called.stderr : called.stderr.slice(0, command.length + 5)).toBe(called.code === 0 ? '' : `${command}: -: `);
}

/** Ten thousand damaged files, half of them for each command. */
test.each([['seal inspect', ['--cert', CERT]], ['seal verify', ['--private-key', PRIVATE]]])('%s tells of a damaged file what it can', async (command, more) => {
  const codes = [0, 0];
  await fc.assert(fc.asyncProperty(damaged(S3), async input => {
    const called = await call([...command.split(' '), '-', ...more], { input });
    expectTold(called, command);
    codes[called.code]++;
  }), { seed: SEED, numRuns: 5000 });
  expect(Math.min(...codes)).toBeGreaterThan(50);
}, 120_000);

test('seal verify tells of damaged private keys that they are', async () => {
  const file = path(JSON.stringify(S3));
  const pem = privatePem(KEY);
  const cut = fc.tuple(fc.nat(pem.length), fc.nat(200), fc.string({ unit: 'binary', maxLength: 8 }));
  await fc.assert(fc.asyncProperty(cut, async ([at, length, by]) => {
    const key = fileIn(FOLDER, 'damaged.pem', pem.slice(0, at) + by + pem.slice(at + length));
    const called = await call(['seal', 'verify', file, '--private-key', key]);
    expectUntold(called, ...Object.values(PLAIN), pem.slice(100, 120), pem.slice(1000, 1020));
    expect(called.code === 0 || [key, file].some(one => called.stderr.startsWith(`seal verify: ${one}: `))).toBe(true);
  }), { seed: SEED, numRuns: 150 });
});

test('seal s3 tells of damaged certificates that they are, and writes nothing', async () => {
  const out = `${FOLDER}/out.yaml`;
  const cut = fc.tuple(fc.nat(KEY.pem.length), fc.nat(200), fc.string({ unit: 'binary', maxLength: 8 }));
  await fc.assert(fc.asyncProperty(cut, async ([at, length, by]) => {
    const cert = fileIn(FOLDER, 'damaged-cert.pem', KEY.pem.slice(0, at) + by + KEY.pem.slice(at + length));
    rmSync(out, { force: true });
    const called = await call(['seal', 's3', '--name', 'velero-s3', '--cert', cert, '--out', out, '--generate']);
    expect(called.code === 0 || called.stderr.startsWith('seal s3: --cert')).toBe(true);
    expect(existsSync(out)).toBe(called.code === 0);
  }), { seed: SEED, numRuns: 150 });
});
