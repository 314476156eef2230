import { type BackupModel, type Manifest } from '../model';
import { tables } from '../versions';
import { type Rule, type Verdict } from './rule';

const KIND = 'apiextensions.k8s.io/CustomResourceDefinition';

export const rule: Rule = {
  id: 'crd-missing',
  severities: ['error'],
  title: 'Some of the definitions of Velero are there, not all',
  goesWrong: 'The server looks for all 13 of its definitions when it starts. When one is missing it says `custom resource … not found in Velero API group`, ends with exit code 1 '
    + 'and is started again for ever: nothing is backed up. In all versions. With none in the input, they are taken to be installed from elsewhere.',
  fix: 'apply all definitions of the version, before the server: velero install --crds-only --dry-run -o yaml prints them',
  reference: 'velero v1.18.3 pkg/cmd/server/server.go:467-497',
  check: model => missing(model),
  bad: () => definitions(name => name !== 'datauploads'),
  good: () => definitions(() => true),
};

function missing(model: BackupModel): Verdict[] {
  const { DEFINITIONS } = tables.definitions();
  const there = new Map<string, Manifest>(model.ofKind(KIND).map(manifest => [manifest.name, manifest]));
  const first = DEFINITIONS.find(name => there.has(name));
  const lacking = DEFINITIONS.filter(name => !there.has(name));
  return first === undefined || lacking.length === 0 ? [] : [{
    on: there.get(first)!,
    what: 'definitions of Velero',
    got: DEFINITIONS.length - lacking.length,
    wanted: `all ${DEFINITIONS.length}, without which no server starts: ${lacking.join(', ')} ${lacking.length === 1 ? 'is' : 'are'} missing`,
  }];
}

/** Only the names count here: the schemas are long. */
function definitions(chosen: (plural: string) => boolean): string {
  return tables.definitions().DEFINITIONS.map(name => name.replace('.velero.io', '')).filter(chosen).map(plural => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${plural}.velero.io }
`).join('---\n');
}
