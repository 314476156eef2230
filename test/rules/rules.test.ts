import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { ApiObject, App, Chart } from 'cdk8s';
import { judged, objectsOf, told } from './judged';
import { Findings } from '../../src/findings';
import { installation, RULES } from '../../src/rules';
import { BUNDLED_RELEASES } from '../../src/versions';

const SOURCES = join(__dirname, '../../src/rules');
/** What is in that folder beside the rules. */
const MACHINERY = ['acknowledge', 'examples', 'index', 'judge', 'list', 'nearest', 'rule'];

/** An app writes its files into no folder, and one file here: which of them an Application means is told by files, in tests of their own. */
const OF_FILES = ['object-unreached'];

/** Objects that this library did not make, in an app of somebody. */
function rawApp(objects: readonly any[]): App {
  const app = new App();
  const chart = new Chart(app, 'raw');
  objects.forEach((object, index) => new ApiObject(chart, `object-${index}`, object));
  return app;
}

describe.each(RULES.map(rule => [rule.id, rule] as const))('%s', (id, rule) => {
  test('its bad example is a finding of this rule and of no other', () => {
    const judgements = judged(objectsOf(rule, rule.bad()));
    expect([...new Set(judgements.map(each => each.rule.id))]).toEqual([id]);
    judgements.forEach(({ severity }) => expect(rule.severities).toContain(severity));
  });

  test('its good example is no finding of any rule', () => {
    expect(told(judged(objectsOf(rule, rule.good())))).toEqual([]);
  });

  test('objects that are not of our making are judged in an app too', () => {
    expect(Findings.all(rawApp(objectsOf(rule, rule.bad()))).some(finding => finding.id === id)).toBe(!OF_FILES.includes(id));
    expect(Findings.all(rawApp(objectsOf(rule, rule.good()))).filter(({ acknowledged }) => acknowledged === undefined)).toEqual([]);
  });

  test('the case that an escape hatch made it wrong is tested in a file of its own', () => {
    const file = join(__dirname, `${id}.test.ts`);
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain(`escapeHatch('${id}'`);
  });

  test('it is explained for somebody who never read the source of Velero', () => {
    expect(rule.goesWrong.length).toBeGreaterThan(100);
    expect(rule.title).toMatch(/^[A-Z`].*[^.]$/);
    expect(rule.goesWrong).toMatch(/\.$/);
    expect(rule.fix).toMatch(/^[^A-Z].*[^.]$/);
    expect(rule.reference).toMatch(/^(velero v\d|velero-plugin-for-aws v\d|https:\/\/|docs\/)/);
  });
});

test('every file of the folder is a rule in the list, under its own name, once', () => {
  const files = readdirSync(SOURCES).map(file => file.replace('.ts', '')).filter(file => !MACHINERY.includes(file));
  expect(RULES.map(({ id }) => id).sort()).toEqual(files.sort());
  RULES.forEach(({ id }) => expect(readFileSync(join(SOURCES, `${id}.ts`), 'utf8')).toContain(`id: '${id}'`));
});

test('an id fits into the name of an annotation', () => {
  RULES.forEach(({ id }) => expect(`acknowledge.${id}`.length).toBeLessThanOrEqual(63));
});

test.each(BUNDLED_RELEASES)('the installation that the examples stand in is no finding: %s', version => {
  expect(told(judged(installation(version)))).toEqual([]);
});
