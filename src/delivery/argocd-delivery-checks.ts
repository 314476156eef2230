import { dnsLabel, dnsSubdomain, Problem, wholeSeconds } from '../findings';
import type { ArgoCdDelivery, ArgoCdDeliveryProps, ArgoCdRetry } from './argocd-delivery';

/** What of a delivery cannot be right by itself. */
export function checkDelivery({ applicationName, projectName, namespace }: ArgoCdDelivery, props: ArgoCdDeliveryProps): (Problem | undefined)[] {
  return [
    secret('repository', props.repository) ?? exact('repository', props.repository, 'the URL of a repository', /[*?[\]{}!\s]/),
    exact('revision', props.revision, 'a branch, a tag or a commit', /[*?[\]{}\s]/),
    exact('path', props.path, 'a folder from the root of the repository, such as manifests, or .', /^\/|(^|\/)\.\.(\/|$)|[*?[\]{}]/),
    dnsSubdomain('name', applicationName) ?? definitionsName(applicationName, props),
    dnsSubdomain('project', projectName) ?? builtInProject(projectName, props),
    dnsLabel('namespace', namespace),
    destination(props),
    wholeSeconds('backupDuration', props.backupDuration),
    windows(props),
    ...checkRetry(props.retry ?? {}),
    ...(props.permittedNamespaces ?? []).map((name, index) => dnsLabel(`permittedNamespaces[${index}]`, name)),
    ...(props.permittedKinds ?? []).map(({ group = '', kind }, index) => wildcard(`permittedKinds[${index}]`, `${group}/${kind}`)),
  ];
}

function exact(what: string, got: string, wanted: string, refused: RegExp): Problem | undefined {
  return got !== '' && !refused.test(got) ? undefined : { what, got, wanted };
}

/** Azure DevOps writes a name into its addresses, and git into those by ssh; what follows a colon, or begins as tokens do, is a secret. */
const SECRET_IN_URL = /^[a-z+]+:\/\/([^/@]*:[^/]*|(gh[a-z]_|github_pat_|glpat-)[^/@]*)@/i;

/** Not told: it would be in the log then, as it would be in git. */
function secret(what: string, url: string): Problem | undefined {
  return !SECRET_IN_URL.test(url) ? undefined : {
    what,
    wanted: 'a URL without a password or token: it would be written to git',
    next: 'take it out, and give the credential to ArgoCD with argocd repo add, or as a sealed Secret of its own',
  };
}

function definitionsName(name: string, { separateDefinitions = true }: ArgoCdDeliveryProps): Problem | undefined {
  return !separateDefinitions || dnsSubdomain('name', `${name}-crds`) === undefined ? undefined : {
    what: 'name', got: name, wanted: 'at most 248 characters: the Application of the definitions is named <name>-crds', next: 'shorten it, or set separateDefinitions: false',
  };
}

/** @see https://argo-cd.readthedocs.io/en/stable/user-guide/projects/#the-default-project */
function builtInProject(project: string, { createProject = true }: ArgoCdDeliveryProps): Problem | undefined {
  return project !== 'default' || !createProject ? undefined : {
    what: 'project',
    got: project,
    wanted: 'another name: that one is of ArgoCD itself, and every Application of others that belongs to it would be permitted nothing but what is emitted here',
    next: 'name another project, or set createProject: false',
  };
}

function windows({ createProject = true, syncWindows }: ArgoCdDeliveryProps): Problem | undefined {
  return createProject || syncWindows !== true ? undefined : {
    what: 'syncWindows',
    got: true,
    wanted: 'none with createProject: false: the windows are part of the AppProject, and nothing would be written',
    next: 'leave it out, and write the windows in your AppProject',
  };
}

function wildcard(what: string, got: string): Problem | undefined {
  return got.includes('*') || got.endsWith('/') ? { what, got, wanted: 'the name of one kind: with a pattern the project would permit what nobody emits' } : undefined;
}

function destination({ destination: { server, name } = {} }: ArgoCdDeliveryProps): Problem | undefined {
  if (server !== undefined && name !== undefined) {
    return secret('destination.server', server)
      ?? { what: 'destination', got: `${server} and ${name}`, wanted: 'a server or a name: ArgoCD refuses an Application with both', next: 'leave one out' };
  }
  return secret('destination.server', server ?? '') ?? (server !== undefined && !/^https?:\/\/[^\s*]+$/.test(server) ? { what: 'destination.server', got: server, wanted: 'the address of an API server' }
    : name !== undefined && (name === '' || /[*!]/.test(name)) ? { what: 'destination.name', got: name, wanted: 'the name of a cluster' } : undefined);
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
  return got === undefined || (Number.isInteger(got) && got >= least) ? undefined : {
    what, got: Number.isFinite(got) ? got : String(got), wanted: `a whole number, at least ${least}`,
  };
}
