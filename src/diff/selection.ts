import { type BackupSpec, includesKind, OLD_FILTERS, savesAnyPods, SCOPED_FILTERS, withoutSecrets } from '../model';
import { type Change, type Severity } from './change';
import { type FieldChange, isSame } from './changed-fields';
import { goesOn } from './kept-schedule';
import { changeOf, type SchedulePair } from './schedule-pair';
import { isSelective } from './substitute';
import { arrow, listed, plain, shown } from './words';

/** Which namespaces a schedule saves. */
export function namespaces(schedule: SchedulePair): Change[] {
  const { pair, was, is, protection, comparison } = schedule;
  const fields = pair.take('spec.template.includedNamespaces', 'spec.template.excludedNamespaces');
  if (fields.length === 0) {
    return [];
  }
  const lost = was.paused ? [] : protection.lost(was, is);
  const { severity, means } = protection.lossOf(lost, was, was.name !== is.name && goesOn(was, comparison));
  return [changeOf(schedule, 'namespaces-changed', severity, fields.map(difference).join('; '), fields, ...means)];
}

/** `includedNamespaces -orders, +stock`; a list that is not there means all of them, or none. */
function difference({ path, from, to }: FieldChange): string {
  const name = path.slice('spec.template.'.length);
  const [before, after] = [stringsIn(from), stringsIn(to)];
  const told = (values: readonly string[], sign: string) => values.map(each => `${sign}${withoutSecrets(each)}`);
  const changed = [...told(before.filter(each => !after.includes(each)), '-'), ...told(after.filter(each => !before.includes(each)), '+')];
  const absent = name === 'includedNamespaces' ? 'all' : 'none';
  return before.length > 0 && after.length > 0 ? `${name} ${listed(changed)}` : `${name} ${listed(before) || absent} → ${listed(after) || absent}`;
}

function stringsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(plain) : [];
}

/** Which objects a schedule chooses by label. */
export function labels(schedule: SchedulePair): Change[] {
  const { pair, was, is } = schedule;
  const fields = pair.take('spec.template.labelSelector', 'spec.template.orLabelSelectors');
  if (fields.length === 0) {
    return [];
  }
  const [before, after] = [isSelective(was.template), isSelective(is.template)];
  if (!before && !after) {
    return [];
  }
  const told = `labels ${selectorText(was.template)} → ${selectorText(is.template)}`;
  return [before
    ? changeOf(schedule, 'label-selection-changed', after ? 'notable' : 'harmless', told, fields, after ? 'Other objects are saved than before.' : 'Everything is saved now.')
    : changeOf(schedule, 'label-selection-changed', 'destructive', told, fields, 'What does not have these labels is not saved any more, claims and their volumes among it.')];
}

function selectorText(spec: BackupSpec): string {
  const { labelSelector, orLabelSelectors } = spec.fields.json;
  return isSelective(spec) ? shown(labelSelector ?? orLabelSelectors) : 'any';
}

const FILTERS = [...OLD_FILTERS, ...SCOPED_FILTERS];

/** Which kinds of objects a schedule saves. */
export function kinds(schedule: SchedulePair): Change[] {
  const { pair, was, is } = schedule;
  const fields = pair.take(...FILTERS.map(filter => `spec.template.${filter}`));
  if (fields.length === 0) {
    return [];
  }
  const losesPods = savesAnyPods(was.template) && !savesAnyPods(is.template);
  const lostVolumes = VOLUMES.filter(kind => includesVolumes(was.template, kind) && !includesVolumes(is.template, kind));
  const severity: Severity = losesPods || lostVolumes.length > 0 ? 'destructive' : fields.some(narrows) ? 'notable' : 'harmless';
  const told = fields.map(({ path, from, to }) => `${path.slice('spec.template.'.length)} ${arrow(from, to)}`).join('; ');
  return [changeOf(schedule, 'kinds-changed', severity, told, fields,
    ...(losesPods ? ['Pods are not saved any more, and the files of volumes go with their pods.'] : []),
    ...(lostVolumes.length > 0 ? [`${lostVolumes.map(kind => VOLUME_KINDS[kind]).join(' and ')} are not saved any more: no snapshot is made of them, and a restore has no volumes.`] : []))];
}

const VOLUMES = ['persistentvolumeclaims', 'persistentvolumes'] as const;
const VOLUME_KINDS = { persistentvolumeclaims: 'PersistentVolumeClaims', persistentvolumes: 'PersistentVolumes' } as const;

function includesVolumes({ fields }: BackupSpec, kind: typeof VOLUMES[number]): boolean {
  const scope = kind === 'persistentvolumes' ? 'Cluster' : 'Namespace';
  return [['included', 'excluded'], [`included${scope}Scoped`, `excluded${scope}Scoped`]]
    .every(([included, excluded]) => includesKind(fields.strings(`${included}Resources`), fields.strings(`${excluded}Resources`), kind));
}

/** Whether a filter lets less through than before. */
function narrows({ path, from, to }: FieldChange): boolean {
  const [before, after] = [stringsIn(from), stringsIn(to)];
  if (path.endsWith('.includeClusterResources')) {
    return to === false;
  }
  return /\.excluded\w+$/.test(path)
    ? after.some(kind => !before.includes(kind))
    : after.length > 0 && !after.includes('*') && (before.length === 0 || before.some(kind => !after.includes(kind)));
}

/** What runs in the pods. */
export function hooks(schedule: SchedulePair): Change[] {
  const { pair, was, is } = schedule;
  const fields = pair.take('spec.template.hooks');
  if (fields.length === 0) {
    return [];
  }
  const [before, after] = [was, is].map(({ template }) => hooksByName(template));
  const gone = [...before.keys()].filter(name => !after.has(name));
  const fresh = [...after.keys()].filter(name => !before.has(name));
  const other = [...after].filter(([name, hook]) => before.has(name) && !isSame(hook, before.get(name))).map(([name]) => name);
  const parts = ([['removed', gone], ['added', fresh], ['changed', other]] as const).filter(([, names]) => names.length > 0);
  const told = `hooks ${parts.map(([verb, names]) => `${verb}: ${listed(names)}`).join('; ') || 'in another order'}`;
  return [changeOf(schedule, 'hooks-changed', gone.length + other.length > 0 ? 'notable' : 'harmless', told, fields,
    ...(gone.length > 0 ? ['Without a hook that dumps or freezes it, the files of a running database may not be restorable.'] : []))];
}

function hooksByName({ fields }: BackupSpec): ReadonlyMap<string, unknown> {
  return new Map(fields.object('hooks').objects('resources').map((hook, index) => [hook.string('name') ?? `number ${index + 1}`, hook.json]));
}
