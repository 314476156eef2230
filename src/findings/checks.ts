import { Duration } from 'cdk8s';
import { Problem } from './problems';

/** Longest value of a label. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const LABEL_LENGTH = 63;
/** Longest name of most objects. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
const SUBDOMAIN_LENGTH = 253;

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const QUALIFIED = `at most ${LABEL_LENGTH} letters, digits, "-", "_" and ".", after an optional DNS prefix and "/"`;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
/** Go keeps a duration as nanoseconds in 64 bits: 2^63 - 1 of them are 292 years. */
const LONGEST = { seconds: 9_223_372_036, text: '2562047h47m16s' };
/** @see https://github.com/kubernetes/apimachinery/blob/v0.31.0/pkg/api/resource/quantity.go, the grammar in the comment of Quantity */
const QUANTITY = /^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;

/** A namespace or another name that becomes part of a host name. */
export function dnsLabel(what: string, got: string): Problem | undefined {
  return matches(got, DNS_LABEL, LABEL_LENGTH) ? undefined : {
    what, got, wanted: `at most ${LABEL_LENGTH} lower-case letters, digits and "-", beginning and ending with a letter or digit`,
  };
}

/** The name of most objects. */
export function dnsSubdomain(what: string, got: string): Problem | undefined {
  return matches(got, DNS_SUBDOMAIN, SUBDOMAIN_LENGTH) ? undefined : {
    what, got, wanted: `at most ${SUBDOMAIN_LENGTH} lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit`,
  };
}

/** The value of a label; may be empty. */
export function labelValue(what: string, got: string): Problem | undefined {
  return matches(got, LABEL_VALUE, LABEL_LENGTH) ? undefined : {
    what, got, wanted: `a label value: at most ${LABEL_LENGTH} letters, digits, "-", "_" and ".", beginning and ending with a letter or digit`,
  };
}

/** The key of a label, with or without a prefix. */
export function labelKey(what: string, got: string): Problem | undefined {
  return isQualified(got) ? undefined : { what, got, wanted: `a label key: ${QUALIFIED}` };
}

/** The labels of an object. */
export function labels(what: string, got: { [key: string]: string } | undefined): (Problem | undefined)[] {
  return got ? Object.keys(got).map(key => labelKey(what, key) ?? labelValue(`${what}['${key}']`, got[key])) : [];
}

/** The annotations of an object: Kubernetes looks at the keys alone, in lower case. */
export function annotations(what: string, got: { [key: string]: string } | undefined): (Problem | undefined)[] {
  return got ? Object.keys(got).map(key => isQualified(key.toLowerCase()) ? undefined : { what, got: key, wanted: `an annotation key: ${QUALIFIED}` }) : [];
}

/** A duration that Velero's fields can hold; they are written in whole seconds, and 0 means "the server's default" there. */
export function wholeSeconds(what: string, got: Duration | undefined): Problem | undefined {
  if (got === undefined) {
    return undefined;
  }
  // Callers without types pass strings such as "30d", which Velero's server fails to decode for all schedules at once.
  if (typeof got.toMilliseconds !== 'function') {
    return { what, got, wanted: 'a Duration, such as Duration.days(30)' };
  }
  const milliseconds = got.toMilliseconds({ integral: false });
  const told = `${milliseconds / 1000}s`;
  if (milliseconds > LONGEST.seconds * 1000) {
    return { what, got: told, wanted: `at most ${LONGEST.text}, the longest duration that Go has` };
  }
  return milliseconds > 0 && milliseconds % 1000 === 0 ? undefined : { what, got: told, wanted: 'a whole number of seconds, at least 1' };
}

/** An amount of cpu, memory or storage. */
export function quantity(what: string, got: string | undefined): Problem | undefined {
  return got === undefined || (typeof got === 'string' && QUANTITY.test(got) && !got.startsWith('-')) ? undefined : {
    what, got, wanted: 'a Kubernetes quantity such as 500m, 2, 512Mi or 1Gi',
  };
}

function isQualified(got: string): boolean {
  if (typeof got !== 'string') {
    return false;
  }
  const slash = got.indexOf('/');
  return matches(got.slice(slash + 1), LABEL_NAME, LABEL_LENGTH) && (slash === -1 || matches(got.slice(0, slash), DNS_SUBDOMAIN, SUBDOMAIN_LENGTH));
}

/** Callers without types pass anything, also what `pattern.test` would take for the text that it prints as. */
function matches(value: string, pattern: RegExp, length: number): boolean {
  return typeof value === 'string' && value.length <= length && pattern.test(value);
}
