import { type BackupModel, isNamespacePattern, type Location, type Schedule, type ServiceName } from '../model';
import { schedule } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'location-single-domain',
  severities: ['warning'],
  title: 'The only copy lies in the object store of the cluster whose volumes it is to replace',
  goesWrong: 'Nothing, until the cluster or its storage is lost: then the backups are lost with what they were made of. A deleted namespace comes back from such a copy; a burnt server, a '
    + 'broken Ceph, a wrong command with the rights of an administrator or an encrypted disk takes both. Velero says `Completed` all the while. In all versions.',
  fix: 'save these namespaces to a second location outside of the cluster too, if only once a week',
  reference: 'https://velero.io/docs/main/locations/; docs/RULES.md',
  check: model => {
    const inside = model.locations.all.filter(location => isInside(model, location));
    return inside.length === 0 ? [] : alone(copiesOf(model, inside));
  },
  install: '1.18.3',
  bad: () => example(),
  good: () => [example(), elsewhere(), schedule({ name: 'weekly', spec: { schedule: '40 3 * * 0' }, template: { storageLocation: 'away' } })].join('---\n'),
};

/** A Service can stand for something outside: then it has another name for it, or no pods of this cluster. */
function isInside(model: BackupModel, location: Location): boolean {
  const service = model.serviceOf(location);
  return service !== undefined && !isElsewhere(model, service);
}

function isElsewhere(model: BackupModel, { name, namespace }: ServiceName): boolean {
  const service = model.ofKind('/Service').find(manifest => manifest.name === name && manifest.namespace === namespace);
  const store = model.objectStores.in(namespace).find(each => name === `rook-ceph-rgw-${each.name}`);
  const external = store?.manifest.spec.object('gateway').objects('externalRgwEndpoints').length ?? 0;
  return external > 0 || (service !== undefined && (service.spec.string('type') === 'ExternalName' || Object.keys(service.spec.stringMap('selector')).length === 0));
}

/** The schedules by where their backups go. */
interface Copies {
  readonly inside: ReadonlyMap<Location, readonly Schedule[]>;
  readonly outside: readonly Schedule[];
}

/** A paused schedule copies nothing. A location that the input does not have may be anywhere: it counts as one outside. */
function copiesOf(model: BackupModel, locations: readonly Location[]): Copies {
  const inside = new Map(locations.map(location => [location, [] as Schedule[]]));
  const outside: Schedule[] = [];
  for (const each of model.schedules.all.filter(({ paused }) => !paused)) {
    const location = model.locationOf(each.namespace, each.template);
    ((location && inside.get(location)) ?? outside).push(each);
  }
  return { inside, outside };
}

function alone({ inside, outside }: Copies): Verdict[] {
  const named = new Set(outside.flatMap(({ template }) => template.includedNamespaces));
  const wide = outside.filter(({ template }) => template.coversAllNamespaces || template.includedNamespaces.some(isNamespacePattern));
  const isAway = (namespace: string) => named.has(namespace) || wide.some(({ template }) => template.covers(namespace));
  const isAllAway = wide.some(({ template }) => template.coversAllNamespaces);
  return [...inside].flatMap(([location, schedules]) => {
    const all = !isAllAway && schedules.some(({ template }) => template.coversAllNamespaces);
    const names = new Set(schedules.flatMap(({ template }) => template.coversAllNamespaces ? [] : template.includedNamespaces));
    const lonely = all ? ['all namespaces'] : [...names].filter(name => !isAway(name));
    return lonely.length === 0 ? [] : [verdictOf(location, lonely)];
  });
}

function verdictOf({ manifest, config }: Location, namespaces: readonly string[]): Verdict {
  const names = namespaces.slice(0, 5).join(', ') + (namespaces.length > 5 ? ` and ${namespaces.length - 5} more` : '');
  return { on: manifest, what: 'spec.config.s3Url', got: config.s3Url, wanted: `a second location outside of this cluster for ${names}: here lies the only copy` };
}

function example(): string {
  return `${schedule()}---
apiVersion: velero.io/v1
kind: BackupStorageLocation
metadata: { name: offsite, namespace: velero }
spec:
  provider: aws
  default: true
  objectStorage: { bucket: backups, prefix: production }
  config:
    region: us-east-1
    s3Url: http://minio.storage.svc:9000
    publicUrl: https://s3.example.org
    s3ForcePathStyle: "true"
    checksumAlgorithm: ""
  credential: { name: velero-s3-credentials, key: cloud }
`;
}

function elsewhere(): string {
  return `apiVersion: velero.io/v1
kind: BackupStorageLocation
metadata: { name: away, namespace: velero }
spec:
  provider: aws
  objectStorage: { bucket: copies, prefix: production }
  config: { region: eu-central-1 }
  credential: { name: velero-s3-credentials, key: cloud }
`;
}
