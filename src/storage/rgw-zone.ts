import { Construct } from 'constructs';
import { deliver } from '../delivery';
import { Declarations, dnsLabel, Problem, Problems } from '../findings';
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
   * Whether realm, zone group and zone are emitted. Without, only the store names the zone. Realm and zone group are emitted once for all stores that
   * name them; where these disagree, an error is raised. A zone has one store that emits it: a second one writes `false`.
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
  const problems = Problems.of(store, 'RgwObjectStore');
  problems.add(taken(store, namespace, name));
  problems.refuse();
  problems.add(emitRealm(store, namespace, realm, pullEndpoint), emitZoneGroup(store, namespace, zoneGroup, realm));
  problems.refuse();
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

/** By the first store that names it; the others must mean the same. */
function emitRealm(store: Construct, namespace: string, realm: string, pullEndpoint: string | undefined): Problem | undefined {
  const first = Declarations.of(store).once(`CephObjectRealm ${namespace}/${realm}`, () => {
    kubeObject(store, 'Realm', 'CephObjectRealm', {
      metadata: deliver('CephObjectRealm', { name: realm, namespace }), spec: pullEndpoint === undefined ? undefined : { pull: { endpoint: pullEndpoint } },
    });
    return { path: store.node.path, pullEndpoint };
  });
  return first.pullEndpoint === pullEndpoint ? undefined : {
    what: 'zone.pullEndpoint',
    got: pullEndpoint,
    wanted: `${first.pullEndpoint ?? 'none'}, as '${first.path}' has it for the realm ${realm}`,
    next: 'write the same for both, or name another realm',
  };
}

function emitZoneGroup(store: Construct, namespace: string, zoneGroup: string, realm: string): Problem | undefined {
  const first = Declarations.of(store).once(`CephObjectZoneGroup ${namespace}/${zoneGroup}`, () => {
    kubeObject(store, 'ZoneGroup', 'CephObjectZoneGroup', { metadata: deliver('CephObjectZoneGroup', { name: zoneGroup, namespace }), spec: { realm } });
    return { path: store.node.path, realm };
  });
  return first.realm === realm ? undefined : {
    what: 'zone.realm',
    got: realm,
    wanted: `${first.realm}, as '${first.path}' has it for the zone group ${zoneGroup}`,
    next: 'write the same for both, or name another zone group',
  };
}

/** A zone has the pools of one store. */
function taken(store: Construct, namespace: string, zone: string): Problem | undefined {
  const owner = Declarations.of(store).reserve(store, `CephObjectZone ${namespace}/${zone}`);
  return owner === undefined ? undefined : {
    what: 'zone.name',
    got: zone,
    wanted: `a zone of its own: '${owner.node.path}' emits this one already`,
    next: 'name another one, or write create: false for a second store in the same zone',
  };
}
