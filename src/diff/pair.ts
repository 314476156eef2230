import { type Manifest } from '../model';
import { changedFields, type FieldChange } from './changed-fields';

/**
 * An object as it was and as it is, with the fields that differ.
 *
 * Who tells of a field takes it: so each is told once, and what nobody takes is left for the end.
 */
export class Pair {
  private open: readonly FieldChange[];

  public constructor(public readonly was: Manifest, public readonly is: Manifest) {
    this.open = changedFields(was, is);
  }

  /** Whether a field at one of these paths, or below, differs and nobody has told of it. */
  public has(...paths: readonly string[]): boolean {
    return this.open.some(({ path }) => isBelow(path, paths));
  }

  /** The fields that somebody asks for. */
  public takeThose(isMeant: (field: FieldChange) => boolean): readonly FieldChange[] {
    const taken = this.open.filter(isMeant);
    this.open = taken.length === 0 ? this.open : this.open.filter(field => !isMeant(field));
    return taken;
  }

  /** The fields at these paths and below. */
  public take(...paths: readonly string[]): readonly FieldChange[] {
    return this.takeThose(({ path }) => isBelow(path, paths));
  }

  /** The fields at these paths and below that are not at or below others, and none of which something else is true. */
  public takeBut(paths: readonly string[], others: readonly string[], isNone: (field: FieldChange) => boolean): readonly FieldChange[] {
    return this.takeThose(field => isBelow(field.path, paths) && !isBelow(field.path, others) && !isNone(field));
  }

  /** All that is left. */
  public takeRest(): readonly FieldChange[] {
    return this.takeThose(() => true);
  }
}

function isBelow(path: string, paths: readonly string[]): boolean {
  return paths.some(each => path === each || (path.startsWith(each) && /^[.[]/.test(path.slice(each.length))));
}
