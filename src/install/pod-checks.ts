import { isIP } from 'net';
import { annotations, dnsSubdomain, Problem, Problems, wholeSeconds } from '../findings';
import { checkLabels, reserved } from './metadata-checks';
import { HostAlias, WorkloadOptions } from './workload-options';

/** What Velero's programs read; names that users must not take. */
const RESERVED_ENVIRONMENT = ['HOME', 'LD_LIBRARY_PATH', 'NODE_NAME', 'VELERO_NAMESPACE', 'VELERO_SCRATCH_DIR'];

/** Labels by which Velero, ArgoCD or this library finds pods. */
const RESERVED_LABELS = ['app.kubernetes.io/instance', 'app.kubernetes.io/name', 'component', 'deploy', 'name', 'role'];

/** @see https://github.com/kubernetes/apimachinery/blob/v0.31.0/pkg/util/validation/validation.go, IsEnvVarName */
const ENVIRONMENT_NAME = /^(?!\.{1,2}$)[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** Largest user and group of Linux that Kubernetes takes. @see the same file, IsValidUserID */
const LARGEST_ID = 2 ** 31 - 1;

/** Refuses what would hide the pods from Velero or from this library, break the programs, or be refused by the API server. */
export function checkPods(problems: Problems, where: string, options: WorkloadOptions): void {
  checkLabels(problems, `${where}.podLabels`, options.podLabels, RESERVED_LABELS);
  problems.add(...annotations(`${where}.podAnnotations`, options.podAnnotations));
  problems.add(...annotations(`${where}.serviceAccountAnnotations`, options.serviceAccountAnnotations));
  problems.add(wholeSeconds(`${where}.terminationGracePeriod`, options.terminationGracePeriod));
  for (const [name, value] of Object.entries(options.environment ?? {})) {
    problems.add(variable(`${where}.environment`, name, value));
  }
  options.hostAliases?.forEach((alias, index) => problems.add(...aliasProblems(`${where}.hostAliases[${index}]`, alias)));
}

/**
 * A user or group of a container.
 *
 * @param why what makes root impossible, where it is
 */
export function userId(what: string, got: number | undefined, why?: string): Problem | undefined {
  if (got === 0 && why !== undefined) {
    return { what, got, wanted: 'a user that is not root', next: why };
  }
  return got === undefined || (Number.isInteger(got) && got >= 0 && got <= LARGEST_ID) ? undefined : {
    what, got, wanted: `a whole number from ${why === undefined ? 0 : 1} to ${LARGEST_ID}`,
  };
}

/** Velero reads crons in the zone of its process, and whoever reckons with a schedule without a zone takes it for UTC. */
export function serverTimeZone({ TZ: got }: { [name: string]: string } = {}): Problem | undefined {
  return got === undefined || got === 'UTC' ? undefined : {
    what: 'server.environment[\'TZ\']',
    got,
    wanted: 'a server in UTC: every cron without a time zone would move, and with it the gaps that an RPO allows',
    next: 'leave it out; from 1.15 a cron can name its zone, as in CRON_TZ=Europe/Berlin 0 2 * * *',
  };
}

function variable(what: string, name: string, value: string): Problem | undefined {
  if (!ENVIRONMENT_NAME.test(name)) {
    return { what, got: name, wanted: 'a name of letters, digits, "-", "_" and ".", not beginning with a digit' };
  }
  return RESERVED_ENVIRONMENT.includes(name) ? reserved(`${what}['${name}']`, value) : undefined;
}

/** Kubernetes has no zones in addresses, which Node takes. */
function aliasProblems(where: string, { ip, hostnames }: HostAlias): (Problem | undefined)[] {
  return [
    isIP(ip) !== 0 && !ip.includes('%') ? undefined : { what: `${where}.ip`, got: ip, wanted: 'an IPv4 or IPv6 address such as 10.0.0.1' },
    ...hostnames.map((name, index) => dnsSubdomain(`${where}.hostnames[${index}]`, name)),
  ];
}
