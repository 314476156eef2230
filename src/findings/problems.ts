import { IConstruct } from 'constructs';
import { withoutSecrets } from '../model/url';

/**
 * One thing that cannot work, told for a person at 3 a.m.
 */
export interface Problem {
  /** The prop, flag or field, as the user typed it. */
  readonly what: string;

  /** The value received. Never a secret; left out when there is no value. */
  readonly got?: unknown;

  /** What is accepted instead. */
  readonly wanted: string;

  /** The next step, as a clause: `put the folder into prefix`. */
  readonly next?: string;
}

/**
 * Collects what is wrong with one construct or value and refuses it once, with everything in one message.
 */
export class Problems {
  /** Place is the construct's type and path: the path alone does not tell a reader which class to look up. */
  public static of(construct: IConstruct, type: string): Problems {
    return new Problems(() => `${type} '${construct.node.path}'`);
  }

  private readonly found: Problem[] = [];

  /** A function where the place costs something to tell: most constructs have no problem. */
  public constructor(private readonly place: string | (() => string)) {}

  /** Takes the result of a check as it is: a check that found nothing returns undefined. */
  public add(...problems: (Problem | undefined)[]): void {
    for (const problem of problems) {
      if (problem !== undefined) {
        this.found.push(problem);
      }
    }
  }

  /** Throws if anything was added. */
  public refuse(): void {
    if (this.found.length > 0) {
      throw new Error(this.toString());
    }
  }

  public toString(): string {
    const place = typeof this.place === 'string' ? this.place : this.place();
    const told = this.found.map(tell);
    return told.length === 1 ? `${place}: ${told[0]}` : `${place}: ${told.length} problems${told.map(line => `\n  - ${line}`).join('')}`;
  }
}

/** Refuses one value at once, where nothing else can be checked beside it. */
export function refuse(place: string, problem: Problem): never {
  throw new Error(`${place}: ${tell(problem)}`);
}

/** A problem in one line, without its place, and without what is secret in a URL that somebody wrote somewhere. */
export function tell({ what, got, wanted, next }: Problem): string {
  const received = got === undefined ? '' : ` got ${JSON.stringify(got, (_, value) => typeof value === 'string' ? withoutSecrets(value) : value)},`;
  return `${withoutSecrets(what)}${received || ':'} wanted ${withoutSecrets(wanted)}${next ? `; ${withoutSecrets(next)}` : ''}`;
}
