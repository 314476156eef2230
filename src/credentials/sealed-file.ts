import { Problems, refuse } from '../findings';
import { yamlParser } from '../model/yaml-parser';

/**
 * Reads the one document of a YAML or JSON file. Nothing is known about its fields yet.
 *
 * The parser's own messages quote the text, which may be a secret that nobody sealed: only their codes are told.
 *
 * @param place what messages begin with
 */
export function parseSealedFile(place: string, text: string): unknown {
  const documents = attempt(place, () => [...yamlParser().parseAllDocuments(text, { logLevel: 'error' })])
    .filter(({ contents, errors }) => !isEmpty(contents) || errors.length > 0);
  const problems = new Problems(place);
  const wrongLines = new Map(documents.flatMap(({ errors }) => errors).map(({ code, linePos }) => [linePos?.[0].line, code]));
  problems.add(...[...wrongLines].map(([line, code]) => ({ what: `line ${line}`, wanted: `YAML or JSON (${code})`, next: 'seal it again' })));
  problems.refuse();
  if (documents.length !== 1) {
    refuse(place, { what: 'file', got: `${documents.length} documents`, wanted: 'one SealedSecret', next: 'keep one in a file' });
  }
  return attempt(place, () => documents[0].toJS());
}

/** A document of comments only, such as the one after a "---" at the end of a file. */
function isEmpty(contents: unknown): boolean {
  return contents === null || (contents as { value?: unknown }).value === null;
}

/** Endless nesting and aliases are errors of the parser's machinery. */
function attempt<T>(place: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    return refuse(place, { what: 'file', wanted: `YAML or JSON (${(error as Error).name})`, next: 'seal it again' });
  }
}
