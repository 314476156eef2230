import { type Fields } from './fields';
import { type ExecHook, readHookAnnotations } from './hooks';
import { type ImageReference, readImage } from './image';

/** What a pod is made of: the template of a workload, or a Pod itself. */
export interface PodTemplate {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly containers: readonly Container[];
  readonly initContainers: readonly Container[];
  readonly volumes: readonly Volume[];
  readonly security: SecurityContext;
  readonly serviceAccountName?: string;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Fields[];

  /** The hooks in its annotations. */
  readonly hooks: readonly ExecHook[];

  /** Its spec, for what is read rarely. */
  readonly fields: Fields;
}

export interface Container {
  readonly name: string;
  readonly image?: ImageReference;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: readonly EnvironmentVariable[];
  readonly mounts: readonly VolumeMount[];
  readonly devices: readonly string[];
  readonly security: SecurityContext;
  readonly fields: Fields;
}

export interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;

  /** The Secret that the value comes from. */
  readonly secret?: KeyReference;
}

/** A key of a Secret that a pod reads. */
export interface KeyReference {
  readonly name: string;
  readonly key?: string;

  /** Whether the pod starts without it. */
  readonly optional: boolean;
}

export interface VolumeMount {
  readonly volume: string;
  readonly path: string;
  readonly readOnly: boolean;
  readonly propagation?: string;
}

export interface Volume {
  readonly name: string;

  /** `emptyDir`, `persistentVolumeClaim`, `hostPath` and so on. */
  readonly type: string;
  readonly claimName?: string;
  readonly hostPath?: string;
  readonly secret?: { readonly name: string; readonly optional: boolean; readonly keys: readonly string[] };
  readonly fields: Fields;
}

/** Of a container or of a pod, which is what a container takes where it says nothing. */
export interface SecurityContext {
  readonly runAsUser?: number;
  readonly runAsNonRoot?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly privileged?: boolean;
  readonly fields: Fields;
}

/** @param template metadata and spec: a template, or a Pod */
export function readPod(template: Fields): PodTemplate {
  const metadata = template.object('metadata');
  const spec = template.object('spec');
  const annotations = metadata.stringMap('annotations');
  return {
    labels: metadata.stringMap('labels'),
    annotations,
    containers: spec.objects('containers').map(readContainer),
    initContainers: spec.objects('initContainers').map(readContainer),
    volumes: spec.objects('volumes').map(readVolume),
    security: readSecurity(spec),
    serviceAccountName: spec.string('serviceAccountName') ?? spec.string('serviceAccount'),
    nodeSelector: spec.stringMap('nodeSelector'),
    tolerations: spec.objects('tolerations'),
    hooks: readHookAnnotations(annotations),
    fields: spec,
  };
}

function readContainer(fields: Fields): Container {
  const image = fields.string('image');
  return {
    name: fields.string('name') ?? '',
    image: image === undefined ? undefined : readImage(image),
    command: fields.strings('command'),
    args: fields.strings('args'),
    env: fields.objects('env').map(readVariable),
    mounts: fields.objects('volumeMounts').map(mount => ({
      volume: mount.string('name') ?? '',
      path: mount.string('mountPath') ?? '',
      readOnly: mount.boolean('readOnly') ?? false,
      propagation: mount.string('mountPropagation'),
    })),
    devices: fields.objects('volumeDevices').map(device => device.string('name') ?? ''),
    security: readSecurity(fields),
    fields,
  };
}

function readVariable(fields: Fields): EnvironmentVariable {
  const reference = fields.object('valueFrom').optionalObject('secretKeyRef');
  return {
    name: fields.string('name') ?? '',
    value: fields.string('value'),
    secret: reference && {
      name: reference.string('name') ?? '',
      key: reference.string('key'),
      optional: reference.boolean('optional') ?? false,
    },
  };
}

function readVolume(fields: Fields): Volume {
  const secret = fields.optionalObject('secret');
  return {
    name: fields.string('name') ?? '',
    type: Object.keys(fields.json).find(key => key !== 'name') ?? 'emptyDir',
    claimName: fields.object('persistentVolumeClaim').string('claimName'),
    hostPath: fields.object('hostPath').string('path'),
    secret: secret && {
      name: secret.string('secretName') ?? '',
      optional: secret.boolean('optional') ?? false,
      keys: secret.objects('items').map(item => item.string('key') ?? ''),
    },
    fields,
  };
}

function readSecurity(owner: Fields): SecurityContext {
  const fields = owner.object('securityContext');
  return {
    runAsUser: fields.number('runAsUser'),
    runAsNonRoot: fields.boolean('runAsNonRoot'),
    readOnlyRootFilesystem: fields.boolean('readOnlyRootFilesystem'),
    privileged: fields.boolean('privileged'),
    fields,
  };
}
