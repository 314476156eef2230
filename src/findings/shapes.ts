import { Problem } from './problems';
import { nearest } from '../rules/nearest';

/**
 * What type a prop has, for callers whom no type stops: a wrong one would end in a TypeError somewhere inside of this library.
 */
export interface Kind {
  /** As the message has it. */
  readonly wanted: string;

  /** Whether the prop cannot be left out. */
  readonly isRequired?: boolean;

  /** What is wrong with a value. Undefined is fine, where it is not required: the prop is left out. */
  problems(what: string, value: unknown): Problem[];
}

/** A kind for each prop of a struct; the compiler misses none. */
export type Shape<T> = { readonly [Prop in keyof T]-?: Kind };

export const TEXT = thing('a string', value => typeof value === 'string');
export const NUMBER = thing('a number', value => typeof value === 'number');
export const TRUTH = thing('true or false', value => typeof value === 'boolean');
/** Not by `instanceof`, which fails between two loaded copies of cdk8s. */
export const DURATION = thing('a Duration, such as Duration.days(30)', value => typeof value?.toMilliseconds === 'function');

/** Anything that a function can tell. */
export function thing(wanted: string, takes: (value: any) => boolean): Kind {
  return { wanted, problems: (what, value) => value === undefined || takes(value) ? [] : [{ what, got: shown(value), wanted }] };
}

/** A prop that cannot be left out. */
export function required(kind: Kind): Kind {
  const { wanted } = kind;
  return { wanted, isRequired: true, problems: (what, value) => value === undefined ? [{ what, wanted }] : kind.problems(what, value) };
}

/** A list without gaps. */
export function listOf(kind: Kind): Kind {
  const each = required(kind);
  return within(thing('a list', Array.isArray), (what, values: unknown[]) => values.flatMap((value, index) => each.problems(`${what}[${index}]`, value)));
}

/** Values by names that the user chooses. */
export function mapOf(kind: Kind): Kind {
  const each = required(kind);
  return within(OBJECT, (what, values: object) => Object.entries(values).flatMap(([name, value]) => each.problems(`${what}['${name}']`, value)));
}

/** An object with props. */
export function struct<T>(shape: Shape<T>): Kind {
  const kinds = Object.entries<Kind>(shape);
  return within(OBJECT, (what, value: Record<string, unknown>) => {
    // Of some thirty props most are left out, and an app may have thousands of such objects.
    const strangers = Object.keys(value).filter(prop => value[prop] !== undefined && !Object.hasOwn(shape, prop));
    const asked = kinds.filter(([prop, kind]) => value[prop] !== undefined || kind.isRequired);
    return [
      ...strangers.map(prop => unknown(prop, what, Object.keys(shape))),
      ...asked.flatMap(([prop, kind]) => kind.problems(what ? `${what}.${prop}` : prop, value[prop])),
    ];
  });
}

/** A slip of the finger in an optional prop: what runs TypeScript without checking its types takes it, and what it was to say is not said. */
function unknown(prop: string, what: string, known: string[]): Problem {
  const meant = nearest(prop, known);
  return { what: what ? `${what}.${prop}` : prop, wanted: 'a prop that there is', next: meant ? `write ${meant}` : `there are ${known.join(', ')}` };
}

const OBJECT = thing('an object', value => typeof value === 'object' && value !== null && !Array.isArray(value));

/** First the whole, then its parts: a list that is none has no elements to look at. */
function within({ wanted, problems }: Kind, ofParts: (what: string, value: any) => Problem[]): Kind {
  return {
    wanted,
    problems: (what, value) => {
      const ofWhole = problems(what, value);
      return value === undefined || ofWhole.length > 0 ? ofWhole : ofParts(what, value);
    },
  };
}

/** Objects by what they are: constructs know their parents, so that they cannot be written as JSON. */
function shown(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return ['bigint', 'symbol', 'function'].includes(typeof value) ? `a ${typeof value}` : value;
  }
  return Array.isArray(value) ? 'a list' : `an object of type ${value.constructor?.name ?? 'null'}`;
}
