import { randomUUID } from 'crypto';
import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { attempt, run } from '../command';
import { Daemon, until } from './daemon';
import { CEPH_CONFIGURATION, GATEWAY, GATEWAY_PORT, NODE_ADDRESS, STATE } from './places';

const FOLDER = join(STATE, 'ceph');
const MONITOR = '[v2:127.0.0.1:40300,v1:127.0.0.1:40301]';

/** How much it may hold, in memory. */
const BYTES = 8 * 1024 ** 3;

/** The S3 gateway. A scenario may end it and start it again. */
export const GATEWAY_DAEMON = daemon('radosgw', ['-n', 'client.rgw.a', '--rgw-zone=default']);

/** Starts a Ceph of one monitor, one OSD in memory and one S3 gateway. No manager: the gateway needs none. */
export async function startCeph(): Promise<void> {
  const fsid = randomUUID();
  ['mon', 'osd', 'rgw', 'run', 'crash'].forEach(name => mkdirSync(join(FOLDER, name), { recursive: true }));
  writeFileSync(CEPH_CONFIGURATION, configuration(fsid));
  writeFileSync(join(FOLDER, 'none.keyring'), '');

  await run('monmaptool', ['--create', '--clobber', '--fsid', fsid, '--addv', 'a', MONITOR, join(FOLDER, 'monmap')]);
  await run('ceph-mon', ['-c', CEPH_CONFIGURATION, '-i', 'a', '--mkfs', '--monmap', join(FOLDER, 'monmap')]);
  const monitor = daemon('ceph-mon', ['-i', 'a']);
  monitor.start();
  await until('Ceph monitor', 60, [monitor], async () => (await attempt(...ceph('quorum_status'))).code === 0);

  const identity = randomUUID();
  await run(...ceph('osd', 'new', identity));
  await run('ceph-osd', ['-c', CEPH_CONFIGURATION, '-i', '0', '--mkfs', '--osd-uuid', identity]);
  const osd = daemon('ceph-osd', ['-i', '0']);
  osd.start();
  await until('Ceph OSD', 60, [monitor, osd], async () => / 1 up/.test((await attempt(...ceph('osd', 'stat'))).stdout));
  await startGateway();
}

/** Starts the S3 gateway and returns when it answers. */
export async function startGateway(): Promise<void> {
  GATEWAY_DAEMON.start();
  await until('Ceph gateway', 60, [GATEWAY_DAEMON], async () => (await attempt('curl', ['--silent', '--fail', '--output', '/dev/null', GATEWAY])).code === 0);
}

function ceph(...parameters: string[]): [string, string[]] {
  return ['ceph', ['-c', CEPH_CONFIGURATION, '--connect-timeout', '20', ...parameters]];
}

/** In the foreground, so that its process id is known and its log is its output. */
function daemon(program: string, parameters: string[]): Daemon {
  return new Daemon(program, program, ['-f', '-c', CEPH_CONFIGURATION, ...parameters]);
}

/** No cephx: everything listens on addresses of these namespaces. */
function configuration(fsid: string): string {
  return `[global]
fsid = ${fsid}
mon_initial_members = a
mon_host = ${MONITOR}
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_ipv4 = true
ms_bind_ipv6 = false
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
run_dir = ${FOLDER}/run
admin_socket = ${FOLDER}/run/$name.asok
log_to_file = false
log_to_stderr = true
crash_dir = ${FOLDER}/crash
# A second between two maps would make each of the gateway's pools cost two.
paxos_propose_interval = 0.05
paxos_min_wait = 0.01
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 8
osd_pool_default_pgp_num = 8
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_warn_on_pool_no_redundancy = false
mon_max_pg_per_osd = 1000
[mon]
mon_data = ${FOLDER}/mon
mon_data_avail_crit = 1
mon_data_avail_warn = 2
auth_allow_insecure_global_id_reclaim = false
[osd]
osd_data = ${FOLDER}/osd
osd_journal =
osd_objectstore = memstore
memstore_device_bytes = ${BYTES}
osd_class_load_list = *
osd_class_default_list = *
osd_max_object_name_len = 2048
osd_op_num_shards = 2
osd_heartbeat_grace = 60
[client]
keyring = ${FOLDER}/none.keyring
[client.rgw.a]
rgw_data = ${FOLDER}/rgw
# Its default, secure, needs cephx; without it the gateway waits for ever.
ms_mon_client_mode = crc
# Without it each request waits 40 ms for an acknowledgement, and kopia makes one for each small file.
rgw_frontends = beast endpoint=${NODE_ADDRESS}:${GATEWAY_PORT} tcp_nodelay=1
rgw_thread_pool_size = 64
rgw_enable_usage_log = false
rgw_enable_quota_threads = false
rgw_enable_ops_log = false
# Rules of buckets are followed when a scenario says so, not at midnight too.
rgw_enable_lc_threads = false
# What is deleted is gone soon: all of it is in memory.
rgw_gc_obj_min_wait = 1
rgw_gc_processor_period = 10
`;
}
