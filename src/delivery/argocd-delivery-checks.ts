import { dnsLabel, dnsSubdomain, Problem, wholeSeconds } from '../findings';
import type { ArgoCdDelivery, ArgoCdDeliveryProps, ArgoCdRetry } from './argocd-delivery';

/** What of a delivery cannot be right by itself. */
export function checkDelivery({ applicationName, projectName, namespace }: ArgoCdDelivery, props: ArgoCdDeliveryProps): (Problem | undefined)[] {
  return [
    exact('repository', props.repository, 'the URL of a repository', /[*?[\]{}!\s]/),
    exact('revision', props.revision, 'a branch, a tag or a commit', /[*?[\]{}\s]/),
    exact('path', props.path, 'a folder from the root of the repository, such as manifests, or .', /^\/|(^|\/)\.\.(\/|$)|[*?[\]{}]/),
    dnsSubdomain('name', applicationName),
    dnsSubdomain('project', projectName),
    dnsLabel('namespace', namespace),
    destination(props),
    wholeSeconds('backupDuration', props.backupDuration),
    ...checkRetry(props.retry ?? {}),
    ...(props.permittedNamespaces ?? []).map((name, index) => dnsLabel(`permittedNamespaces[${index}]`, name)),
    ...(props.permittedKinds ?? []).map(({ group = '', kind }, index) => wildcard(`permittedKinds[${index}]`, `${group}/${kind}`)),
  ];
}

function exact(what: string, got: string, wanted: string, refused: RegExp): Problem | undefined {
  return got !== '' && !refused.test(got) ? undefined : { what, got, wanted };
}

function wildcard(what: string, got: string): Problem | undefined {
  return got.includes('*') || got.endsWith('/') ? { what, got, wanted: 'the name of one kind: with a pattern the project would permit what nobody emits' } : undefined;
}

function destination({ destination: { server, name } = {} }: ArgoCdDeliveryProps): Problem | undefined {
  if (server !== undefined && name !== undefined) {
    return { what: 'destination', got: `${server} and ${name}`, wanted: 'a server or a name: ArgoCD refuses an Application with both', next: 'leave one out' };
  }
  return server !== undefined && !/^https?:\/\/[^\s*]+$/.test(server) ? { what: 'destination.server', got: server, wanted: 'the address of an API server' }
    : name !== undefined && (name === '' || /[*!]/.test(name)) ? { what: 'destination.name', got: name, wanted: 'the name of a cluster' } : undefined;
}

function checkRetry({ limit, backoff, factor, maxBackoff }: ArgoCdRetry): (Problem | undefined)[] {
  const isShort = backoff?.toMilliseconds !== undefined && maxBackoff?.toMilliseconds !== undefined
    && maxBackoff.toMilliseconds({ integral: false }) < backoff.toMilliseconds({ integral: false });
  return [
    whole('retry.limit', limit, -1),
    whole('retry.factor', factor, 1),
    wholeSeconds('retry.backoff', backoff),
    wholeSeconds('retry.maxBackoff', maxBackoff),
    isShort ? { what: 'retry.maxBackoff', got: `${maxBackoff.toSeconds({ integral: false })}s`, wanted: `at least retry.backoff, ${backoff.toSeconds({ integral: false })}s` } : undefined,
  ];
}

function whole(what: string, got: number | undefined, least: number): Problem | undefined {
  return got === undefined || (Number.isInteger(got) && got >= least) ? undefined : { what, got, wanted: `a whole number, at least ${least}` };
}
