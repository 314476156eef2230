import { type Problem } from '../findings/problems';
import { type Source } from '../model';
import { Documents } from './check-documents';
import { type InputFile, readPaths } from './check-paths';
import { type Surroundings } from './surroundings';

/** The objects in files, and what keeps them from being read. */
export interface ManifestInput {
  readonly files: readonly InputFile[];
  readonly sources: readonly Source[];

  /** Documents that are no objects of Kubernetes. */
  readonly foreign: number;
  readonly problems: readonly Problem[];
}

/** Reads what lies under paths, whatever tool wrote it. */
export async function readManifestInput(paths: readonly string[], surroundings: Surroundings): Promise<ManifestInput> {
  const { files, problems } = await readPaths(paths, surroundings);
  const documents = files.map(file => new Documents(file));
  return {
    files,
    sources: documents.flatMap(document => document.sources),
    foreign: documents.reduce((sum, document) => sum + document.foreign, 0),
    problems: [...problems, ...documents.flatMap(document => document.problems)],
  };
}
