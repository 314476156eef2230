import { type Install, type VeleroProgram } from '../model';
import { type FieldChange } from './changed-fields';
import { type Comparison } from './comparison';
import { type Pair } from './pair';
import { type Context } from './schedule-pair';

/** An installation as it was and as it is, where both have a server. */
export interface InstallPair {
  readonly was: Install;
  readonly is: Install;
  readonly server: ProgramPair;
  readonly nodeAgent?: ProgramPair;
  readonly comparison: Context['comparison'];
}

/** No flag has this name. */
const WORDS = ' ';

/** A program of Velero as it was and as it is. Its flags are taken one by one, as fields of objects are. */
export class ProgramPair {
  private readonly flags = new Map<string, FieldChange>();
  private readonly pair: Pair | undefined;
  private readonly path: string;

  public constructor(comparison: Comparison, public readonly was: VeleroProgram, public readonly is: VeleroProgram) {
    const pair = comparison.pairOf(was.manifest);
    this.pair = pair?.is === is.manifest ? pair : undefined;
    this.path = `spec.template.spec.containers[${is.container.name}]`;
    if (this.take(`${this.path}.args`, `${this.path}.command`).length > 0) {
      this.compareFlags();
    }
  }

  public get image(): string {
    return `${this.path}.image`;
  }

  public take(...paths: readonly string[]): readonly FieldChange[] {
    return this.pair?.take(...paths) ?? [];
  }

  public takeFlag(name: string): readonly FieldChange[] {
    const change = this.flags.get(name);
    this.flags.delete(name);
    return change === undefined ? [] : [change];
  }

  /** What is left of the spec and the flags. */
  public takeRest(): readonly FieldChange[] {
    const flags = [...this.flags.keys()].flatMap(name => this.takeFlag(name));
    return [...flags, ...this.take(this.path), ...this.take('spec')];
  }

  /** However they are written: `--name value`, `--name=value`, in any order. */
  private compareFlags(): void {
    const [before, after] = [this.was.commandLine, this.is.commandLine];
    for (const name of [...new Set([...before.flags, ...after.flags].map(flag => flag.name))].sort()) {
      const [from, to] = [before.value(name), after.value(name)];
      if (from !== to) {
        this.flags.set(name, { on: this.is.manifest, path: `--${name}`, from, to });
      }
    }
    const [from, to] = [before.words.join(' '), after.words.join(' ')];
    if (from !== to) {
      this.flags.set(WORDS, { on: this.is.manifest, path: `${this.path}.args`, from, to });
    }
  }
}
