import { edited, modelOf, type Objects, objects } from './manifests';
import { asJson } from '../../src/cli/diff-json';
import { asMarkdown } from '../../src/cli/diff-markdown';
import { type DiffReport, reportOf } from '../../src/cli/diff-report';
import { asText } from '../../src/cli/diff-text';
import { type Surroundings } from '../../src/cli/surroundings';

const SECRET = 'hunter2';
const HALF = ['me:hunter2@host', '//me:hunter2@host', 'https:me:hunter2@host', 'https:\\\\me:hunter2@host', 'https://me:a hunter2@host'];
const URLS = ['https://me:hunter2@s3.example.org', ...HALF, 'https:/me:hunter2@host', 'https://s3.example.org/?X-Amz-Signature=hunter2'];

/** All that any format tells. */
function told(report: DiffReport): string {
  return [asJson(report), asMarkdown(report), asText(report, { environment: {}, stdout: {} } as Surroundings)].join('\n');
}

function compared(was: (all: Objects) => void, is: (all: Objects) => void): DiffReport {
  return reportOf(modelOf(edited(was)), modelOf(edited(is)), 0);
}

const config = (all: Objects) => all['BackupStorageLocation offsite'].spec.config;
const nothing = () => {};

test.each(URLS.flatMap(url => ['s3Url', 'publicUrl'].map(key => [key, url] as const)))('what is secret in %s of a location is not told: %s', (key, url) => {
  const put = (all: Objects) => { config(all)[key] = url; };
  const gone = (all: Objects) => { delete all['BackupStorageLocation offsite']; };
  const reports = [compared(nothing, put), compared(put, nothing), compared(put, gone), compared(gone, put), compared(put, all => { config(all)[key] = `${url}.hunter2.example.org`; })];
  expect(reports.map(told).filter(text => text.includes(SECRET) && !/…@\S*\.hunter2\.example\.org/.test(text))).toEqual([]);
  expect(reports.every(({ changes }) => changes.length > 0)).toBe(true);
});

test('the place of a location that is new, gone or elsewhere', () => {
  const put = (all: Objects) => { config(all).s3Url = URLS[0]; };
  expect(compared(nothing, put).changes.map(({ message }) => message)).toContain('s3Url http://minio.storage.svc:9000 → https://…@s3.example.org');
  expect(compared(put, all => { delete all['BackupStorageLocation offsite']; }).changes.map(({ message }) => message))
    .toContain('removed: bucket offsite/production at https://…@s3.example.org');
});

test('a namespace that is none, with a space and a quote in its password', () => {
  const put = (all: Objects) => { all['Schedule orders'].spec.template.includedNamespaces = ['https://me:a "hunter2@host']; };
  const none = (all: Objects) => { delete all['Schedule orders'].spec.template.includedNamespaces; };
  const message = ({ changes }: DiffReport) => changes.map(change => change.message).filter(text => text.startsWith('includedNamespaces '));
  expect(message(compared(nothing, put))).toEqual(['includedNamespaces -orders, +https://…@host']);
  expect(message(compared(put, none))).toEqual(['includedNamespaces https://…@host → all']);
  expect([compared(nothing, put), compared(put, nothing)].map(told).filter(text => text.includes(SECRET))).toEqual([]);
});

type Path = readonly string[];

/** Every text of an object but what it is known by, and but images, which have no URLs and are told in parts. */
function texts(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, each]) => texts(each, [...path, key]));
  }
  return typeof value === 'string' && !/^(kind|apiVersion|metadata,name|metadata,namespace)$|,image$/.test(path.join()) ? [path] : [];
}

test('a URL with a password in any place of any object is told without it', () => {
  const places = Object.entries(objects()).flatMap(([key, object]) => texts(object).map(path => [key, ...path]));
  const put = (path: Path, url: string) => (all: Objects) => {
    path.slice(0, -1).reduce((at: any, step) => at[step], all)[path.at(-1)!] = url;
  };
  const leaking = places.filter((path, place) => {
    const [whole, half] = [put(path, URLS[0]), put(path, HALF[place % HALF.length])];
    return [compared(nothing, whole), compared(whole, nothing), compared(half, whole)].some(report => asJson(report).includes(SECRET));
  });
  expect(places.length).toBeGreaterThan(50);
  expect(leaking.map(path => path.join(' '))).toEqual([]);
});
