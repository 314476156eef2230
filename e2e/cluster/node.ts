import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { attempt, run } from '../command';
import { ApiServer } from './api-server';
import { Daemon, until } from './daemon';
import { CONTAINERD, kubeconfig, NODE, NODE_ADDRESS, POD_RANGE, STATE } from './places';

/** Starts containerd and gives it the images: nothing can be pulled. */
export async function startContainerd(archives: string[]): Promise<void> {
  writeFileSync(join(STATE, 'containerd.toml'), containerdConfiguration());
  mkdirSync(join(STATE, 'cni'));
  writeFileSync(join(STATE, 'cni', '10-e2e.conflist'), JSON.stringify(podNetwork()));
  const containerd = new Daemon('containerd', 'containerd', ['--config', 'containerd.toml']);
  containerd.start();
  await until('containerd', 60, [containerd], async () => (await attempt('ctr', ['--address', CONTAINERD, 'version'])).code === 0);
  for (const archive of archives) {
    await run('ctr', ['--address', CONTAINERD, '--namespace', 'k8s.io', 'images', 'import', archive]);
  }
}

/** Starts the kubelet and the proxy; returns when the node is ready. */
export async function startNode(programs: string): Promise<void> {
  writeFileSync(join(STATE, 'kubelet.json'), JSON.stringify(kubeletConfiguration()));
  writeFileSync(join(STATE, 'resolv.conf'), '');
  const kubelet = new Daemon('kubelet', join(programs, 'kubelet'), [
    '--config=kubelet.json', `--kubeconfig=${kubeconfig('kubelet')}`, `--hostname-override=${NODE}`, `--node-ip=${NODE_ADDRESS}`,
    `--cert-dir=${join(STATE, 'pki')}`, '--v=2',
  ]);
  const proxy = new Daemon('kube-proxy', join(programs, 'kube-proxy'), [
    `--kubeconfig=${kubeconfig('proxy')}`, `--hostname-override=${NODE}`, '--proxy-mode=iptables', `--cluster-cidr=${POD_RANGE}`,
    // Its defaults are settings of the whole machine.
    '--conntrack-max-per-core=0', '--conntrack-tcp-timeout-established=0', '--conntrack-tcp-timeout-close-wait=0',
    '--healthz-bind-address=127.0.0.1:10256', '--metrics-bind-address=127.0.0.1:10249',
  ]);
  kubelet.start();
  proxy.start();
  const api = new ApiServer();
  await until('node ready', 60, [kubelet, proxy], async () => {
    const node = await api.get({ apiVersion: 'v1', kind: 'Node', metadata: { name: NODE } });
    return node?.status.conditions.some((condition: any) => condition.type === 'Ready' && condition.status === 'True') ?? false;
  });
}

function containerdConfiguration(): string {
  return `version = 2
root = "${STATE}/containerd"
state = "/run/containerd"
disabled_plugins = ["io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.aufs"]
[grpc]
  address = "${CONTAINERD}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "docker.io/cdk8s-velero-e2e/pause:1"
  disable_apparmor = true
  # Without CAP_SYS_RESOURCE, which root lacks on some machines, nobody can make a process less likely to be killed.
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${STATE}/cni"
`;
}

function podNetwork(): object {
  const [first, last] = ['10', '250'].map(end => POD_RANGE.replace(/\d+\/\d+$/, end));
  return {
    cniVersion: '0.4.0',
    name: 'e2e',
    plugins: [{
      type: 'ptp',
      ipMasq: false,
      ipam: {
        type: 'host-local',
        dataDir: join(STATE, 'addresses'),
        ranges: [[{ subnet: POD_RANGE, rangeStart: first, rangeEnd: last, gateway: NODE_ADDRESS }]],
        routes: [{ dst: '0.0.0.0/0' }],
      },
    }],
  };
}

function kubeletConfiguration(): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: NODE_ADDRESS,
    containerRuntimeEndpoint: `unix://${CONTAINERD}`,
    // The API server has no certificate for the kubelet; the port is open in these namespaces only.
    authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
    authorization: { mode: 'AlwaysAllow' },
    clusterDNS: [NODE_ADDRESS],
    clusterDomain: 'cluster.local',
    resolvConf: join(STATE, 'resolv.conf'),
    volumePluginDir: join(STATE, 'volume-plugins'),
    cgroupDriver: 'cgroupfs',
    enforceNodeAllocatable: [],
    failSwapOn: false,
    oomScoreAdj: 0,
    evictionHard: { 'memory.available': '50Mi', 'nodefs.available': '1%', 'imagefs.available': '1%' },
    imageGCHighThresholdPercent: 100,
    imageMinimumGCAge: '24h',
    serializeImagePulls: false,
  };
}
