import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation } from '../../src/rules';
import { releaseOf } from '../../src/versions';

escapeHatch('crd-missing', usual => () => {
  const [definition] = usual.app.node.findAll().filter(each => (each as any).kind === 'CustomResourceDefinition');
  definition.node.scope!.node.tryRemoveChild(definition.node.id);
});

const DEFINITIONS = releaseOf('1.18.3').customResourceDefinitions();

test('one is missing, or most are', () => {
  const lead = 'error crd-missing CustomResourceDefinition backuprepositories.velero.io: definitions of Velero got';
  expect(told(judged(DEFINITIONS.filter(({ metadata }) => metadata.name !== 'datauploads.velero.io')), 'crd-missing'))
    .toEqual([`${lead} 12, wanted all 13, without which no server starts: datauploads.velero.io is missing`]);
  expect(told(judged(DEFINITIONS.filter(({ metadata }) => metadata.name < 'backups')), 'crd-missing')).toEqual([
    `${lead} 1, wanted all 13, without which no server starts: backups.velero.io, backupstoragelocations.velero.io, datadownloads.velero.io, datauploads.velero.io, `
    + 'deletebackuprequests.velero.io, downloadrequests.velero.io, podvolumebackups.velero.io, podvolumerestores.velero.io, restores.velero.io, schedules.velero.io, '
    + 'serverstatusrequests.velero.io, volumesnapshotlocations.velero.io are missing',
  ]);
});

test('silent with all of them, with none, and about those of others', () => {
  expect(told(judged(DEFINITIONS))).toEqual([]);
  expect(told(judged(installation('1.18.3')), 'crd-missing')).toEqual([]);
  expect(told(judged([{ ...DEFINITIONS[0], metadata: { name: 'nonadminbackups.oadp.openshift.io' } }]), 'crd-missing')).toEqual([]);
});
