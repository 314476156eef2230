import { type Container, type ImageReference, isUpstreamVelero } from '../model';
import { type Rule } from './rule';

export const rule: Rule = {
  id: 'image-without-shell',
  severities: ['error'],
  title: 'A shell command in an image that has no shell',
  goesWrong: 'The images of Velero and of its plugin for AWS contain the programs and nothing else: no sh, no coreutils, no kubectl. A container whose command is a shell does not '
    + 'start (`exec: "/bin/sh": stat /bin/sh: no such file or directory`), a probe that is one always fails, and so does a hook of the container. Jobs '
    + 'that ask `velero` for its state and look at the answer with a shell are the usual case.',
  fix: 'call /velero with its arguments, or run the script in an image that has a shell, such as one with kubectl',
  reference: 'velero v1.18.3 Dockerfile: FROM paketobuildpacks/run-jammy-tiny; velero-plugin-for-aws v1.14.3 Dockerfile: FROM scratch',
  check: ({ workloads }) => workloads.all.filter(({ owner }) => owner === undefined).flatMap(({ manifest, pod }) =>
    [...pod.initContainers, ...pod.containers].filter(({ image }) => image !== undefined && hasNoShell(image)).flatMap(container =>
      commandsOf(container).filter(({ command }) => isShell(command[0], container)).map(({ what, command: [got] }) => ({
        on: manifest, what: `${what} of the container ${container.name}`, got, wanted: `a program of the image ${container.image!.text}, which has no shell`,
      })))),
  bad: () => job('command: [/bin/sh, -c, velero backup get]'),
  good: () => job('command: [/velero], args: [backup, get]'),
};

function job(command: string): string {
  return `apiVersion: batch/v1
kind: CronJob
metadata: { name: backup-report, namespace: velero }
spec:
  schedule: "0 8 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          serviceAccountName: velero
          containers: [{ name: report, image: "velero/velero:v1.18.3", ${command} }]
`;
}

function hasNoShell(image: ImageReference): boolean {
  return isUpstreamVelero(image) || /(^|\/)velero\/velero-plugin-for-aws$/.test(image.repository);
}

/** Without a command the arguments are one where the image has no program of its own to start, as that of Velero. */
function commandsOf({ image, command, args, fields }: Container): { readonly what: string; readonly command: readonly string[] }[] {
  const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'].map(what => ({ what, command: fields.object(what).object('exec').strings('command') }));
  const hooks = ['postStart', 'preStop'].map(what => ({ what, command: fields.object('lifecycle').object(what).object('exec').strings('command') }));
  const own = command.length > 0 || !isUpstreamVelero(image!) ? { what: 'command', command } : { what: 'args', command: args };
  return [own, ...probes, ...hooks];
}

/** A shell that lies in a volume was brought along: the Job of the Helm chart for the definitions did so. */
function isShell(program: string | undefined, { mounts, env }: Container): boolean {
  if (program === undefined || !/(^|\/)(sh|ash|bash|dash|busybox)$/.test(program)) {
    return false;
  }
  return program.includes('/') ? !mounts.some(({ path }) => program.startsWith(`${path.replace(/\/$/, '')}/`)) : !env.some(({ name }) => name === 'PATH');
}
