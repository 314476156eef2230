import { pathToFileURL } from 'url';
import Ajv from 'ajv';
import { call } from './calls';
import { version } from '../../package.json';
import { RULES } from '../../src/rules';
import { schedule } from '../../src/rules/examples';
import { fileIn, temporaryFolder } from '../credentials/sealed-files';

const FOLDER = temporaryFolder();

test('the help of a rule has its examples, in blocks of their own', async () => {
  const { stdout } = await call(['check', '--format', 'sarif', fileIn(FOLDER, 'help.yaml', schedule())]);
  const { rules } = JSON.parse(stdout).runs[0].tool.driver;
  expect(rules).toHaveLength(RULES.length);
  RULES.forEach(({ bad, good }, index) => {
    const [, wrong, right] = /\n\nWrong:\n\n```yaml\n([^]*?)\n```\n\nRight:\n\n```yaml\n([^]*?)\n```\n$/.exec(rules[index].help.markdown)!;
    expect([wrong, right]).toEqual([bad().trimEnd(), good().trimEnd()]);
  });
});


/** What SARIF 2.1.0 requires, and forbids, of what is written here. */
const text = { type: 'object', required: ['text'], properties: { text: { type: 'string', minLength: 1 }, markdown: { type: 'string' } }, additionalProperties: false };
const level = { enum: ['none', 'note', 'warning', 'error'] };
const SCHEMA = {
  type: 'object',
  required: ['version', 'runs'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      items: {
        type: 'object',
        required: ['tool'],
        additionalProperties: false,
        properties: {
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          tool: {
            type: 'object',
            required: ['driver'],
            properties: {
              driver: {
                type: 'object',
                required: ['name'],
                additionalProperties: false,
                properties: {
                  name: { type: 'string' },
                  version: { type: 'string' },
                  informationUri: { type: 'string', pattern: '^https://' },
                  rules: {
                    type: 'array',
                    items: {
                      type: 'object',
                      required: ['id', 'help'],
                      additionalProperties: false,
                      properties: {
                        id: { type: 'string' },
                        shortDescription: text,
                        fullDescription: text,
                        help: text,
                        helpUri: { type: 'string', pattern: '^https://[^\\s]+$' },
                        defaultConfiguration: { type: 'object', properties: { level }, additionalProperties: false },
                      },
                    },
                  },
                },
              },
            },
          },
          results: {
            type: 'array',
            items: {
              type: 'object',
              required: ['ruleId', 'level', 'message', 'locations'],
              additionalProperties: false,
              properties: {
                ruleId: { type: 'string' },
                ruleIndex: { type: 'integer', minimum: 0 },
                level,
                message: text,
                partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
                suppressions: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['kind'],
                    properties: { kind: { enum: ['inSource', 'external'] }, status: { enum: ['accepted', 'underReview', 'rejected'] }, justification: { type: 'string' } },
                    additionalProperties: false,
                  },
                },
                locations: {
                  type: 'array',
                  minItems: 1,
                  items: {
                    type: 'object',
                    additionalProperties: false,
                    properties: {
                      physicalLocation: {
                        type: 'object',
                        required: ['artifactLocation'],
                        additionalProperties: false,
                        properties: {
                          artifactLocation: {
                            type: 'object',
                            required: ['uri'],
                            properties: { uri: { type: 'string', pattern: '^[A-Za-z0-9._~:/?#@!$&\'()*+,;=%-]+$' }, uriBaseId: { type: 'string' } },
                            additionalProperties: false,
                          },
                          region: { type: 'object', properties: { startLine: { type: 'integer', minimum: 1 } }, additionalProperties: false },
                        },
                      },
                      logicalLocations: { type: 'array', items: { type: 'object' } },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};

const HOOKS = '{ resources: [{ name: still, pre: [{ exec: { container: c, command: [psql, -c, CHECKPOINT], timeout: 1m, onError: Fail } }] }] }';
const MANIFESTS = [
  schedule({ name: 'weekly', spec: { schedule: '0 2 * * 7' } }),
  schedule({ name: 'warned', template: { hooks: HOOKS, includedNamespaces: '[stock]' } }),
  schedule({ name: 'accepted', template: { hooks: HOOKS, includedNamespaces: '[books]' }, annotations: { 'cdk8s-velero/acknowledge.hook-void': 'dumped by hand' } }),
].join('---\n');

async function sarif(args: string[], input = ''): Promise<any> {
  const log = JSON.parse((await call(['check', '--format', 'sarif', ...args], { input })).stdout);
  const validate = new Ajv({ allowUnionTypes: true, strict: false }).compile(SCHEMA);
  validate(log);
  expect(validate.errors).toBeNull();
  return log.runs[0];
}

test('is what code-scanning services read', async () => {
  const file = fileIn(FOLDER, 'all manifests.yaml', MANIFESTS);
  const { tool: { driver }, results } = await sarif([file]);
  expect(driver).toMatchObject({ name: 'cdk8s-velero', version, informationUri: 'https://github.com/cdk8s-velero/cdk8s-velero' });
  expect(driver.rules.map(({ id }: any) => id)).toEqual(RULES.map(({ id }) => id));
  results.forEach(({ ruleId, ruleIndex }: any) => expect(driver.rules[ruleIndex].id).toBe(ruleId));
  const uri = pathToFileURL(file).href;
  const lines = schedule().split('\n').length;
  expect(results.map((result: any) => [result.ruleId, result.level, result.locations[0].physicalLocation, result.suppressions])).toEqual([
    ['cron-invalid', 'error', { artifactLocation: { uri }, region: { startLine: 1 } }, undefined],
    ['hook-void', 'warning', { artifactLocation: { uri }, region: { startLine: lines + 1 } }, undefined],
    ['hook-void', 'warning', { artifactLocation: { uri }, region: { startLine: 2 * lines + 2 } },
      [{ kind: 'inSource', status: 'accepted', justification: 'dumped by hand' }]],
  ]);
  expect(results[0].message.text).toMatch(/^Schedule velero\/weekly: spec\.schedule got "0 2 \* \* 7", wanted .*; .*/);
});

test('places are relative to the working folder, which is the root of the repository', async () => {
  const { results } = await sarif(['examples/homelab/manifests']);
  expect(results.length).toBeGreaterThan(0);
  results.forEach(({ locations: [{ physicalLocation: { artifactLocation } }] }: any) => expect(artifactLocation).toEqual({
    uri: expect.stringMatching(/^examples\/homelab\/manifests\/[\w.-]+\.yaml$/), uriBaseId: '%SRCROOT%',
  }));
});

test('without findings it has all rules and no results; strict makes errors', async () => {
  expect((await sarif(['-'], schedule())).results).toEqual([]);
  expect((await sarif(['-', '--strict'], MANIFESTS)).results.map(({ level: each }: any) => each)).toEqual(['error', 'error', 'warning']);
});
