import { existsSync } from 'fs';
import { Command } from 'commander';
import { expired, instant, isProblem, readCertificate, SealingCertificate } from '../credentials/sealing-certificate';
import { dnsLabel, Problem, Problems } from '../findings';
import { refuseUse } from './failure';
import { isNoFile, readInput, writeWhole } from './files';
import { askCluster } from './kubectl';
import { refuseForeign, warn, warnOfMore } from './sealing';
import { Surroundings } from './surroundings';

const COMMAND = 'seal fetch-cert';

/** What the command is told. */
interface FetchOptions {
  readonly context?: string;
  readonly controllerName: string;
  readonly controllerNamespace: string;
  readonly out?: string;
}

/** Adds `seal fetch-cert`. */
export function addSealFetchCert(seal: Command, surroundings: Surroundings): void {
  seal.command('fetch-cert')
    .description('Gets the certificate of the running controller through kubectl. It only encrypts, so that it can be committed.')
    .option('--out <file>', 'where the certificate is written; one that is there is replaced (default: standard output)')
    .option('--context <context>', 'context of the kubeconfig (default: the current one)')
    .option('--controller-name <name>', 'Service of the controller', 'sealed-secrets-controller')
    .option('--controller-namespace <namespace>', 'namespace of the controller', 'kube-system')
    .action((options: FetchOptions) => fetchCertificate(options, surroundings));
}

async function fetchCertificate(options: FetchOptions, surroundings: Surroundings): Promise<void> {
  const { context, controllerName: name, controllerNamespace: namespace, out } = options;
  refuseUse(COMMAND,
    dnsLabel('--controller-name', name),
    dnsLabel('--controller-namespace', namespace),
    context === '' ? { what: '--context', got: context, wanted: 'the name of a context', next: 'kubectl config get-contexts lists them' } : undefined,
    out === '' || out === '-' || (out !== undefined && isNoFile(out))
      ? { what: '--out', got: out, wanted: 'a file', next: 'leave it out for standard output' } : undefined,
  );
  const before = out !== undefined && existsSync(out) ? await certificateIn(out, surroundings) : undefined;
  const pem = await askController(options, surroundings);
  const certificate = checked(pem, options, surroundings);
  warnOfMore(COMMAND, 'the answer of the controller', certificate, surroundings);
  if (out === undefined) {
    surroundings.stdout.write(pem);
    return;
  }
  writeWhole(COMMAND, '--out', out, pem, true);
  const { bits, fingerprint, expires } = certificate;
  if (before !== undefined && before.fingerprint !== fingerprint) {
    warn(surroundings, `${COMMAND}: ${out} had public key ${before.fingerprint} and now has ${fingerprint}: the controller has a new key, `
      + 'or this is another cluster, in which nothing opens that was sealed for the first one');
  }
  surroundings.stdout.write(`${out}: certificate of ${namespace}/${name}, RSA ${bits}, public key ${fingerprint}, expires ${instant(expires)}\n`);
}

/**
 * The way that every user of a cluster may go: the controller's own Role lets everybody ask its Service for the certificate, by the name of the port
 * alone, and nobody needs to read Secrets.
 *
 * @see https://github.com/bitnami/sealed-secrets/blob/v0.36.6/controller.jsonnet, sealed-secrets-service-proxier
 */
async function askController(options: FetchOptions, surroundings: Surroundings): Promise<string> {
  const { context, controllerName: name, controllerNamespace: namespace } = options;
  const refusals = {
    NotFound: { wanted: `Service ${name} in namespace ${namespace}`, next: 'name that of your controller with --controller-name and --controller-namespace' },
    Forbidden: {
      wanted: `the right to get Service ${name} and its proxy in namespace ${namespace}`,
      next: 'ask whoever has it for the certificate; the Role …-service-proxier of sealed-secrets gives it to everybody',
    },
    ServiceUnavailable: { wanted: 'a controller that runs', next: `look at it: kubectl -n ${namespace} get pods` },
  };
  const portOf = ['get', 'service', name, `--namespace=${namespace}`, '--output=jsonpath={.spec.ports[0].name}'];
  const port = (await askCluster(COMMAND, { parameters: portOf, context, refusals }, surroundings)).trim();
  const path = `/api/v1/namespaces/${namespace}/services/http:${name}:${port}/proxy/v1/cert.pem`;
  return askCluster(COMMAND, { parameters: ['get', `--raw=${path}`], context, refusals }, surroundings);
}

async function certificateIn(out: string, surroundings: Surroundings): Promise<SealingCertificate> {
  const read = readCertificate('--out', (await readInput(COMMAND, '--out', out, surroundings)).toString());
  return isProblem(read) ? refuseForeign(COMMAND, out, 'a file that is not there, or a certificate') : read;
}

function checked(pem: string, { controllerName, controllerNamespace }: FetchOptions, { now }: Surroundings): SealingCertificate {
  const what = 'answer of the controller';
  const next = `look whether ${controllerNamespace}/${controllerName} is the controller of sealed-secrets`;
  const read = readCertificate(what, pem);
  const problem: Problem | undefined = isProblem(read) ? read : expired(what, read, now);
  const problems = new Problems(COMMAND);
  problems.add(problem && { ...problem, next });
  problems.refuse();
  return read as SealingCertificate;
}
