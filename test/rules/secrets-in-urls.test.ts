import { modelOf, objectsIn, objectsOf } from './judged';
import { tell } from '../../src/findings/problems';
import { installation, judge, type Judgement, RULES } from '../../src/rules';

const SECRET = 'hunter2';

/** Of somebody who writes the password into it. */
const LEAK = 'https://me:hunter2@s3.example.org';
const HALF = ['me:hunter2@host:9000', '//me:hunter2@host', 'https:me:hunter2@host', 'https:\\\\me:hunter2@host', 'https://me:a hunter2@host'];

/** As a finding tells it, in text, JSON or SARIF. */
function told({ rule, on, what, got, wanted, next }: Judgement): string {
  return `${on}: ${tell({ what, got, wanted })}; ${next ?? rule.fix} (${rule.id})`;
}

type Path = readonly string[];

/** Every text of an object but what it is known by. */
function texts(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, each]) => texts(each, [...path, key]));
  }
  return typeof value === 'string' && !/^(kind|apiVersion|metadata,name|metadata,namespace)$/.test(path.join()) ? [path] : [];
}

function put(value: any, [step, ...rest]: Path, replacement: string): any {
  if (step === undefined) {
    return replacement;
  }
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[step] = put(copy[step], rest, replacement);
  return copy;
}

/**
 * The findings with the secret in them when a URL with a password stands in one place, for every place of some objects.
 *
 * @param leaks the URLs for a place, by its number
 */
function leaking(objects: readonly any[], varied: readonly any[], leaks: (place: number) => readonly string[]): string[] {
  return varied.flatMap(object => texts(object).flatMap((path, place) => leaks(place)
    .flatMap(leak => judge(modelOf(objects.map(each => each === object ? put(object, path, leak) : each))))
    .map(told).filter(text => text.includes(SECRET)).map(text => `${object.kind} ${path.join('.')}: ${text}`)));
}

const WRONG = RULES.map(rule => [rule.id, rule] as const);

test.each(WRONG)('no finding repeats the password of a URL, wherever it stands in what %s is about', (_, rule) => {
  const objects = objectsOf(rule, rule.bad());
  expect(leaking(objects, objects.slice(-objectsIn(rule.bad()).length), place => [LEAK, HALF[place % HALF.length]])).toEqual([]);
});

test('nor wherever it stands in an installation', () => {
  const objects = objectsIn(installation('1.18.3'));
  expect(leaking(objects, objects, () => [LEAK, ...HALF])).toEqual([]);
});

const LOCATION = { apiVersion: 'velero.io/v1', kind: 'BackupStorageLocation', metadata: { name: 'offsite', namespace: 'velero' } };

test.each([
  [LEAK, 'plugin-corrupts'],
  ['http://me:hunter2@minio.storage.svc:9000/path?token=hunter2', 'location-tls'],
  ['me:hunter2@host', 'location-config'],
  ['https:/me:hunt/hunter2@host', 'plugin-corrupts'],
  ...HALF.map(url => [url, 'location-config']),
])('nor in the URLs of a location, whatever else is wrong with it: %s', (url, id) => {
  const config = { insecureSkipTLSVerify: 'true', s3Url: url, publicUrl: url };
  const spec = { provider: 'aws', objectStorage: { bucket: 'backups', prefix: 'a', caCert: 'LS0t' }, config };
  const locations = [config, { s3Url: url }, { ...config, s3Url: `${url}/path` }].map(each => ({ ...LOCATION, spec: { ...spec, config: each } }));
  const corrupts = RULES.find(rule => rule.id === 'plugin-corrupts')!;
  const around = objectsOf(corrupts, corrupts.bad());
  const findings = locations.flatMap(location => judge(modelOf([...around.filter(({ kind }) => kind !== LOCATION.kind), location])));
  expect(findings.map(told).filter(text => text.includes(SECRET))).toEqual([]);
  expect(findings.map(({ rule }) => rule.id)).toEqual(expect.arrayContaining(['location-config', id]));
});

test('what a rule says to do about a path in a URL repeats no password either', () => {
  const spec = { provider: 'aws', objectStorage: { bucket: 'backups', prefix: 'a' }, config: { region: 'x', s3Url: 'https://me:hunter2@s3.example.org:9000/path' } };
  const [judgement] = judge(modelOf([{ ...LOCATION, spec }])).filter(({ rule }) => rule.id === 'location-config');
  expect(told(judgement)).toBe('BackupStorageLocation velero/offsite: spec.config.s3Url got "https://…@s3.example.org:9000/path", '
    + 'wanted a URL without a path: the uploader refuses it, so that no volume is saved; write https://s3.example.org:9000; a folder in the bucket is the prefix (location-config)');
});
