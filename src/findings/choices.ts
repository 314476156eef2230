import { Problem } from './problems';

/** One of the values of an enum: no type stops users of plain JavaScript and other languages. */
export function oneOf(what: string, got: string | undefined, known: readonly string[]): Problem | undefined {
  return got === undefined || known.includes(got) ? undefined : { what, got, wanted: `one of ${known.map(value => value || '""').join(', ')}` };
}
