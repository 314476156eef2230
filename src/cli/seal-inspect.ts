import { Command } from 'commander';
import { ANNOTATION, SealedSecretManifest, scopeOf, wrongManifest } from '../credentials/sealed-secret';
import { shapeOf } from '../credentials/sealed-value';
import { Problems } from '../findings';
import { hint, refuseUse } from './failure';
import { readInput, twiceStandardInput } from './files';
import { printable } from './printable';
import { readSealed } from './sealed-input';
import { Surroundings } from './surroundings';

const COMMAND = 'seal inspect';

/** Adds `seal inspect`. */
export function addSealInspect(seal: Command, surroundings: Surroundings): void {
  seal.command('inspect')
    .description('Tells what a SealedSecret tells without the private key: names, scope, key and the length of each value, which everybody can see.')
    .showHelpAfterError(hint('seal inspect FILE'))
    .argument('<file>', 'SealedSecret in YAML or JSON; "-" reads standard input')
    .option('--cert <file>', 'compare with the certificate of the controller')
    .action((file: string, options: { cert?: string }) => inspect(file, options, surroundings));
}

async function inspect(file: string, { cert }: { cert?: string }, surroundings: Surroundings): Promise<void> {
  refuseUse(COMMAND, twiceStandardInput({ 'FILE': file, '--cert': cert }));
  const manifest = await readSealed(COMMAND, file, surroundings);
  const certificate = cert === undefined ? undefined : (await readInput(COMMAND, '--cert', cert, surroundings)).toString();
  surroundings.stdout.write(linesOf(manifest).map(line => `${printable(line)}\n`).join(''));
  const problems = new Problems(`${COMMAND}: ${file}`);
  problems.add(...wrongManifest(manifest, { certificate }));
  problems.refuse();
}

function linesOf({ metadata, spec }: SealedSecretManifest): string[] {
  const told = (annotation: keyof typeof ANNOTATION) => metadata.annotations?.[ANNOTATION[annotation]] ?? 'not told';
  return [
    `name                 ${metadata.name ?? 'none'}`,
    `namespace            ${metadata.namespace ?? 'none'}`,
    `scope                ${scopeOf(metadata)}`,
    `credential           ${told('credential')}`,
    `sealed with          ${told('sealedWith')}`,
    `certificate expires  ${told('certificateExpires')}`,
    ...Object.entries(spec.encryptedData).map(([key, value]) => `sealed key           ${key}: ${shapeTold(value)}`),
    ...Object.keys(spec.template?.data ?? {}).map(key => `template key         ${key}`),
  ];
}

function shapeTold(value: unknown): string {
  const shape = shapeOf(value);
  return shape === undefined ? 'no sealed value' : `${shape.bytes} bytes, RSA ${shape.keyBits}`;
}
