import type * as yaml from 'yaml';

let parser: typeof yaml | undefined;

/**
 * The parser of YAML, on first use: many apps read none.
 *
 * Where cdk8s has loaded its own copy by now, that one: a second costs more than reading what it is wanted for.
 */
export function yamlParser(): typeof yaml {
  return parser ??= loadedParser();
}

function loadedParser(): typeof yaml {
  const loaded = copyOf('cdk8s');
  return require(loaded !== undefined && loaded in require.cache ? loaded : 'yaml'); // eslint-disable-line @typescript-eslint/no-require-imports
}

/** The file of the parser that a package brings along. */
function copyOf(name: string): string | undefined {
  try {
    return require.resolve('yaml', { paths: [require.resolve(name)] });
  } catch {
    return undefined;
  }
}
