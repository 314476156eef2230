import { CHOSEN_VOLUMES, EXCLUDED_FROM_BACKUP } from '../model';
import { type Change } from './change';
import { type FieldChange } from './changed-fields';
import { type Context } from './schedule-pair';
import { shown } from './words';

const LABEL = `labels['${EXCLUDED_FROM_BACKUP}']`;
const INCLUDED = `annotations['${CHOSEN_VOLUMES.included}']`;
const EXCLUDED = `annotations['${CHOSEN_VOLUMES.excluded}']`;

/** What objects and pods say themselves about being saved. */
export function exclusions({ comparison }: Context): Change[] {
  return comparison.pairs.flatMap(pair => pair.takeThose(({ path }) => [LABEL, INCLUDED, EXCLUDED].some(key => path.endsWith(`metadata.${key}`)))).flatMap(changeOf);
}

function changeOf(field: FieldChange): Change {
  const { on, path, from, to } = field;
  return path.endsWith(LABEL) ? labelled(field) : {
    id: 'exclusion-changed',
    severity: losesVolume(field) ? 'destructive' : 'harmless',
    on,
    message: `${path.endsWith(INCLUDED) ? CHOSEN_VOLUMES.included : CHOSEN_VOLUMES.excluded} ${shown(from)} → ${shown(to)}`,
    means: losesVolume(field) ? ['The files of these volumes are not saved any more where backups go by this annotation.'] : [],
    fields: [field],
  };
}

function labelled(field: FieldChange): Change {
  const isOut = field.to === 'true';
  const what = field.on.kind === 'Namespace' ? 'Nothing in the namespace is saved any more, whatever schedules say.' : 'It is not saved any more, whatever schedules say.';
  return {
    id: 'exclusion-changed',
    severity: isOut ? 'destructive' : 'harmless',
    on: field.on,
    message: `${EXCLUDED_FROM_BACKUP} ${shown(field.from)} → ${shown(field.to)}`,
    means: isOut ? [what] : [],
    fields: [field],
  };
}

function losesVolume({ path, from, to }: FieldChange): boolean {
  const [before, after] = [from, to].map(value => typeof value === 'string' ? value.split(',').filter(name => name !== '') : []);
  return path.endsWith(INCLUDED) ? before.some(name => !after.includes(name)) : after.some(name => !before.includes(name));
}
