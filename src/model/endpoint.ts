import { parsedUrl } from './url';

/** Where an S3 service answers. */
export interface Endpoint {
  /** As it was written. */
  readonly url: string;

  /** Scheme, host and port, as short as they can be written: nothing of it is secret. */
  readonly origin: string;
  readonly tls: boolean;

  /** In small letters, without the port. */
  readonly host: string;

  /** With its port, however it was written: two spellings of one service are the same. */
  readonly authority: string;

  /** Whether it writes the port that its scheme has without it too: `http://s3:80`. */
  readonly namesDefaultPort: boolean;

  /** Without the slash that a URL may end in: empty for most. */
  readonly path: string;

  /** Whether it is Amazon's own. */
  readonly isAws: boolean;
}

/** A Service of the cluster, whose name nothing outside resolves. */
export interface ServiceName {
  readonly name: string;
  readonly namespace: string;
}

const AWS_HOST = /(^|\.)(amazonaws\.com(\.cn)?|api\.aws|c2s\.ic\.gov|sc2s\.sgov\.gov)$/;

/** As whoever signs a request knows it: digit by digit. */
const DEFAULT_PORT = /^(?:http:\/\/[^/?#]*:80|https:\/\/[^/?#]*:443)(?=[/?#]|$)/i;

/** Nothing for what the plugin for AWS refuses: it wants http:// or https:// and a host. */
export function readEndpoint(url: string): Endpoint | undefined {
  const parsed = /^https?:\/\/\S+$/i.test(url) ? parsedUrl(url) : undefined;
  if (parsed === undefined) {
    return undefined;
  }
  const { origin, protocol, hostname, port, pathname } = parsed;
  const tls = protocol === 'https:';
  const host = hostname.replace(/\.$/, '');
  const authority = `${host}:${port || (tls ? 443 : 80)}`;
  return { url, origin, tls, host, authority, namesDefaultPort: DEFAULT_PORT.test(url), path: pathname.replace(/\/$/, ''), isAws: AWS_HOST.test(host) };
}

/**
 * The Service that a host name stands for: `minio.storage.svc`, `minio.storage.svc.cluster.local`, the pod `minio-0.minio.storage.svc` of one, and
 * `minio` in the namespace of whoever asks. `minio.storage` may be a name of the world: it counts where that namespace is known.
 */
export function serviceOf(host: string, from: string, isNamespace: (name: string) => boolean): ServiceName | undefined {
  const [first, second] = host.split('.');
  if (second === undefined) {
    return host === 'localhost' || host.startsWith('[') ? undefined : { name: first, namespace: from };
  }
  const [, name, namespace] = /^(?:[^.]+\.)?([^.]+)\.([^.]+)\.svc(?:\.cluster\..+|\.(?:.*\.)?local)?$/.exec(host) ?? [];
  if (name !== undefined) {
    return { name, namespace };
  }
  return host === `${first}.${second}` && isNamespace(second) ? { name: first, namespace: second } : undefined;
}
