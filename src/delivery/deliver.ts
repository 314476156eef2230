import { ApiObjectMetadata } from 'cdk8s';
import { annotationsFor, DeliveryDialect } from './dialects';
import { DeliveryRole } from './table';

export type { DeliveryRole } from './table';

/** Where metadata keeps what `deliver` added to it. A symbol: it goes along when somebody copies the metadata, and is in no manifest. */
const DELIVERED = Symbol.for('cdk8s-velero.delivered');

interface Delivered {
  readonly role: DeliveryRole;

  /** The annotations that the caller gave. */
  readonly own: { readonly [name: string]: string };
}

/**
 * The metadata of an emitted object with what tells whoever applies it how: ArgoCD, unless the app says otherwise by `Delivery`.
 *
 * Annotations that the caller gives win: a user who sets one knows why.
 *
 * @param role the row of the table, usually the kind
 */
export function deliver(role: DeliveryRole, metadata: ApiObjectMetadata): ApiObjectMetadata {
  const own = metadata.annotations ?? {};
  const delivered: Delivered = { role, own };
  // Not by spreading: V8 then makes a hidden class for each object, which takes more than the object itself.
  const annotations = Object.assign({}, annotationsFor(DeliveryDialect.ARGOCD, role), own);
  return Object.assign({}, metadata, { annotations, [DELIVERED]: delivered });
}

/**
 * The same metadata in another dialect; nothing for what no `deliver` made.
 *
 * What was annotated since, or differently, stays: it is somebody's own.
 */
export function redelivered(metadata: object, dialect: DeliveryDialect): object | undefined {
  const { [DELIVERED]: delivered, annotations = {}, ...rest } = metadata as { [DELIVERED]?: Delivered; annotations?: Record<string, string> };
  if (delivered === undefined) {
    return undefined;
  }
  const usual = annotationsFor(DeliveryDialect.ARGOCD, delivered.role);
  const others = Object.entries(annotations).filter(([name, value]) => Object.hasOwn(delivered.own, name) || usual[name] !== value);
  return { ...rest, annotations: { ...annotationsFor(dialect, delivered.role), ...Object.fromEntries(others) } };
}
