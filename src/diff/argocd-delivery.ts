import { type Application, type BackupModel, type Manifest } from '../model';
import { type Change, type Severity } from './change';
import { type FieldChange } from './changed-fields';
import { type Comparison } from './comparison';
import { fieldsText } from './field-text';
import { type Pair } from './pair';
import { type Context } from './schedule-pair';
import { namesText } from './words';

const SHOWN = 3;

/** What ArgoCD is told about everything else: where it reads, where to it applies, and what it may. */
export function argoCdDelivery({ comparison }: Context): Change[] {
  const applications = comparison.pairsOf('argoproj.io/Application').flatMap(pair => ofApplication(comparison, pair));
  const projects = comparison.pairsOf('argoproj.io/AppProject').flatMap(pair => ofProject(comparison, pair));
  return [...applications, ...projects];
}

function ofApplication(comparison: Comparison, pair: Pair): Change[] {
  const fields = pair.take('spec', 'metadata.finalizers');
  if (fields.length === 0) {
    return [];
  }
  const lost = notDelivered(comparison, pair);
  const isElsewhere = fields.some(({ path }) => /^spec\.destination\.(server|name)$/.test(path));
  const isUnknown = fields.some(({ path }) => /^spec\.(source\.path|sources)/.test(path)) && !liesThere(comparison.is, pair.is);
  const means = [
    ...(isElsewhere ? ['It goes to another cluster: what it delivered so far is of no Application any more, and the other cluster has none of the data.'] : []),
    ...(lost.length > 0 ? [`It delivers ${lost.length === 1 ? '' : `${lost.length} objects less: `}${namesText(lost)}${lost.length === 1 ? ' no longer' : ''}. With prune ArgoCD deletes what it does not find.`] : []),
    ...(isUnknown && lost.length === 0 ? ['It reads another folder, in which these manifests do not lie: with prune ArgoCD deletes what it does not find there.'] : []),
    ...(fields.some(({ path }) => path === 'spec.source.repoURL') ? ['It reads another repository: with prune ArgoCD deletes what it does not find there.'] : []),
    ...MEANT.filter(({ path, when }) => fields.some(field => field.path === path && when(field.to))).map(({ means: each }) => each),
    ...(fields.some(({ path }) => path.startsWith('metadata.finalizers')) ? [cascading(pair)] : []),
    ...byHand(comparison.is, pair.is),
  ];
  const severity: Severity = isElsewhere || isUnknown || lost.length > 0 ? 'destructive' : 'notable';
  return [changeOf(pair, severity, fields, means)];
}

/** What it may do from now on. */
const MEANT = [
  { path: 'spec.syncPolicy.automated.prune', when: (to: unknown) => to === true, means: 'What is gone from git is deleted from now on, without a question.' },
  {
    path: 'spec.syncPolicy.automated.allowEmpty',
    when: (to: unknown) => to === true,
    means: 'Should the folder be empty by mistake, everything that it delivered is deleted.',
  },
];

function cascading({ is }: Pair): string {
  const has = is.fields.object('metadata').strings('finalizers').length > 0;
  return has ? 'Who deletes the Application deletes all that it delivered, but for what says Delete=false.' : 'What it delivered stays when somebody deletes the Application.';
}

function ofProject(comparison: Comparison, pair: Pair): Change[] {
  const fields = pair.take('spec');
  if (fields.length === 0) {
    return [];
  }
  const refused = refusedNow(comparison, pair);
  const kinds = [...new Set(refused.map(({ kind }) => kind))].map(name => ({ name }));
  return [changeOf(pair, kinds.length > 0 ? 'destructive' : 'notable', fields, [
    ...(kinds.length > 0 ? [`It no longer permits ${namesText(kinds)}, of which there are objects: the whole sync fails, and nothing is applied.`] : []),
    ...byHand(comparison.is, pair.is),
  ])];
}

function refusedNow({ was, is }: Comparison, pair: Pair): readonly Manifest[] {
  const { namespace, name } = pair.is;
  const [before, after] = [was, is].map(model => model.appProjects.get(namespace, name));
  const isOfOther = (manifest: Manifest) => {
    const application = is.deliveries().applicationOf(manifest);
    return application !== undefined && application.project !== name;
  };
  const scopes = is.scopes();
  return before === undefined || after === undefined ? [] : is.manifests.filter(each =>
    each.group !== 'argoproj.io' && before.permitsKind(each, scopes) && !after.permitsKind(each, scopes) && !isOfOther(each));
}

/** What it delivered, is still there, and is delivered by nobody any more. */
function notDelivered(comparison: Comparison, { was }: Pair): readonly Manifest[] {
  return deliveredBy(comparison.was, was).flatMap(each => {
    const now = comparison.pairOf(each)?.is;
    return now !== undefined && comparison.is.deliveries().applicationOf(now) === undefined ? [now] : [];
  });
}

/** Whether all that it delivers is for certain in a folder that it reads. */
function liesThere(model: BackupModel, { namespace, name }: Manifest): boolean {
  const application = model.applications.get(namespace, name);
  const folders = (application?.sources ?? []).map(({ path = '' }) => `/${path.split('/').filter(step => step !== '' && step !== '.').join('/')}/`);
  const delivered = application === undefined ? [] : model.deliveries().of(application);
  return delivered.length > 0 && delivered.every(({ at: { file = '' } }) => folders.some(folder => `/${file}`.includes(folder === '//' ? '/' : folder)));
}

function deliveredBy(model: BackupModel, { namespace, name }: Manifest): readonly Manifest[] {
  const application: Application | undefined = model.applications.get(namespace, name);
  return application === undefined ? [] : model.deliveries().of(application);
}

/** What brings the rest is brought by nobody, unless there is an Application for it too. */
function byHand(model: BackupModel, manifest: Manifest): readonly string[] {
  const { file } = manifest.at;
  return model.deliveries().applicationOf(manifest) !== undefined || file === undefined ? []
    : [`No Application here delivers it: where somebody applied it by hand, somebody must again (kubectl apply -f ${file.slice(file.lastIndexOf('/') + 1)}).`];
}

function changeOf({ is: on }: Pair, severity: Severity, fields: readonly FieldChange[], means: readonly string[]): Change {
  return { id: 'delivery-changed', severity, on, message: fieldsText(fields, SHOWN, 'spec.'), means, fields };
}
