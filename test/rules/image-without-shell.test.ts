import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';

escapeHatch('image-without-shell', usual => () =>
  usual.object('Deployment', 'velero').addJsonPatch(JsonPatch.replace('/spec/template/spec/containers/0/command', ['/bin/sh', '-c', '/velero server'])));

function pod(image: string, fields: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: p, namespace: a }\nspec: { containers: [{ name: c, image: "${image}", ${fields} }] }\n`;
}

const VELERO = 'velero/velero:v1.18.3';

test.each([
  ['a command', VELERO, 'command: [/bin/bash, -ec, "velero get backups"]', 'command of the container c got "/bin/bash"'],
  ['found in PATH', VELERO, 'command: [sh]', 'command of the container c got "sh"'],
  ['arguments alone: the image has nothing of its own to start', VELERO, 'args: [sh, -c, ls]', 'args of the container c got "sh"'],
  ['a mirror', 'registry.example:5000/velero/velero@sha256:0123', 'command: [sh]', 'command of the container c got "sh"'],
  ['a probe', VELERO, 'command: [/velero], livenessProbe: { exec: { command: [/bin/sh, -c, "true"] } }', 'livenessProbe of the container c got "/bin/sh"'],
  ['a hook of the container', VELERO, 'command: [/velero], lifecycle: { preStop: { exec: { command: [/bin/sh] } } }', 'preStop of the container c got "/bin/sh"'],
  ['the plugin for AWS', 'velero/velero-plugin-for-aws:v1.14.0', 'command: [/bin/busybox, cp]', 'command of the container c got "/bin/busybox"'],
])('%s', (_, image, fields, expected) => {
  expect(told(judged(pod(image, fields)), 'image-without-shell')).toEqual([
    `error image-without-shell Pod a/p: ${expected}, wanted a program of the image ${image}, which has no shell`,
  ]);
});

test.each([
  ['the program itself', VELERO, 'command: [/velero], args: [backup, get]'],
  ['a shell that was brought along, as in the Job of the Helm chart', VELERO, 'command: [/tmp/sh], volumeMounts: [{ name: crds, mountPath: /tmp }]'],
  ['a PATH of its own', VELERO, 'command: [sh], env: [{ name: PATH, value: /tools }]'],
  ['an image that nobody knows', 'bitnami/velero:1.18.3', 'command: [/bin/sh]'],
  ['arguments of the program that the plugin starts', 'velero/velero-plugin-for-aws:v1.14.0', 'args: [sh]'],
  ['a name that ends like one', VELERO, 'command: [/velero-flash]'],
])('silent about %s', (_, image, fields) => {
  expect(told(judged(pod(image, fields)), 'image-without-shell')).toEqual([]);
});

test('once for a workload, not again for the pods that it made', () => {
  const made = pod(VELERO, 'command: [sh]').replace('name: p,', 'name: p, ownerReferences: [{ kind: Job, controller: true }],');
  expect(told(judged(made), 'image-without-shell')).toEqual([]);
});
