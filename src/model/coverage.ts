import { isNamespacePattern } from './namespace-pattern';
import { type Schedule } from './schedule';

const NONE: readonly never[] = [];

/** Which schedules save a namespace, without asking each schedule about each namespace. */
export class Coverage {
  /** By the namespaces that they name one by one. */
  private readonly naming = new Map<string, Schedule[]>();
  /** Those that save all namespaces, or some by a pattern. */
  private readonly wide: Schedule[] = [];

  public constructor(schedules: readonly Schedule[]) {
    for (const schedule of schedules) {
      const { coversAllNamespaces, includedNamespaces } = schedule.template;
      if (coversAllNamespaces || includedNamespaces.some(isNamespacePattern)) {
        this.wide.push(schedule);
      } else {
        new Set(includedNamespaces).forEach(namespace => this.add(namespace, schedule));
      }
    }
  }

  public of(namespace: string): readonly Schedule[] {
    const named = (this.naming.get(namespace) ?? NONE).filter(({ template }) => template.covers(namespace));
    return this.wide.length === 0 ? named : [...named, ...this.wide.filter(({ template }) => template.covers(namespace))];
  }

  private add(namespace: string, schedule: Schedule): void {
    const naming = this.naming.get(namespace);
    if (naming === undefined) {
      this.naming.set(namespace, [schedule]);
    } else {
      naming.push(schedule);
    }
  }
}
