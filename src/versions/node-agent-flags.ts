import { type Flag } from './flags';

/**
 * The flags of `velero node-agent server` itself.
 *
 * One row a flag and default; several where the default or the accepted values changed. Checked against the sources by tools/facts/check.sh.
 */
export const OWN_NODE_AGENT_FLAGS: readonly Flag[] = [
  { name: 'backup-repository-configmap', type: 'string', default: '', since: '1.18.0', source: 'v1.18.3 pkg/cmd/cli/nodeagent/server.go:126' },
  { name: 'data-mover-prepare-timeout', type: 'duration', default: '30m0s', source: 'v1.18.3 pkg/cmd/cli/nodeagent/server.go:123' },
  { name: 'log-format', type: 'string', default: 'text', values: ['text', 'json'], source: 'v1.18.3 pkg/cmd/cli/nodeagent/server.go:121' },
  { name: 'log-level', type: 'string', default: 'info', values: ['trace', 'debug', 'info', 'warning', 'error', 'fatal', 'panic'], source: 'v1.18.3 pkg/cmd/cli/nodeagent/server.go:120' },
  { name: 'metrics-address', type: 'string', default: ':8085', source: 'v1.18.3 pkg/cmd/cli/nodeagent/server.go:124' },
  { name: 'node-agent-configmap', type: 'string', default: '', since: '1.15.0', source: 'v1.18.3 pkg/cmd/cli/nodeagent/server.go:125' },
  { name: 'resource-timeout', type: 'duration', default: '10m0s', source: 'v1.18.3 pkg/cmd/cli/nodeagent/server.go:122' },
];
