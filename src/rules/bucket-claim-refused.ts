import { type BackupModel, claimsBucketOf, type ObjectBucketClaim } from '../model';
import { ROOK_ALLOWED_FIELDS, ROOK_GATED_FIELDS, ROOK_OPERATOR_CONFIG, rookHas } from '../versions';
import { claimedBucket } from './examples';
import { type Rule, type Verdict } from './rule';

const { configMap: CONFIG_MAP, key: KEY, chartValue: CHART_VALUE } = ROOK_OPERATOR_CONFIG;

export const rule: Rule = {
  id: 'bucket-claim-refused',
  severities: ['error', 'warning'],
  title: 'The claim of a bucket asks for what the operator of Rook allows only where it is told to',
  goesWrong: 'From 1.17 on Rook refuses a claim that asks for more than `maxObjects` and `maxSize`, because whoever may write a claim could take any bucket or lock everybody out of one. '
    + 'It stays `Pending`, the log of the operator says `OBC config "bucketOwner" is not allowed`, and no bucket is made: the location is `Unavailable` (`NoSuchBucket`), and nothing is '
    + 'saved. Rook 1.16 takes the fields that it knows, older releases read past them.',
  fix: `let the operator allow these fields: in the value ${CHART_VALUE} of its chart, or as ${KEY} in its ConfigMap ${CONFIG_MAP}`,
  reference: 'https://rook.io/docs/rook/v1.20/Storage-Configuration/Object-Storage-RGW/ceph-object-bucket-claim/; rook v1.20.6 '
    + 'pkg/operator/ceph/object/bucket/util.go:93-161, pkg/operator/ceph/controller/controller_utils.go:59',
  check: model => model.bucketClaims.all
    .filter(claim => refuses(claim) && model.locations.all.some(location => claimsBucketOf(claim, location)))
    .flatMap(claim => judged(model, claim)),
  install: '1.18.3',
  bad: () => claimedBucket([], '{ bucketOwner: velero }'),
  good: () => claimedBucket(['bucketOwner'], '{ bucketOwner: velero }'),
};

/** The constructs say which Rook they are for; where nobody says it, it is one of today. */
function refuses({ manifest }: ObjectBucketClaim): boolean {
  const version = manifest.annotations['cdk8s-velero/rook-version'] ?? '';
  return !/^\d+\.\d+\.\d+$/.test(version) || rookHas(version, 'bucket-fields-refused');
}

function judged(model: BackupModel, { manifest, additionalConfig }: ObjectBucketClaim): Verdict[] {
  const gated = ROOK_GATED_FIELDS.filter(field => field in additionalConfig);
  const configs = model.configMaps.all.filter(({ name }) => name === CONFIG_MAP);
  const [config] = configs;
  // Without the key it is what it is without the ConfigMap; each operator has its own.
  const lists = configs.map(({ data }) => (data[KEY] ?? ROOK_ALLOWED_FIELDS.join(',')).split(','));
  const missing = gated.filter(field => lists.length === 0 || lists.some(list => !list.includes(field)));
  return missing.length === 0 ? [] : [{
    on: manifest,
    what: 'spec.additionalConfig',
    got: missing,
    wanted: config === undefined
      ? `an operator that allows ${missing.join(' and ')}: its ConfigMap ${CONFIG_MAP} is not here to tell`
      : `only what ${config.manifest} allows: ${lists[0].join(',')}`,
    severity: config === undefined ? 'warning' : 'error',
  }];
}
