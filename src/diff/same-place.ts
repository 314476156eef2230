import { type Location } from '../model';

/** Whether two locations are one folder of one bucket of one store, under whatever name, port or scheme. */
export function isSamePlace(one: Location, other: Location): boolean {
  const isSameStore = one.endpoint === undefined || other.endpoint === undefined ? one.config.s3Url === other.config.s3Url
    : one.endpoint.host === other.endpoint.host && one.endpoint.path === other.endpoint.path;
  return bareProvider(one) === bareProvider(other) && one.bucket === other.bucket && one.folder === other.folder && isSameStore;
}

function bareProvider({ provider }: Location): string | undefined {
  return provider?.replace(/^velero\.io\//, '');
}
