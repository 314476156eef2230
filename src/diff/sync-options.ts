import { hasSyncOption, type Manifest } from '../model';
import { type Change, type Severity } from './change';
import { kindOf } from './comparison';
import { fieldsText } from './field-text';
import { type Pair } from './pair';
import { DESTROYED, DESTROYED_WITH } from './pruned-objects';
import { type Context } from './schedule-pair';
import { listed } from './words';

const PATH = 'metadata.annotations[\'argocd.argoproj.io/sync-options\']';

/** What ArgoCD may do to objects that it could not before. */
export function syncOptions({ comparison }: Context): Change[] {
  return comparison.pairs.flatMap(pair => [...pair.has(PATH) ? changed(pair) : [], ...otherWords(pair)]);
}

const KEEPING: readonly (readonly [path: string, value: string])[] = [
  ['metadata.annotations[\'kustomize.toolkit.fluxcd.io/prune\']', 'disabled'],
  ['metadata.annotations[\'helm.sh/resource-policy\']', 'keep'],
];

/** What Flux and Helm have for Prune=false, taken away. */
function otherWords(pair: Pair): Change[] {
  const fields = KEEPING.flatMap(([path, value]) => isPrecious(pair.is) && pair.has(path)
    ? pair.takeThose(field => field.path === path && field.from === value) : []);
  return fields.length === 0 ? [] : [{
    id: 'sync-options-changed',
    severity: 'notable',
    on: pair.is,
    message: fieldsText(fields, fields.length),
    means: ['Once it is gone from git, Flux or Helm may delete it.'],
    fields,
  }];
}

function changed(pair: Pair): Change[] {
  const fields = pair.take(PATH);
  const [before, after] = fields.flatMap(({ from, to }) => [from, to]).map(optionsIn);
  const [gone, fresh] = [before.filter(option => !after.includes(option)), after.filter(option => !before.includes(option))];
  if (gone.length + fresh.length === 0) {
    return [];
  }
  const lost = gone.filter(option => /^(Prune|Delete)=(false|confirm)$/.test(option));
  const replaces = fresh.filter(option => /^(Replace|Force)=true$/.test(option));
  const isForced = hasSyncOption(pair.is, 'Force=true') && hasSyncOption(pair.is, 'Replace=true') && replaces.length > 0 && DESTROYED_WITH.has(kindOf(pair.is));
  const severity: Severity = isForced ? 'destructive' : isPrecious(pair.is) && lost.length + replaces.length > 0 ? 'notable' : 'harmless';
  return [{
    id: 'sync-options-changed',
    severity,
    on: pair.is,
    message: `sync options ${listed([...gone.map(option => `-${option}`), ...fresh.map(option => `+${option}`)])}`,
    means: severity === 'harmless' ? [] : [
      ...(lost.length > 0 ? ['Once it is gone from git, or its Application is deleted, ArgoCD may delete it.'] : []),
      ...(isForced ? [`Each sync deletes the object and makes it anew. ${DESTROYED[kindOf(pair.is)]}`] : replaces.length > 0 ? ['Each sync writes the object anew, and wipes what the cluster noted on it.'] : []),
    ],
    fields,
  }];
}

function isPrecious(manifest: Manifest): boolean {
  return manifest.group === 'velero.io' || DESTROYED_WITH.has(kindOf(manifest));
}

function optionsIn(value: unknown): readonly string[] {
  return typeof value === 'string' ? value.split(',').map(option => option.trim()).filter(option => option !== '') : [];
}
