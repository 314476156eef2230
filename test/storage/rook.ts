import { Chart, Testing } from 'cdk8s';
import { type ICredential } from '../../src/credentials/credential';
import { RgwObjectStore } from '../../src/storage/rgw-object-store';
import { IRgwObjectStore } from '../../src/storage/rgw-store';
import { RookVersion } from '../../src/storage/rook-version';
import { ROOK_RELEASES, schemaErrors } from '../schema';

export const NEWEST = RookVersion.of('1.20.6');

/** A Secret that somebody else brings. */
export const CREDENTIAL: ICredential = { secretName: 'velero-s3', namespace: 'velero', secretKey: 'cloud' };

export function chart(): Chart {
  return new Chart(Testing.app(), 'test');
}

/** A store that takes users of every namespace. */
export function existing(version = NEWEST): IRgwObjectStore {
  return RgwObjectStore.fromExisting({ name: 'store', version, allowUsersInNamespaces: ['*'] });
}

/** What the definitions of the Rook that is named, or of the nearest older one, say of objects; other kinds are no concern of theirs. */
export function rookErrors(objects: any[], { minor }: RookVersion = NEWEST): string[] {
  const definitions = ROOK_RELEASES.filter(release => Number(release.split('.')[1]) <= Number(minor.split('.')[1])).at(-1)!;
  const own = objects.filter(({ apiVersion }) => /^(ceph\.rook|objectbucket)\.io\//.test(apiVersion));
  return own.flatMap(object => schemaErrors(object, `Rook ${definitions}`).map(error => `${object.kind} ${object.metadata.name}: ${error}`));
}
