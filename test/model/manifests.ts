import { parse } from 'yaml';
import { BackupModel, type UnreadableField } from '../../src/model';

/** The model of objects, or of YAML documents with one object each. */
export function modelOf(...objects: readonly unknown[]): BackupModel {
  return BackupModel.of(objects.map((each, index) => ({
    object: typeof each === 'string' ? parse(each) : each, at: { file: 'all.yaml', line: index + 1 },
  })));
}

/** An object of the namespace velero. */
export function object(apiVersion: string, kind: string, name: string, more: object = {}): any {
  return { apiVersion, kind, metadata: { name, namespace: 'velero' }, ...more };
}

/** A workload of the namespace velero with one container. */
export function workload(kind: string, name: string, container: object, pod: object = {}): any {
  return object('apps/v1', kind, name, { spec: { template: { spec: { containers: [{ name: 'main', ...container }], ...pod } } } });
}

export function told(unreadable: readonly UnreadableField[]): string[] {
  return unreadable.map(({ on, path, got, wanted }) => `${on}: ${path} got ${JSON.stringify(got)}, wanted ${wanted}`);
}
