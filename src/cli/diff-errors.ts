import { capital, type Change, type ChangeId } from '../diff';
import { tell } from '../findings/problems';
import { type BackupModel } from '../model';
import { judge, type Judgement } from '../rules';

/** What `check` calls an error and did not before: whatever changed, it cannot work now. What the changes tell already is not told again. */
export function freshErrors(was: BackupModel, is: BackupModel, changes: readonly Change[]): readonly Change[] {
  const known = new Set(errorsIn(was).map(keyOf));
  const destructive = changes.filter(({ severity }) => severity === 'destructive');
  return errorsIn(is).filter(error => !known.has(keyOf(error)) && !destructive.some(change => tellsOf(change, error))).map(changeOf);
}

function errorsIn(model: BackupModel): readonly Judgement[] {
  return judge(model).filter(({ severity }) => severity === 'error');
}

/** What is wrong, wherever the object lies now, and whatever release says so: an old error is not new with the next version. */
function keyOf({ on, rule, what, got, wanted }: Judgement): string {
  return JSON.stringify([rule.id, String(on), what, got, wanted.replace(/\d+(\.\d+)+/g, '')]);
}

/** What a change of another object tells as well. */
const TOLD_BY: Readonly<Record<string, ChangeId>> = { 'location-default': 'default-location-changed' };

/** By the field that both are about, or by an object that is gone, which the rule misses. */
function tellsOf({ id, on, fields }: Change, { on: object, rule, what, got }: Judgement): boolean {
  const name = what.replace(/^(label|annotation) /, '');
  const isSameObject = String(on) === String(object);
  return isSameObject ? fields.length === 0 || fields.some(({ path }) => isNear(path, name)) : TOLD_BY[rule.id] === id || (typeof got === 'string' && got !== '' && got === on.name);
}

function isNear(path: string, name: string): boolean {
  return path.startsWith(name) || name.startsWith(path) || path.includes(`'${name}'`);
}

function changeOf({ on, rule, what, got, wanted, next }: Judgement): Change {
  return { id: 'check-fails', severity: 'destructive', on, message: `${tell({ what, got, wanted })} [${rule.id}]`, means: [capital(`${next ?? rule.fix}.`)], fields: [] };
}
