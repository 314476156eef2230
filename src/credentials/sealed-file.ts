import { refuse } from '../findings';
import { readYaml, UnreadableYaml, type YamlDocument } from '../model/yaml-text';

/**
 * Reads the one document of a YAML or JSON file. Nothing is known about its fields yet.
 *
 * @param place what messages begin with
 */
export function parseSealedFile(place: string, text: string): unknown {
  const documents = documentsIn(place, text).filter(({ value }) => value !== null && value !== undefined);
  if (documents.length !== 1) {
    refuse(place, { what: 'file', got: `${documents.length} documents`, wanted: 'one SealedSecret', next: 'keep one in a file' });
  }
  return documents[0].value;
}

function documentsIn(place: string, text: string): YamlDocument[] {
  try {
    return readYaml(text, 'kubernetes');
  } catch (error) {
    if (error instanceof UnreadableYaml) {
      return refuse(place, { what: `line ${error.line}`, wanted: `YAML or JSON: ${error.message}`, next: 'seal it again' });
    }
    throw error;
  }
}
