import { Problem } from '../findings';
import { SERVER_MOUNTS } from './server-deployment';

/** What Velero's image has itself, and what the runtime puts into every container: a volume there would hide it. */
const IN_THE_IMAGE = [
  '/bin', '/dev', '/etc', '/lib', '/lib64', '/proc', '/root', '/run', '/sbin', '/sys', '/usr', '/var', '/velero', '/velero-helper', '/velero-restore-helper',
];

/**
 * A path that a volume can be mounted from or at.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go, validatePathNoBacksteps, ValidateVolumeMounts
 */
export function absolutePath(what: string, got: string | undefined, example: string): Problem | undefined {
  const fine = got === undefined || (/^(\/[^/:\s]+)+$/.test(got) && !got.split('/').some(part => part === '.' || part === '..'));
  return fine ? undefined : { what, got, wanted: `an absolute path without "..", ":", blanks and a slash at its end, such as ${example}` };
}

/** A folder of the server's container where nothing else is. */
export function pluginDirectory(what: string, got: string | undefined): Problem | undefined {
  const malformed = absolutePath(what, got, '/plugins');
  if (got === undefined || malformed) {
    return malformed;
  }
  const other = [...SERVER_MOUNTS.map(({ mountPath }) => mountPath), ...IN_THE_IMAGE].find(path => within(path, got) || within(got, path));
  return other === undefined ? undefined : { what, got, wanted: `a folder of its own, such as /plugins, apart from ${other}`, next: 'leave it out or choose another' };
}

function within(path: string, folder: string): boolean {
  return `${path}/`.startsWith(`${folder}/`);
}
