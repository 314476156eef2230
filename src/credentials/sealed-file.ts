import { Problems, refuse } from '../findings';

/**
 * Reads the one document of a YAML or JSON file. Nothing is known about its fields yet.
 *
 * The parser's own messages quote the text, which may be a secret that nobody sealed: only their codes are told.
 *
 * @param place what messages begin with
 */
export function parseSealedFile(place: string, text: string): unknown {
  const documents = attempt(place, () => [...yaml().parseAllDocuments(text, { logLevel: 'error' })])
    .filter(({ contents, errors }) => contents !== null || errors.length > 0);
  const problems = new Problems(place);
  problems.add(...documents.flatMap(({ errors }) => errors.map(({ code, linePos }) => ({
    what: `line ${linePos?.[0].line}`, wanted: `YAML or JSON (${code})`, next: 'seal it again',
  }))));
  problems.refuse();
  if (documents.length !== 1) {
    refuse(place, { what: 'file', got: `${documents.length} documents`, wanted: 'one SealedSecret', next: 'keep one in a file' });
  }
  return attempt(place, () => documents[0].toJS());
}

/** Loaded on first use: most apps read no sealed file. */
function yaml(): typeof import('yaml') {
  return require('yaml'); // eslint-disable-line @typescript-eslint/no-require-imports
}

/** Endless nesting and aliases are errors of the parser's machinery. */
function attempt<T>(place: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    return refuse(place, { what: 'file', wanted: `YAML or JSON (${(error as Error).name})`, next: 'seal it again' });
  }
}
