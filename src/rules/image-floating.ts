import { type Container, type ImageReference, type Install, type VeleroProgram } from '../model';
import { server } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'image-floating',
  severities: ['warning'],
  title: 'The image of Velero or of a plugin is another one tomorrow',
  goesWrong: 'Without a tag, or with `latest` or `main`, each node takes what was published last when it pulls: server, node-agent and the Jobs that they start can be of different '
    + 'versions, a restart can be an upgrade, and no flag, field or definition in git is known to fit. Nothing can be checked against the version either. '
    + 'Where some images are given by digest, so that nobody can change what runs, one without a digest leaves the door open.',
  fix: 'write the tag of a release, or a digest',
  reference: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  check: ({ installs }) => installs.flatMap(install => {
    const byDigest = imagesOf(install).some(({ image }) => image?.digest);
    return install.programs.flatMap(program => containersOf(program).flatMap(container => floating(program, container, byDigest)));
  }),
  install: '1.18.3',
  bad: () => usual().replace('velero/velero:v1.18.3', 'velero/velero:latest'),
  good: () => usual(),
};

function usual(): string {
  return server('1.18.3', '--uploader-type=kopia', '--default-backup-storage-location=offsite');
}

function floating({ manifest }: VeleroProgram, { name, image }: Container, byDigest: boolean): Verdict[] {
  const wanted = image === undefined || image.digest ? undefined : isMoving(image) ? 'the tag of a release or a digest, which is the same image tomorrow'
    : byDigest ? 'a digest too, as other images of this installation have' : undefined;
  return wanted === undefined ? [] : [{ on: manifest, what: `image of the container ${name}`, got: image!.text, wanted }];
}

/** Upstream publishes each commit as `main`. */
function isMoving({ tag }: ImageReference): boolean {
  return tag === undefined || tag === '' || tag === 'latest' || tag === 'main';
}

function imagesOf({ programs }: Install): readonly Container[] {
  return programs.flatMap(containersOf);
}

function containersOf({ pod }: VeleroProgram): readonly Container[] {
  return [...pod.initContainers, ...pod.containers];
}
