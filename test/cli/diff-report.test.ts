import { reportOf } from '../../src/cli/diff-report';
import { BackupModel, type Place } from '../../src/model';

function modelAt(at: Place, ...names: string[]): BackupModel {
  return BackupModel.of(names.map(name => ({ object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }, at })));
}

test('objects of an app have the path of their construct for a place', () => {
  const { changes } = reportOf(modelAt({}), modelAt({ construct: 'velero/volumes' }, 'a'), 0);
  expect(changes).toEqual([{
    id: 'object-added', severity: 'harmless', object: 'ConfigMap a', kind: 'ConfigMap', file: 'velero/volumes', line: 1, message: 'added', means: [], fields: [],
  }]);
});

test('changes of one severity are in the order of ids, objects and messages, not of the files', () => {
  const { changes } = reportOf(modelAt({ file: 'a' }, 'x', 'same', 'same'), modelAt({ file: 'b' }, 'z', 'y'), 0);
  expect(changes.map(({ id, object }) => `${id} ${object}`)).toEqual([
    'object-added ConfigMap y', 'object-added ConfigMap z', 'object-removed ConfigMap same', 'object-removed ConfigMap same', 'object-removed ConfigMap x',
  ]);
});
