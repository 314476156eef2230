import { Duration } from 'cdk8s';

/**
 * A duration as Go prints it (`168h0m0s`): what Velero's own client writes back, so that nothing ever drifts.
 *
 * @see https://pkg.go.dev/time#Duration.String
 */
export function goDuration(duration: Duration): string {
  const { hours, minutes, seconds } = parts(duration);
  return hours > 0 ? `${hours}h${minutes}m${seconds}s` : minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}

/** The same without what is zero (`168h`), for annotations that people read. */
export function shortGoDuration(duration: Duration): string {
  const { hours, minutes, seconds } = parts(duration);
  return `${hours ? `${hours}h` : ''}${minutes ? `${minutes}m` : ''}${seconds ? `${seconds}s` : ''}` || '0s';
}

function parts(duration: Duration): { hours: number; minutes: number; seconds: number } {
  const total = duration.toSeconds();
  return { hours: Math.floor(total / 3600), minutes: Math.floor(total / 60) % 60, seconds: total % 60 };
}
