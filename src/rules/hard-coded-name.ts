import { type Install, type VeleroProgram } from '../model';
import { available, NODE_AGENT_WITHOUT_HOST_PATH, type VeleroRelease } from '../versions';
import { nodeAgent } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'hard-coded-name',
  severities: ['error'],
  title: 'A name that Velero looks for is another one',
  goesWrong: 'Server and node-agent start under any name, but Velero finds its own parts by names that no setting changes. Without a Deployment `velero` whose first container '
    + 'is the server no repository is maintained, and from 1.16 no volume of a pod is restored. Without a DaemonSet `node-agent`, with the label '
    + '`name: node-agent` on its pods (from 1.16 `role: node-agent`), every file-system backup fails with `daemonset pod not found in running state`. '
    + 'Without the folder of the pods at `/host_pods` node-agent finds no volume; from 1.17 the volume must be called `host-pods` too. '
    + 'Pods for data movement, and from 1.17 for file-system backup, are made like node-agent, which must have one container for that. '
    + 'Prefixes of Helm and kustomize and injected sidecars are what usually breaks this.',
  fix: 'write the name that Velero looks for',
  reference: 'velero v1.18.3 pkg/nodeagent/node_agent.go:36-51, 152, 264-299, pkg/exposer/image.go:53, pkg/repository/maintenance/maintenance.go:544, '
    + 'pkg/restore/actions/pod_volume_restore_action.go:64; velero v1.15.2 pkg/nodeagent/node_agent.go:119',
  check: ({ installs }) => installs.flatMap(install => [
    ...install.servers.flatMap(serverNames),
    ...install.nodeAgents.flatMap(program => [
      ...agentNames(program),
      ...(install.release === undefined ? [] : [...agentLabel(program, install.release), ...hostPods(program, install.release)]),
      ...onlyContainer(program, install),
    ]),
  ]),
  install: '1.18.3',
  bad: () => nodeAgent('1.18.3').replace(', role: node-agent', ''),
  good: () => nodeAgent('1.18.3'),
};

function serverNames({ manifest, workload, pod, container }: VeleroProgram): Verdict[] {
  const found: Verdict[] = [];
  if (workload.kind !== 'Deployment') {
    found.push({ on: manifest, what: 'kind', got: workload.kind, wanted: 'Deployment: maintenance of repositories reads the Deployment velero' });
  } else if (workload.name !== 'velero') {
    found.push({ on: manifest, what: 'metadata.name', got: workload.name, wanted: 'velero: maintenance of repositories and restores of volumes read the Deployment of that name' });
  }
  const [first] = pod.containers;
  return first === container ? found : [...found, {
    on: manifest,
    what: 'first container',
    got: first.name,
    wanted: `${container.name}, the server: maintenance Jobs and restored pods get image and settings of the first container`,
  }];
}

function agentNames({ manifest, workload }: VeleroProgram): Verdict[] {
  if (workload.kind !== 'DaemonSet') {
    return [{ on: manifest, what: 'kind', got: workload.kind, wanted: 'DaemonSet: Velero looks for the DaemonSet node-agent, with a pod on every node' }];
  }
  return ['node-agent', 'node-agent-windows'].includes(workload.name) ? [] : [{
    on: manifest, what: 'metadata.name', got: workload.name, wanted: 'node-agent: backups and restores of volumes read the DaemonSet of that name',
  }];
}

function agentLabel({ manifest, pod }: VeleroProgram, release: VeleroRelease): Verdict[] {
  const label = release.has('node-agent-role-label') ? 'role' : 'name';
  return pod.labels[label] === 'node-agent' ? [] : [{
    on: manifest,
    what: `spec.template.metadata.labels.${label}`,
    got: pod.labels[label],
    wanted: `node-agent: by this label Velero ${release.version} finds the pods, and no file-system backup works without`,
  }];
}

/** Nothing where the folder is left out on purpose, in the releases that start without it. */
function hostPods({ manifest, workload, pod, container }: VeleroProgram, release: VeleroRelease): Verdict[] {
  if (workload.name === 'node-agent-windows') {
    return [];
  }
  const mount = container.mounts.find(({ path }) => path.replace(/\/$/, '') === '/host_pods');
  const volume = pod.volumes.find(({ name }) => name === mount?.volume);
  const elsewhere = pod.volumes.find(({ name, hostPath }) => hostPath !== undefined && (name === 'host-pods' || /\/pods\/?$/.test(hostPath)));
  if (volume === undefined) {
    return elsewhere === undefined && available(NODE_AGENT_WITHOUT_HOST_PATH, release.version) ? [] : [{
      on: manifest,
      what: 'volumeMounts',
      got: container.mounts.find(({ volume: name }) => name === elsewhere?.name)?.path,
      wanted: '/host_pods for the volume host-pods, the folder of the pods of the node: Velero looks for volumes there and nowhere else',
    }];
  }
  if (volume.type !== 'hostPath') {
    return [{ on: manifest, what: `volume ${volume.name}`, got: volume.type, wanted: 'hostPath: the folder of the pods of the node, /var/lib/kubelet/pods in most clusters' }];
  }
  // The pods that copy files get the folder by the name of the volume; before, node-agent itself reads what is mounted.
  return volume.name === 'host-pods' || !release.has('fs-backup-pods') ? [] : [{
    on: manifest, what: 'volume at /host_pods', got: volume.name, wanted: `host-pods: by this name Velero ${release.version} finds the folder of the pods`,
  }];
}

/** Before 1.17 only the data mover minds, which works with CSI. */
function onlyContainer({ manifest, pod }: VeleroProgram, { server, release }: Install): Verdict[] {
  const minds = release !== undefined && (release.has('fs-backup-pods') || server?.features.includes('EnableCSI'));
  return !minds || pod.containers.length === 1 ? [] : [{
    on: manifest,
    what: 'containers',
    got: pod.containers.map(({ name }) => name).join(', '),
    wanted: 'one container: Velero makes the pods that move data like this one, and takes no template with more',
    next: 'run the others in pods of their own, and keep injection of sidecars away',
  }];
}
