import { Duration } from 'cdk8s';
import { ContainerResources } from './container-resources';
import { Placement } from './placement';

/** How much is logged. */
export enum LogLevel {
  /** Everything, API requests included. */
  TRACE = 'trace',
  /** What a maintainer asks for in an issue. */
  DEBUG = 'debug',
  /** What happens. */
  INFO = 'info',
  /** What may be wrong. */
  WARNING = 'warning',
  /** What is wrong. */
  ERROR = 'error',
  /** What ends the program. */
  FATAL = 'fatal',
  /** What ends the program unforeseen. */
  PANIC = 'panic',
}

/** How a log line looks. */
export enum LogFormat {
  /** Key and value pairs. */
  TEXT = 'text',
  /** One JSON object a line. */
  JSON = 'json',
}

/** Names that a pod resolves without DNS. */
export interface HostAlias {
  /** Address of the host. */
  readonly ip: string;

  /** Its names. */
  readonly hostnames: string[];
}

/** What the server and node-agent have in common. */
export interface WorkloadOptions {
  /**
   * Cpu and memory of the container. Each value that is left out has a default of its own.
   *
   * @default - server: 500m and 256Mi, at most 1 core and 1Gi; node-agent: 500m and 512Mi, at most 1 core and 2Gi
   */
  readonly resources?: ContainerResources;

  /**
   * On which nodes. Each value replaces the one of the install's `placement`.
   *
   * @default - the install's `placement`
   */
  readonly placement?: Placement;

  /**
   * How much is logged.
   *
   * @default LogLevel.INFO
   */
  readonly logLevel?: LogLevel;

  /**
   * How a log line looks.
   *
   * @default LogFormat.TEXT
   */
  readonly logFormat?: LogFormat;

  /**
   * How long to wait for a Kubernetes resource where no other timeout holds.
   *
   * @default Duration.minutes(10)
   */
  readonly resourceTimeout?: Duration;

  /**
   * Port of `/metrics`, which the probes use too. 1 to 65535.
   *
   * @default 8085
   */
  readonly metricsPort?: number;

  /**
   * Flags that have no prop here, such as klog's `v`: names without dashes and values as on a command line.
   *
   * Raises an error for a flag that the release does not have, a value that is not of the flag's type, and a flag that another prop sets.
   *
   * @default - none
   */
  readonly extraFlags?: { [name: string]: string };

  /**
   * Variables of the container. The maintenance Jobs inherit those of the server, the data movers those of node-agent.
   *
   * @default - none beside Velero's own
   */
  readonly environment?: { [name: string]: string };

  /**
   * Labels of the pods beside Velero's own. `app.kubernetes.io/instance` is refused: it is ArgoCD's.
   *
   * @default - none
   */
  readonly podLabels?: { [name: string]: string };

  /**
   * Annotations of the pods. A change restarts the pods, and a restart fails the backup that runs.
   *
   * @default - none
   */
  readonly podAnnotations?: { [name: string]: string };

  /**
   * Annotations of the ServiceAccount, as cloud providers want them.
   *
   * @default - none
   */
  readonly serviceAccountAnnotations?: { [name: string]: string };

  /**
   * Names that the pods resolve without DNS.
   *
   * @default - none
   */
  readonly hostAliases?: HostAlias[];

  /**
   * How long a pod has to end on its own. Whole seconds.
   *
   * @default - server: one hour; node-agent: five minutes
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * Annotations by which a Prometheus without the operator finds the metrics.
   *
   * @default false
   */
  readonly scrapeAnnotations?: boolean;
}
