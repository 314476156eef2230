import { createPublicKey, KeyObject } from 'crypto';
import { Command } from 'commander';
import { readPrivateKeys } from '../credentials/private-keys';
import { unseal } from '../credentials/seal';
import { SealedSecretManifest, scopeOf } from '../credentials/sealed-secret';
import { shapeOf } from '../credentials/sealed-value';
import { fingerprintOf } from '../credentials/sealing-certificate';
import { Problem, Problems } from '../findings';
import { hint, refuseUse } from './failure';
import { readInput, twiceStandardInput } from './files';
import { printable } from './printable';
import { readSealed } from './sealed-input';
import { warn } from './sealing';
import { Surroundings } from './surroundings';

const COMMAND = 'seal verify';

/** Adds `seal verify`. */
export function addSealVerify(seal: Command, surroundings: Surroundings): void {
  seal.command('verify')
    .description('Opens a SealedSecret offline, to prove that a copy of the sealing key is worth something. No value is printed.')
    .showHelpAfterError(hint('seal verify FILE --private-key FILE'))
    .argument('<file>', 'SealedSecret in YAML or JSON; "-" reads standard input')
    .requiredOption('--private-key <file>', 'private keys in PEM, or what "kubectl get secret -o yaml" wrote of the sealing keys; "-" reads standard input')
    .action((file: string, options: { privateKey: string }) => verify(file, options.privateKey, surroundings));
}

async function verify(file: string, keyFile: string, surroundings: Surroundings): Promise<void> {
  refuseUse(COMMAND, twiceStandardInput({ 'FILE': file, '--private-key': keyFile }));
  const { metadata, spec } = await readSealed(COMMAND, file, surroundings);
  const content = await readInput(COMMAND, '--private-key', keyFile, surroundings);
  const keys = keysIn(keyFile, content, surroundings);
  const problems = new Problems(`${COMMAND}: ${file}`);
  const values = Object.entries(spec.encryptedData);
  problems.add(values.length > 0 ? undefined : { what: 'spec.encryptedData', wanted: 'at least one sealed key' });
  for (const [key, value] of values) {
    const opener = openerOf(value, keys, metadata);
    surroundings.stdout.write(`${printable(key)}: ${opener === undefined ? 'does not open' : `opens with ${fingerprintOf(createPublicKey(opener))}`}\n`);
    problems.add(opener !== undefined ? undefined : {
      what: `spec.encryptedData.${key}`, wanted: 'a value that one of the private keys opens: another key, name, namespace or scope, or a damaged value',
    });
  }
  problems.refuse();
}

function keysIn(keyFile: string, content: Buffer, surroundings: Surroundings): KeyObject[] {
  try {
    const { keys, unusable } = readPrivateKeys(`${COMMAND}: ${keyFile}`, content);
    unusable.forEach(problem => warn(surroundings, `${COMMAND}: ${keyFile}: one private key is left out: ${reasonFor(problem)}`));
    return keys;
  } finally {
    content.fill(0);
  }
}

function reasonFor({ got, wanted }: Problem): string {
  return [got === undefined ? undefined : `got ${JSON.stringify(got)}`, `wanted ${wanted}`].filter(Boolean).join(', ');
}

function openerOf(value: unknown, keys: KeyObject[], metadata: SealedSecretManifest['metadata']): KeyObject | undefined {
  if (shapeOf(value) === undefined) {
    return undefined;
  }
  const { name = '', namespace = '' } = metadata;
  const opened = unseal(value as string, keys, { scope: scopeOf(metadata), namespace, name });
  opened?.value.fill(0);
  return opened?.privateKey;
}
