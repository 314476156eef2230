import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { SealedFor } from '../../src/credentials/seal';
import { sealRepositoryPassword, sealS3Keys, toYaml } from '../../src/credentials/sealed-manifest';
import { SealedSecretManifest } from '../../src/credentials/sealed-secret';
import { readCertificate, SealingCertificate } from '../../src/credentials/sealing-certificate';
import { TestKey } from '../certificates';

/** What the tests seal; no message may ever contain one of them. */
export const PLAIN = { accessKey: 'AKIAPLAINACCESSKEY00', secretKey: 'plain-secret-key', password: 'plain-password' };

/** A manifest that tests may change. */
export type Loose = any;

export function sealedS3({ pem }: TestKey, target: Partial<SealedFor> = {}): Loose {
  return loose(sealS3Keys({ ...strict('velero-s3', pem), ...target }, Buffer.from(PLAIN.accessKey), Buffer.from(PLAIN.secretKey)));
}

export function sealedPassword({ pem }: TestKey): Loose {
  return loose(sealRepositoryPassword(strict('velero-repo-credentials', pem), Buffer.from(PLAIN.password)));
}

export function yamlOf(manifest: Loose): string {
  return toYaml(manifest);
}

/** A folder of its own for each test file, removed when its tests are done. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdk8s-velero-test-')));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Writes a file into a folder and returns its path. */
export function fileIn(folder: string, name: string, text: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function strict(name: string, pem: string) {
  return { scope: 'strict' as const, namespace: 'velero', name, certificate: readCertificate('--cert', pem) as SealingCertificate };
}

function loose(manifest: SealedSecretManifest): Loose {
  return JSON.parse(JSON.stringify(manifest));
}
