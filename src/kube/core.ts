import type * as k8s from 'cdk8s-plus-28/lib/imports/k8s';

/**
 * The typed L1 classes of Kubernetes' own kinds.
 *
 * Loaded on first use: they are 2.7 MB of JavaScript, which an app that only declares schedules need not pay for.
 */
export function core(): typeof k8s {
  return require('cdk8s-plus-28/lib/imports/k8s');
}
