import fc from 'fast-check';
import { modelOf, objectsIn } from './judged';
import { installation, judge, RULES } from '../../src/rules';
import { schedule } from '../../src/rules/examples';
import { releaseOf } from '../../src/versions';

/** Names that rules look for, so that chance finds its way into them; and text that trips parsers. */
const WORDS = [
  'velero', 'node-agent', 'server', '--uploader-type', '--uploader-type=restic', '--features=EnableCSI', 'velero/velero:v1.14.1', 'velero/velero:v1.99.0',
  'velero/velero:v01.014.1', 'velero-repo-credentials', 'repository-password', 'offsite', 'nightly', 'shop', '*', '{a,{b', '[z-a]', '*a*a*a*a*a*a*b', '0 2 * * *',
  'CRON_TZ=No/Where * * * * *', '@every 0.1ns', '30d', '720h', '', ' ', '[', '["/bin/sh"]', '\u0000', 'constructor', '__proto__', 'true', 'v1', 'aws',
  'version: v1\nvolumePolicies: 5', 'a: &a [*a]', '{{', 'kind: [',
];
const word = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...WORDS) }, fc.string());
const value = fc.letrec(tie => ({
  any: fc.oneof(
    { maxDepth: 3 },
    word,
    fc.constantFrom(null, true, false, 0, -1, 1.5, 1e308, NaN),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(word, tie('any'), { maxKeys: 3 }),
  ),
})).any;

/** One object of every kind that is read, each as its definition has it or as its reader expects it. */
const SEEDS: any[] = [
  ...objectsIn(`${installation('1.18.3')}---\n${schedule({ annotations: { 'cdk8s-velero/rpo': '24h' } })}`),
  ...releaseOf('1.18.3').customResourceDefinitions().map(definition => ({
    apiVersion: `velero.io/${definition.spec.versions[0].name}`,
    kind: definition.spec.names.kind,
    metadata: { name: 'any', namespace: 'velero' },
    ...sample(definition.spec.versions[0].schema.openAPIV3Schema),
  })),
  ...[
    ['apps/v1', 'StatefulSet'], ['apps/v1', 'ReplicaSet'], ['v1', 'Pod'], ['batch/v1', 'Job'], ['batch/v1', 'CronJob'], ['v1', 'PersistentVolumeClaim'],
    ['v1', 'Secret'], ['v1', 'ConfigMap'], ['external-secrets.io/v1', 'ExternalSecret'], ['postgresql.cnpg.io/v1', 'Cluster'],
    ['networking.k8s.io/v1', 'NetworkPolicy'], ['monitoring.coreos.com/v1', 'PrometheusRule'], ['argoproj.io/v1alpha1', 'Application'], ['argoproj.io/v1alpha1', 'AppProject'],
    ['ceph.rook.io/v1', 'CephObjectStore'], ['ceph.rook.io/v1', 'CephObjectStoreUser'], ['objectbucket.io/v1alpha1', 'ObjectBucketClaim'],
    ['v1', 'List'], ['example.org/v1', 'Unknown'],
  ].map(([apiVersion, kind]) => ({
    apiVersion,
    kind,
    metadata: { name: 'any', namespace: 'velero', labels: {}, annotations: {}, ownerReferences: [] },
    spec: {
      template: { metadata: {}, spec: { containers: [{}], volumes: [{}] } },
      groups: [{ rules: [{}] }],
      data: [{}],
      target: {},
      syncPolicy: {},
      source: { path: '.', directory: {} },
      sources: [{}],
      destination: {},
      sourceRepos: ['*'],
      destinations: [{}],
      clusterResourceWhitelist: [{}],
    },
    data: {},
    items: [],
  })),
];

/** A value of a schema with every field, so that each can be put wrong. */
function sample(schema: any): any {
  if (schema?.properties) {
    return Object.fromEntries(Object.entries(schema.properties).filter(([name]) => !['apiVersion', 'kind', 'metadata'].includes(name))
      .map(([name, field]) => [name, sample(field)]));
  }
  switch (schema?.type) {
    case 'array': return [sample(schema.items)];
    case 'object': return {};
    case 'boolean': return true;
    case 'integer': return 1;
    default: return 'any';
  }
}

/** Every place of an object that a value can be put into. */
function placesOf(object: any, path: (string | number)[] = []): (string | number)[][] {
  return typeof object !== 'object' || object === null ? [path] : [path, ...Object.keys(object).flatMap(key => placesOf(object[key], [...path, key]))];
}

function put(object: any, [step, ...rest]: readonly (string | number)[], replacement: unknown): any {
  if (step === undefined) {
    return replacement;
  }
  const copy = Array.isArray(object) ? [...object] : { ...object };
  copy[step] = put(copy[step], rest, replacement);
  return copy;
}

const PLACES = SEEDS.flatMap((seed, index) => placesOf(seed).map(path => ({ index, path })));
const changes = fc.array(fc.record({ place: fc.constantFrom(...PLACES), replacement: value }), { minLength: 1, maxLength: 6 });

test('random values in every field of every kind give findings or silence, never an exception', () => {
  fc.assert(fc.property(changes, wrong => {
    const objects = wrong.reduce((all, { place: { index, path }, replacement }) => put(all, [index, ...path], replacement), SEEDS);
    const model = modelOf(objects);
    const judged = { rules: RULES, judgements: judge(model) };
    // Not through `judge` alone: it turns what a rule throws into a finding.
    RULES.forEach(rule => rule.check(model, judged).forEach(verdict => expect(verdict.wanted).not.toBe('')));
  }), { numRuns: 2000 });
});

test('values that are no objects at all', () => {
  fc.assert(fc.property(fc.array(value), values => {
    expect(Array.isArray(judge(modelOf(values)))).toBe(true);
  }), { numRuns: 500 });
});
