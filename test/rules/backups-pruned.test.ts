import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { schedule } from '../../src/rules/examples';

escapeHatch('backups-pruned', usual => () => {
  const nightly = usual.object('Schedule', 'nightly');
  nightly.addJsonPatch(JsonPatch.remove('/spec/template/metadata'));
  nightly.addJsonPatch(JsonPatch.remove('/metadata/annotations/argocd.argoproj.io~1sync-options'));
});

const WAVE = { 'argocd.argoproj.io/sync-wave': '"2"' };
const UNLABELLED = { metadata: '{}' };
const APPLICATION = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: velero, namespace: argocd }
spec: { destination: { namespace: velero } }
`;

function judgedAll(...yaml: string[]): string[] {
  return told(judged(yaml.join('---\n')), 'backups-pruned');
}

const UNLABELLED_LINE = 'error backups-pruned Schedule velero/nightly: spec.template.metadata.labels got undefined, wanted labels for the backups: without any they get those of '
  + 'the Schedule, by which ArgoCD that tracks by label (its default before 3.0) prunes them';

test('backups with the labels of the Schedule', () => {
  expect(judgedAll(schedule({ annotations: WAVE, template: UNLABELLED }))).toEqual([UNLABELLED_LINE]);
});

test('an Application that goes to the namespace tells of ArgoCD too', () => {
  expect(judgedAll(schedule({ template: UNLABELLED }), APPLICATION)).toEqual([UNLABELLED_LINE]);
  expect(judgedAll(schedule({ template: UNLABELLED }), APPLICATION.replace('namespace: velero } }', 'namespace: shop } }'))).toEqual([]);
});

test('backups with the label that ArgoCD tracks by', () => {
  const template = { metadata: '{ labels: { app.kubernetes.io/instance: velero } }' };
  expect(judgedAll(schedule({ annotations: WAVE, template }))).toEqual([
    'error backups-pruned Schedule velero/nightly: spec.template.metadata.labels[\'app.kubernetes.io/instance\'] got "velero", wanted no such label: ArgoCD that tracks by label '
    + '(its default before 3.0) takes the backups for objects of that Application, and prunes them',
  ]);
});

function told_(method: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: argocd-cm, namespace: argocd }\ndata: { application.resourceTrackingMethod: ${method} }\n`;
}

function argoCd(version: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: argocd-server, namespace: argocd }
spec: { template: { spec: { containers: [{ name: server, image: "quay.io/argoproj/argocd:${version}" }] } } }
`;
}

const WRONG = schedule({ annotations: WAVE, template: UNLABELLED });

test('how ArgoCD tracks, where the input tells', () => {
  expect(judgedAll(WRONG, told_('label'))).toEqual([UNLABELLED_LINE]);
  expect(judgedAll(WRONG, argoCd('v2.14.2'))).toEqual([UNLABELLED_LINE]);
  expect(judgedAll(WRONG, argoCd('v3.1.0'), told_('label'))).toEqual([UNLABELLED_LINE]);
  expect(judgedAll(WRONG, told_('annotation+label'))).toEqual([]);
  expect(judgedAll(WRONG, argoCd('v3.1.0'))).toEqual([]);
});

test.each([
  ['no sign of ArgoCD', {}],
  ['backups that are kept', { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true, Prune=false' }],
  ['backups that somebody must confirm to delete', { 'argocd.argoproj.io/sync-options': 'Prune=confirm' }],
  ['the mark of tracking by annotation', { 'argocd.argoproj.io/tracking-id': 'velero:velero.io/Schedule:velero/nightly' }],
])('silent with %s', (_, annotations) => {
  expect(judgedAll(schedule({ annotations, template: UNLABELLED }))).toEqual([]);
});
