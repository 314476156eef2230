import { type BackupModel, type Endpoint, type ImageReference, type Location, readEndpoint, shownUrl, shownValue } from '../model';
import { type LocationConfigKey, tables } from '../versions';
import { defaultLocation } from './examples';
import { nearest } from './nearest';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'location-config',
  severities: ['error'],
  title: 'A location is configured in a way that its plugin or the uploader refuses',
  goesWrong: 'The plugin refuses a key of `config` that it does not know (`config has invalid keys`), and so the whole location: it stays `Unavailable`, nothing is saved to it and '
    + 'nothing restored. `prefix` and `bucket` in `config` are taken and ignored, and the backups lie elsewhere than whoever wrote them believes. With an `s3Url` there is no '
    + 'region to find out and every request fails (`A region must be set when sending requests to S3`); without path style the bucket becomes part of the host name, '
    + 'which the DNS of a cluster does not know. A path in the URL the plugin bears, but the uploader does not (`path is not expected in s3Url`): '
    + 'objects are saved, volumes are not; a store that takes the path for a bucket, as Ceph does, knows none of that name. In all versions.',
  fix: 'write it as the plugin and the uploader read it',
  reference: 'velero-plugin-for-aws v1.14.3 velero-plugin-for-aws/object_store.go:96-200; velero v1.18.3 pkg/plugin/framework/validation.go:27-55, '
    + 'pkg/persistence/object_store.go:133-162, pkg/repository/provider/unified_repo.go:584-595',
  check: model => model.locations.all.flatMap(location => [
    ...slashInBucket(location),
    ...location.usesAwsPlugin ? wrongConfig(model, location) : [],
  ]),
  install: '1.18.3',
  bad: () => defaultLocation('region: eu-central-1, checksumAlgoritm: ""'),
  good: () => defaultLocation('region: eu-central-1, checksumAlgorithm: ""'),
};

function wrongConfig(model: BackupModel, location: Location): Verdict[] {
  return [...wrongKeys(model, location), ...wrongValues(model, location), ...wrongUrls(location), ...wrongStyle(model, location)];
}

/** Slashes at the ends are taken off. */
function slashInBucket({ manifest, bucket }: Location): Verdict[] {
  const [name, ...folders] = (bucket ?? '').split('/').filter(step => step !== '');
  return folders.length === 0 ? [] : [{
    on: manifest,
    what: 'spec.objectStorage.bucket',
    got: bucket,
    wanted: 'the name of a bucket, without a slash: Velero takes no folder here',
    next: bucket!.includes('://') ? 'write its name alone; a folder in it is the prefix' : `write ${name}, and ${folders.join('/')} as prefix`,
  }];
}

/** Silent where another plugin than the known one may be what takes them. */
function wrongKeys(model: BackupModel, { manifest, config, namespace }: Location): Verdict[] {
  const version = pluginFor(model, namespace)?.version;
  if (model.installIn(namespace)?.plugins.length && pluginFor(model, namespace) === undefined) {
    return [];
  }
  const { LOCATION_CONFIG_KEYS, locationConfigKeys } = tables.plugins();
  const known = version === undefined ? new Map(LOCATION_CONFIG_KEYS.map(key => [key.name, key])) : locationConfigKeys(version);
  return Object.keys(config).flatMap(key => {
    const what = `spec.config.${key}`;
    if (key === 'prefix' || key === 'bucket') {
      const { injected } = known.get(key)!;
      return [{ on: manifest, what, got: config[key], wanted: `it in spec.${injected}: Velero puts the value of that in its place`, next: 'move it there' }];
    }
    return known.has(key) ? [] : [{
      on: manifest,
      what,
      wanted: `a key that ${version === undefined ? 'the plugin for AWS' : `version ${version} of the plugin for AWS`} knows: for any other it refuses the whole location`,
      next: meant(key, known),
    }];
  });
}

function meant(key: string, known: ReadonlyMap<string, LocationConfigKey>): string {
  const near = nearest(key, known.keys());
  return near === undefined ? 'take it away' : `write ${near}`;
}

function pluginFor(model: BackupModel, namespace: string): ImageReference | undefined {
  return model.installIn(namespace)?.plugins.find(({ name }) => name === 'velero-plugin-for-aws');
}

/** As strconv.ParseBool of Go reads it; the plugin takes an empty value for none. */
const TRUTH = /^(|1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;

function wrongValues(model: BackupModel, { manifest, config, namespace }: Location): Verdict[] {
  const truths = ['s3ForcePathStyle', 'insecureSkipTLSVerify'].filter(key => Object.hasOwn(config, key) && !TRUTH.test(config[key]));
  return [
    ...truths.map(key => ({ on: manifest, what: `spec.config.${key}`, got: config[key], wanted: '"true" or "false": the plugin refuses the location for any other' })),
    ...wrongAlgorithm(model, manifest, config, namespace),
  ];
}

function wrongAlgorithm(model: BackupModel, on: Location['manifest'], config: Location['config'], namespace: string): Verdict[] {
  const rows = tables.plugins().LOCATION_CONFIG_KEYS.filter(({ name }) => name === 'checksumAlgorithm');
  const version = pluginFor(model, namespace)?.version;
  const row = version === undefined ? rows.at(-1) : tables.plugins().locationConfigKeys(version).get('checksumAlgorithm');
  const values = row?.values ?? [];
  const got = Object.hasOwn(config, 'checksumAlgorithm') ? config.checksumAlgorithm : undefined;
  return got === undefined || values.length === 0 || values.includes(got) ? [] : [{
    on, what: 'spec.config.checksumAlgorithm', got, wanted: `one of ${values.filter(value => value !== '').join(', ')}, in capital letters, or "" for none`,
  }];
}

/** The public URL only signs what people download: it may have a path. */
function wrongUrls({ manifest, config, endpoint }: Location): Verdict[] {
  const unreadable = ['s3Url', 'publicUrl'].filter(key => Object.hasOwn(config, key) && config[key] !== '' && readEndpoint(config[key]) === undefined);
  return [
    ...unreadable.map(key => ({ on: manifest, what: `spec.config.${key}`, got: shownUrl(config[key]), wanted: 'a URL that begins with http:// or https://, with a host' })),
    ...endpoint === undefined || endpoint.path === '' ? [] : [{
      on: manifest,
      what: 'spec.config.s3Url',
      got: config.s3Url,
      wanted: 'a URL without a path: the uploader refuses it, so that no volume is saved',
      next: `write ${endpoint.origin}; a folder in the bucket is the prefix`,
    }],
  ];
}

function wrongStyle(model: BackupModel, location: Location): Verdict[] {
  const { manifest, config, endpoint } = location;
  if (endpoint === undefined) {
    return [];
  }
  return [
    ...hasRegion(model, location) ? [] : [{
      on: manifest,
      what: 'spec.config.region',
      got: config.region,
      wanted: 'a region to sign requests for: the plugin finds none out where there is an s3Url, and every request fails',
      next: endpoint.isAws ? 'write the region of the bucket' : 'write us-east-1, which most stores take',
    }],
    ...bucketInHostName(model, location, endpoint),
  ];
}

/** The SDK takes it from a variable of the server and from the file of the credential too. */
function hasRegion(model: BackupModel, { namespace, config, credential }: Location): boolean {
  const container = model.installIn(namespace)?.server?.container;
  const variables = container?.env.some(({ name }) => name === 'AWS_REGION' || name === 'AWS_DEFAULT_REGION') || container?.fields.has('envFrom');
  const secret = credential?.name === undefined ? undefined : model.secrets.get(namespace, credential.name);
  const file = secret && shownValue(secret, credential?.key ?? '');
  return !!config.region || !!variables || /^\s*region\s*=/m.test(file ?? '');
}

/**
 * Only for names of the cluster: a store outside may well have a name for each bucket, and some take nothing else.
 *
 * @see aws-sdk-go-v2 service/s3 v1.48.0 endpoints.go: for an address, and a bucket whose name is no part of a host name, it uses the path by itself
 */
function bucketInHostName(model: BackupModel, location: Location, { host }: Endpoint): Verdict[] {
  const { manifest, config, bucket = '' } = location;
  const isOn = /^(1|t|T|TRUE|true|True)$/.test(config.s3ForcePathStyle ?? '');
  return isOn || !TRUTH.test(config.s3ForcePathStyle ?? '') || !/^[a-z0-9-]{3,63}$/.test(bucket) || model.serviceOf(location) === undefined ? [] : [{
    on: manifest,
    what: 'spec.config.s3ForcePathStyle',
    got: config.s3ForcePathStyle,
    wanted: `"true": without it the plugin asks for ${bucket}.${host}, a name that the DNS of the cluster does not have`,
  }];
}
