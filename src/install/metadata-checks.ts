import { labels, Problem, Problems } from '../findings';

/** Labels that ArgoCD tracks by: it would prune what carries them. */
const TRACKED = ['app.kubernetes.io/instance'];

/**
 * Refuses labels that the API server would refuse, and those that are taken.
 *
 * @param taken labels that something else sets or finds objects by
 */
export function checkLabels(problems: Problems, what: string, given: { [name: string]: string } = {}, taken: readonly string[] = TRACKED): void {
  problems.add(...labels(what, given), ...taken.filter(name => name in given).map(name => reserved(`${what}['${name}']`, given[name])));
}

/** A name that the user must not set. */
export function reserved(what: string, got: string): Problem {
  return { what, got, wanted: 'a name that Velero, ArgoCD or this library does not use itself', next: 'leave it out' };
}
