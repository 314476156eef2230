import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { run } from '../command';
import { cached, cacheFolder, keyOf } from '../host/cache';
import { part } from '../progress';

/** As the tools of the suite are built. */
const ENVIRONMENT = { CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-trimpath -buildvcs=false -mod=readonly', GOWORK: 'off' };

/** A release of Velero for each parser: robfig/cron v1.1.0, v3.0.1, netresearch/go-cron v0.15.0. */
export type Release = '1.14.1' | '1.17.2' | '1.18.3';

/** See walk.go. */
export interface Question {
  readonly expression: string;
  readonly from: number;
  readonly until: number;
  readonly releases: readonly Release[];
}

/** See walk.go. */
export interface Walk {
  readonly refused?: string;
  readonly never?: boolean;
  readonly runs: number;
  readonly cut?: boolean;
  readonly gap: number;
  readonly gapFrom: number;
  readonly gapTo: number;
  readonly windows?: readonly { readonly after: number; readonly starts: readonly number[] }[];
  readonly added?: readonly number[];
  readonly missing?: readonly number[];
}

/** See walk.go. */
export interface Answer {
  readonly by: { readonly [release in Release]: Walk };
  readonly fraction?: boolean;
}

/** A moment at which a clock is set, see zones.go. */
export interface Change {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** Velero's cron parsers, in a program of their own. */
export class Parsers {
  public static async built(): Promise<Parsers> {
    const key = keyOf(await run('go', ['version']), JSON.stringify(ENVIRONMENT), ...sources());
    const program = await cached(join(cacheFolder(), 'cron', key), unfinished => part('build cron', async () => {
      await run('go', ['build', '-ldflags', '-s -w', '-o', unfinished, '.'], { cwd: __dirname, environment: ENVIRONMENT });
    }));
    const root = (await run('go', ['env', 'GOROOT'])).trim();
    return new Parsers(program, join(root, 'lib', 'time', 'zoneinfo.zip'));
  }

  private constructor(private readonly program: string, private readonly zoneFile: string) {
  }

  /** The answers, in the order of the questions. */
  public ask(questions: readonly Question[]): Promise<Answer[]> {
    return this.lines([], questions.map(question => JSON.stringify(question)));
  }

  /** How the clocks of zones change from 1992 to 2104; null for one that Go does not know. */
  public changes(zones: readonly string[]): Promise<(Change[] | null)[]> {
    return this.lines(['zones'], zones);
  }

  /** Go's own database of zones, not the machine's, in a pod without TZ. */
  private async lines<T>(parameters: string[], input: readonly string[]): Promise<T[]> {
    const environment = { ZONEINFO: this.zoneFile, TZ: 'UTC' };
    const output = input.length === 0 ? '' : await run(this.program, parameters, { input: `${input.join('\n')}\n`, environment });
    return output.split('\n').filter(line => line !== '').map(line => JSON.parse(line) as T);
  }
}

function sources(): (string | Buffer)[] {
  return readdirSync(__dirname).filter(file => /^go\.(mod|sum)$|\.go$/.test(file)).sort().flatMap(file => [file, readFileSync(join(__dirname, file))]);
}
