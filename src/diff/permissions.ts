import { type BackupModel, type Install, type Manifest } from '../model';
import { type Change } from './change';
import { fate, isKept } from './kept';
import { type Context } from './schedule-pair';

const BINDING = 'rbac.authorization.k8s.io/ClusterRoleBinding';

/** Bindings that let a server do its work, and of which none is left. */
export function permissions({ comparison }: Context): Change[] {
  const { was, is } = comparison;
  return was.installs.flatMap(install => {
    const [before, server] = [bindingsOf(was, install), is.installIn(install.namespace)];
    return server?.server === undefined || before.length === 0 || bindingsOf(is, server).length > 0 ? [] : before;
  }).filter((binding, index, all) => all.indexOf(binding) === index).flatMap(binding => {
    const [gone] = comparison.takeRemoved(each => each === binding);
    const isLeft = gone !== undefined && isKept(binding, comparison);
    const pair = comparison.pairOf(binding);
    const fields = pair?.take('subjects') ?? [];
    return [{
      id: 'permissions-lost' as const,
      severity: isLeft ? 'notable' as const : 'destructive' as const,
      on: pair?.is ?? binding,
      message: gone === undefined ? 'no longer names the ServiceAccount of the server' : `removed: ${fate(binding, comparison)}`,
      means: [isLeft ? 'It goes on as long as nobody deletes it.' : 'The server may read nothing any more: no backups, no restores, and nothing expires.'],
      fields,
    }];
  });
}

/** By the ServiceAccount that the pod names, or that every pod has or every overlay of Velero fills in. */
function bindingsOf(model: BackupModel, { server, namespace }: Install): readonly Manifest[] {
  const names = server === undefined ? [] : server.pod.serviceAccountName === undefined ? ['default', 'velero'] : [server.pod.serviceAccountName];
  return model.ofKind(BINDING).filter(({ fields }) => fields.objects('subjects').some(subject =>
    subject.string('kind') === 'ServiceAccount' && names.includes(subject.string('name') ?? '') && subject.string('namespace') === namespace));
}
