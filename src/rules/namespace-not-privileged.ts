import { type BackupModel, type Install, type Manifest, type VeleroProgram } from '../model';
import { type Rule, type Verdict } from './rule';

const LABEL = 'pod-security.kubernetes.io/enforce';

export const rule: Rule = {
  id: 'namespace-not-privileged',
  severities: ['error', 'warning'],
  title: 'The namespace of node-agent does not let its pods in',
  goesWrong: 'node-agent mounts folders of the node, which the Pod Security Standards `baseline` and `restricted` forbid, and runs as root, which `restricted` forbids. Where the '
    + 'namespace enforces one of them, or a cluster enforces it everywhere and the namespace says nothing, the DaemonSet is there and has no pods: '
    + 'ArgoCD shows it as progressing, and no volume is saved. From 1.17 each file-system backup starts such a pod of its own too.',
  fix: `give the namespace the label ${LABEL}: privileged`,
  reference: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  check: model => model.installs.filter(({ nodeAgents }) => nodeAgents.length > 0).flatMap(install => judged(model, install)),
  install: '1.18.3',
  bad: () => namespace('baseline'),
  good: () => namespace('privileged'),
};

function namespace(level: string): string {
  return `apiVersion: v1
kind: Namespace
metadata:
  name: velero
  labels: { ${LABEL}: ${level} }
`;
}

/** Silent when the input does not have the Namespace: somebody else makes it. */
function judged(model: BackupModel, install: Install): Verdict[] {
  const found = model.namespaces.get('', install.namespace);
  const level = found?.labels[LABEL];
  if (found === undefined || level === 'privileged') {
    return [];
  }
  if (level === 'baseline' && !install.nodeAgents.some(isBeyondBaseline)) {
    return [];
  }
  const [{ manifest }] = install.nodeAgents;
  return level === undefined ? [unlabelled(found.manifest, manifest)] : [{
    on: found.manifest, what: `label ${LABEL}`, got: level, wanted: `privileged: no pod of ${manifest} is let in otherwise`,
  }];
}

function unlabelled(on: Manifest, agent: Manifest): Verdict {
  return {
    on, severity: 'warning', what: `label ${LABEL}`, wanted: `privileged: a cluster that enforces another level by default lets no pod of ${agent} in`,
  };
}

function isBeyondBaseline({ pod, container }: VeleroProgram): boolean {
  return container.security.privileged === true || pod.volumes.some(({ type }) => type === 'hostPath');
}
