import { type Flag } from './flags';

/**
 * The flags of every command of the program `velero`: its own persistent ones and those of the logging library klog.
 *
 * The spelling with underscores is klog's.
 *
 * One row a flag and default; several where the default or the accepted values changed. Checked against the sources by tools/facts/check.sh.
 */
export const PROGRAM_FLAGS: readonly Flag[] = [
  { name: 'add_dir_header', type: 'bool', default: 'false', source: 'v1.18.3 k8s.io/klog/v2 v2.140.0 klog.go:445' },
  { name: 'alsologtostderr', type: 'bool', default: 'false', source: 'v1.18.3 k8s.io/klog/v2 v2.140.0 klog.go:442' },
  { name: 'alsologtostderrthreshold', type: 'string', default: '0', since: '1.18.2', source: 'v1.18.3 k8s.io/klog/v2 v2.140.0 klog.go:450' },
  { name: 'colorized', type: 'bool', default: 'true', source: 'v1.18.3 pkg/cmd/velero/velero.go:104' },
  { name: 'features', type: 'list', default: '', source: 'v1.18.3 pkg/cmd/velero/velero.go:101' },
  { name: 'kubeconfig', type: 'string', default: '', source: 'v1.18.3 pkg/client/factory.go:107' },
  { name: 'kubecontext', type: 'string', default: '', source: 'v1.18.3 pkg/client/factory.go:109' },
  { name: 'legacy_stderr_threshold_behavior', type: 'bool', default: 'true', since: '1.18.2', source: 'v1.18.3 k8s.io/klog/v2 v2.140.0 klog.go:443' },
  { name: 'log_backtrace_at', type: 'string', default: ':0', source: 'v1.18.3 k8s.io/klog/v2 v2.140.0 klog.go:452' },
  { name: 'log_dir', type: 'string', default: '', source: 'v1.18.3 k8s.io/klog/v2 v2.140.0 klog.go:436' },
  { name: 'log_file', type: 'string', default: '', source: 'v1.18.3 k8s.io/klog/v2 v2.140.0 klog.go:437' },
  { name: 'log_file_max_size', type: 'int', default: '1800', source: 'v1.18.3 k8s.io/klog/v2 v2.140.0 klog.go:438' },
  { name: 'logtostderr', type: 'bool', default: 'true', source: 'v1.18.3 k8s.io/klog/v2 v2.140.0 klog.go:441' },
  { name: 'namespace', type: 'string', default: 'velero', source: 'v1.18.3 pkg/client/factory.go:108' },
  { name: 'one_output', type: 'bool', default: 'false', source: 'v1.18.3 k8s.io/klog/v2 v2.140.0 klog.go:447' },
  { name: 'skip_headers', type: 'bool', default: 'false', source: 'v1.18.3 k8s.io/klog/v2 v2.140.0 klog.go:446' },
  { name: 'skip_log_headers', type: 'bool', default: 'false', source: 'v1.18.3 k8s.io/klog/v2 v2.140.0 klog.go:448' },
  { name: 'stderrthreshold', type: 'string', default: '2', source: 'v1.18.3 k8s.io/klog/v2 v2.140.0 klog.go:449' },
  { name: 'v', type: 'int', default: '0', source: 'v1.18.3 k8s.io/klog/v2 v2.140.0 klog.go:444' },
  { name: 'vmodule', type: 'list', default: '', source: 'v1.18.3 k8s.io/klog/v2 v2.140.0 klog.go:451' },
];
