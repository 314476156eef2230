import { type BackupModel, type DeclaredBackup } from '../model';
import { schedule } from './examples';
import { nearest } from './nearest';
import { type Rule, type Verdict } from './rule';

/** Every cluster has them. */
const ALWAYS = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];
const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

export const rule: Rule = {
  id: 'namespace-unknown',
  severities: ['warning', 'error'],
  title: 'A backup names a namespace that nothing declares',
  goesWrong: 'A name with a slip in it saves nothing: from 1.14 on each such backup ends as `PartiallyFailed` (`fail to get the namespace`), which is the same phase as after a lost volume, '
    + 'and counts as no success. A pattern is one only from 1.18 on; before, Velero looks for a namespace whose name has a star in it, and saves nothing. What no namespace and no pattern can be '
    + 'called (capital letters, `{a,b}`, `**`) fails validation in every version: no backup at all.',
  fix: 'name a namespace that exists, or declare it',
  reference: 'velero v1.18.1 pkg/backup/item_collector.go:778, pkg/util/collections/includes_excludes.go:664-697, pkg/util/wildcard/expand.go',
  check: model => {
    const backups = model.declaredBackups().filter(({ spec }) => spec.includedNamespaces.length > 0 || spec.excludedNamespaces.length > 0);
    const known = backups.length === 0 ? undefined : knownNamespaces(model);
    return backups.flatMap(backup => [...impossible(model, backup), ...(known === undefined ? [] : unknown(backup, known))]);
  },
  install: '1.18.3',
  bad: () => `${declared('shop')}---\n${schedule({ template: { includedNamespaces: '[shpo]' } })}`,
  good: () => `${declared('shop')}---\n${schedule({ template: { includedNamespaces: '[shop]' } })}`,
};

function declared(namespace: string): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${namespace} }\n`;
}

/**
 * Every namespace that the input declares, or that something of the input lies in; nothing when it declares none but those that Velero runs in.
 * An Application of ArgoCD may make its namespace.
 */
function knownNamespaces({ namespaces, manifests, applications, installs }: BackupModel): ReadonlySet<string> | undefined {
  const own = new Set(installs.map(({ namespace }) => namespace));
  return namespaces.all.every(({ name }) => own.has(name)) ? undefined : new Set([
    ...ALWAYS,
    ...namespaces.all.map(({ name }) => name),
    ...manifests.map(({ namespace }) => namespace),
    ...applications.all.map(({ destinationNamespace }) => destinationNamespace ?? ''),
  ]);
}

function unknown({ manifest, spec, path }: DeclaredBackup, known: ReadonlySet<string>): Verdict[] {
  return spec.includedNamespaces.filter(name => NAME.test(name) && !known.has(name)).map(name => {
    const near = nearest(name, known);
    return {
      on: manifest, what: `${path}.includedNamespaces`, got: name, wanted: 'a namespace that these manifests declare, as they do others', next: near && `write ${near}`,
    };
  });
}

/** What fails, or does not mean what it says, whatever the input declares. */
function impossible(model: BackupModel, { manifest, namespace, spec, path }: DeclaredBackup): Verdict[] {
  const release = model.installIn(namespace)?.release;
  return (['includedNamespaces', 'excludedNamespaces'] as const).flatMap(field => spec[field]
    .filter(name => name !== '' && name !== '*' && !NAME.test(name))
    .flatMap(name => {
      const verdict = { on: manifest, severity: 'error', what: `${path}.${field}`, got: name } as const;
      if (refused(name)) {
        return [{ ...verdict, wanted: 'the name of a namespace or a pattern with *, ? and [a-z]: Velero refuses the backup', next: 'write each namespace on its own' }];
      }
      const old = release !== undefined && !release.has('namespace-patterns');
      return old ? [{ ...verdict, wanted: `a name: Velero ${release.version} knows no patterns and looks for a namespace that is called so`, next: 'name the namespaces one by one' }] : [];
    }));
}

/** As ValidateNamespaceName of Velero's wildcard package does it, and the API server after it. */
function refused(pattern: string): boolean {
  const brackets = pattern.replace(/\[[^\]]+\]/g, 'x');
  return /[|()!{},]|\*\*/.test(pattern) || /[[\]]/.test(brackets) || !NAME.test(pattern.replace(/[*?[\]]/g, 'x'));
}
