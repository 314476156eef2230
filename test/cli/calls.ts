import { readFileSync } from 'fs';
import { Readable } from 'stream';
import { parse } from 'yaml';
import { run } from '../../src/cli/program';
import { unseal } from '../../src/credentials/seal';
import { scopeOf } from '../../src/credentials/sealed-secret';
import { TestKey } from '../certificates';

/** What a command did besides files. */
export interface Called {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Standard input of a call: nothing, what is piped in, or a terminal. */
export interface Given {
  readonly input?: string | Buffer;
  readonly terminal?: Terminal;
  readonly now?: Date;
  readonly environment?: Record<string, string | undefined>;
}

/** Runs the program in this process. */
export async function call(args: string[], { input = '', terminal, now = new Date('2026-11-24T00:00:00Z'), environment }: Given = {}): Promise<Called> {
  const told = { stdout: '', stderr: '' };
  const code = await run(args, {
    stdin: terminal ?? Readable.from([Buffer.from(input)]),
    stdout: { write: text => { told.stdout += text; } },
    stderr: { write: text => { told.stderr += text; } },
    now,
    environment,
  });
  return { code, ...told };
}

/** A terminal at which somebody types. */
export class Terminal extends Readable {
  public readonly isTTY = true;
  /** Each change between showing what is typed (false) and not showing it (true). */
  public readonly modes: boolean[] = [];
  /** The mode that each chunk was read in: in a raw one nothing is shown. */
  public readonly readIn: (boolean | undefined)[] = [];
  public readonly chunks: Buffer[];

  /** @param typed what is typed, a chunk for each time that the program reads */
  public constructor(...typed: (string | Buffer)[]) {
    super({ highWaterMark: 1 });
    this.chunks = typed.map(chunk => Buffer.from(chunk));
  }

  public setRawMode(raw: boolean): void {
    this.modes.push(raw);
  }

  public _read(): void {
    const at = this.readIn.length;
    if (at < this.chunks.length) {
      this.readIn.push(this.modes.at(-1));
    }
    this.push(this.chunks[at] ?? null);
  }
}

/** What a sealed file holds, by its own name, namespace and scope; fails where the key does not open it. */
export function opened(path: string, { privateKey }: TestKey): Record<string, string> {
  const { metadata, spec } = parse(readFileSync(path, 'utf8'));
  const target = { scope: scopeOf(metadata), namespace: metadata.namespace, name: metadata.name };
  const values = Object.entries<string>(spec.encryptedData);
  return Object.fromEntries(values.map(([key, value]) => [key, unseal(value, [privateKey], target)!.value.toString()]));
}

/** Asserts that nothing of what was told contains a value. */
export function expectUntold({ stdout, stderr }: Called, ...values: string[]): void {
  values.forEach(value => expect(stdout + stderr).not.toContain(value));
}
