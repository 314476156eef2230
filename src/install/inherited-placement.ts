import { LISTED_TOLERATIONS, VeleroRelease } from '../versions';
import { Placement, TaintEffect, Toleration } from './placement';

/** Tolerations of the server that its maintenance Jobs do not get. */
export function lostByJobs(release: VeleroRelease, placement: Placement): Toleration[] {
  return release.has('maintenance-inherits-tolerations') ? [] : lost(placement, release.has('maintenance-inherits-listed-tolerations'));
}

/** Tolerations of node-agent that the pods which move data do not get. */
export function lostByMovers(release: VeleroRelease, placement: Placement): Toleration[] {
  return lost(placement, release.has('data-mover-inherits-listed-tolerations'));
}

/** Of each listed key Velero takes the first. A taint that only asks for preference keeps nobody away, tolerated or not. */
function lost({ tolerations = [] }: Placement, listed: boolean): Toleration[] {
  const inherited = listed ? LISTED_TOLERATIONS.keys.map(key => tolerations.find(toleration => toleration.key === key)) : [];
  return tolerations.filter(toleration => toleration.effect !== TaintEffect.PREFER_NO_SCHEDULE && !inherited.includes(toleration));
}
