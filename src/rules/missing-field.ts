import { type DefinitionMismatch } from '../model';
import { type Judged, type Rule } from './rule';

export const rule: Rule = {
  id: 'missing-field',
  severities: ['error'],
  title: 'A field is missing that the definition wants',
  goesWrong: 'The API server refuses the object: `Required value`. Whoever applies many manifests at once, as ArgoCD does, applies the others, so that an installation comes '
    + 'up without its location or without one of its schedules, and nothing of Velero ever tells that it was meant to have it.',
  fix: 'write the field',
  reference: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation',
  // Among the last in the list: silent where another rule has more to say about the field.
  check: (model, before) => untold(model.definitionMismatches().filter(({ kind }) => kind === 'missing'), before).map(({ on, path, wanted = '' }) => ({
    on, what: path, wanted: `${wanted}: every ${on.kind} has one there`,
  })),
  install: '1.18.3',
  bad: () => location(''),
  good: () => location('provider: aws'),
};

function location(provider: string): string {
  return `apiVersion: velero.io/v1
kind: BackupStorageLocation
metadata: { name: second, namespace: velero }
spec:
  ${provider}
  objectStorage: { bucket: second-backups, prefix: production }
  config: { region: eu-north-1 }
  credential: { name: velero-s3-credentials, key: cloud }
`;
}

/** Those about which no rule has said anything yet. */
export function untold(mismatches: readonly DefinitionMismatch[], { judgements }: Judged): readonly DefinitionMismatch[] {
  const told = mismatches.length === 0 ? undefined : new Set(judgements.map(({ on, what }) => `${on} ${what}`));
  return told === undefined ? [] : mismatches.filter(({ on, path }) => !told.has(`${on} ${path}`));
}
