import { Construct } from 'constructs';
import { deliver } from '../delivery';
import { Declarations, dnsLabel, Problem } from '../findings';
import { wrongUrl } from './object-store-checks';
import type {
  CephObjectStoreSpecDataPool, CephObjectStoreSpecMetadataPool, CephObjectZoneSpecDataPool, CephObjectZoneSpecMetadataPool,
} from '../kube/ceph.rook.io';
import { kubeObject } from '../kube/object';

/** The place of a store among those of several Ceph clusters. */
export interface RgwZone {
  /** Name of the CephObjectZone. */
  readonly name: string;

  /**
   * Name of the CephObjectZoneGroup.
   *
   * @default - the name of the zone
   */
  readonly zoneGroup?: string;

  /**
   * Name of the CephObjectRealm.
   *
   * @default - the name of the zone group
   */
  readonly realm?: string;

  /**
   * Whether realm, zone group and zone are emitted, each once in an app. Without, only the store names the zone.
   *
   * @default true
   */
  readonly create?: boolean;

  /**
   * URL of a gateway of the realm's master zone in another Ceph cluster, which the realm is taken from with the keys in the Secret `<realm>-keys`.
   * http:// or https://, host, optional port. A path, a query or a user raises an error.
   *
   * @default - the realm begins here
   */
  readonly pullEndpoint?: string;

  /**
   * URLs at which gateways of other zones reach this one: http:// or https://, host, optional port. A path, a query or a user raises an error.
   *
   * @default - the Service of the store, which other Kubernetes clusters cannot reach
   */
  readonly customEndpoints?: string[];
}

/** How Ceph keeps what is in a zone. */
export interface ZonePools {
  readonly metadataPool: CephObjectStoreSpecMetadataPool;
  readonly dataPool: CephObjectStoreSpecDataPool;
}

export function wrongZone(zone: RgwZone | undefined): (Problem | undefined)[] {
  if (zone === undefined) {
    return [];
  }
  const { name, zoneGroup, realm, create = true, pullEndpoint, customEndpoints = [] } = zone;
  const named = Object.entries({ name, zoneGroup, realm }).map(([what, got]) => got === undefined ? undefined : dnsLabel(`zone.${what}`, got));
  const urls = [...pullEndpoint === undefined ? [] : [{ what: 'zone.pullEndpoint', got: pullEndpoint }],
    ...customEndpoints.map((got, index) => ({ what: `zone.customEndpoints[${index}]`, got }))];
  return [
    ...named,
    ...urls.map(({ what, got }) => wrongUrl(what, got, 'RGW adds the paths that it asks for')),
    create || urls.length === 0 ? undefined : { what: urls[0].what, wanted: 'a zone that is emitted here', next: 'leave it out, or leave out create: false' },
  ];
}

/** The objects that a zone is made of; Rook waits with each for the one before. */
export function emitZone(store: Construct, namespace: string, zone: RgwZone, pools: ZonePools): void {
  const { name, create = true, zoneGroup = name, realm = zoneGroup, pullEndpoint, customEndpoints } = zone;
  if (!create) {
    return;
  }
  const claim = (kind: string, of: string) => Declarations.of(store).claim(store, kind, namespace, of);
  claim('CephObjectRealm', realm);
  claim('CephObjectZoneGroup', zoneGroup);
  claim('CephObjectZone', name);
  kubeObject(store, 'Realm', 'CephObjectRealm', {
    metadata: deliver('CephObjectRealm', { name: realm, namespace }), spec: pullEndpoint === undefined ? undefined : { pull: { endpoint: pullEndpoint } },
  });
  kubeObject(store, 'ZoneGroup', 'CephObjectZoneGroup', { metadata: deliver('CephObjectZoneGroup', { name: zoneGroup, namespace }), spec: { realm } });
  kubeObject(store, 'Zone', 'CephObjectZone', {
    metadata: deliver('CephObjectZone', { name, namespace }),
    spec: {
      zoneGroup,
      metadataPool: pools.metadataPool as CephObjectZoneSpecMetadataPool,
      dataPool: pools.dataPool as CephObjectZoneSpecDataPool,
      customEndpoints,
      preservePoolsOnDelete: true,
    },
  });
}
