import { readFileSync } from 'fs';
import { join } from 'path';
import { SealingScope } from '../../src/credentials/seal';
import { attempt, CommandResult, run } from '../command';
import { cached, cacheFolder, keyOf } from '../host/cache';
import { part } from '../progress';

/** The release that the cluster of the suite runs: one place names it. */
const MODULE = join(__dirname, '..', 'tools', 'sealed-secrets-0.36.6');
const PROGRAM = 'github.com/bitnami-labs/sealed-secrets/cmd/kubeseal';

/** Nothing but what go.mod and go.sum name is built, and by the Go that is there. */
const ENVIRONMENT = { CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-trimpath -buildvcs=false -mod=readonly', GOWORK: 'off' };

/** Values of one Secret. */
export interface Plain {
  readonly namespace: string;
  readonly name: string;
  readonly values: Readonly<Record<string, Buffer>>;
}

/** The real kubeseal, which needs no cluster for what it does here. */
export class Kubeseal {
  public static readonly VERSION = /-([\d.]+)$/.exec(MODULE)![1];

  /** Builds it, unless the cache has it. */
  public static async build(): Promise<Kubeseal> {
    const key = keyOf(await run('go', ['version']), JSON.stringify(ENVIRONMENT), ...['go.mod', 'go.sum'].map(file => readFileSync(join(MODULE, file))));
    const path = join(cacheFolder(), 'sealing', `kubeseal-${key}`);
    return new Kubeseal(await cached(path, unfinished => part('build kubeseal', async () => {
      await run('go', ['build', '-ldflags', '-s -w', '-o', unfinished, PROGRAM], { cwd: MODULE, environment: ENVIRONMENT });
    })));
  }

  private constructor(private readonly path: string) {}

  /**
   * Seals a Secret.
   *
   * @returns the manifest
   */
  public seal(certificateFile: string, scope: SealingScope, { namespace, name, values }: Plain): Promise<string> {
    const data = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.toString('base64')]));
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, type: 'Opaque', data };
    return run(this.path, ['--cert', certificateFile, '--scope', scope, '--format', 'yaml'], { input: JSON.stringify(secret) });
  }

  /**
   * Opens a SealedSecret as the controller does: the values, and what its template makes of them.
   *
   * @returns the data of the Secret
   */
  public async open(keyFile: string, manifest: string): Promise<Record<string, Buffer>> {
    const { code, stdout, stderr } = await this.tryToOpen(keyFile, manifest);
    if (code !== 0) {
      throw new Error(`kubeseal --recovery-unseal: exit ${code}: ${stderr.slice(-500)}`);
    }
    // Go writes no bytes as null.
    const { data = {} } = JSON.parse(stdout) as { data?: Record<string, string | null> };
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value ?? '', 'base64')]));
  }

  /** The same where it may not open. */
  public tryToOpen(keyFile: string, manifest: string): Promise<CommandResult> {
    return attempt(this.path, ['--recovery-unseal', '--recovery-private-key', keyFile], { input: manifest });
  }
}
