import { App, IResolver, ResolutionContext } from 'cdk8s';
import { IConstruct } from 'constructs';
import { oneOf, refuse } from '../findings';
import { redelivered } from './deliver';
import { DeliveryDialect } from './dialects';

const MARK = Symbol.for('cdk8s-velero.Delivery');
const TYPE = 'Delivery';

/**
 * Who applies what an app emits.
 *
 * Every object tells it how to be applied and whether it may be deleted, by annotations. Without a choice these are ArgoCD's.
 */
export class Delivery {
  /**
   * The delivery of an app.
   *
   * @param scope the app, or any construct of it
   */
  public static of(scope: IConstruct): Delivery {
    const root = scope.node.root as IConstruct & { [MARK]?: Delivery };
    if (!root[MARK]) {
      Object.defineProperty(root, MARK, { value: new Delivery(root) });
    }
    return root[MARK]!;
  }

  private chosen?: DeliveryDialect;

  private constructor(private readonly root: IConstruct) {}

  /** Who applies the manifests. */
  public get dialect(): DeliveryDialect {
    return this.chosen ?? DeliveryDialect.ARGOCD;
  }

  /**
   * Chooses who applies the manifests, for all objects of the app: those that are there already, too.
   *
   * Annotations that you gave a construct stay as they are.
   *
   * @throws when another one was chosen before
   */
  public use(dialect: DeliveryDialect): void {
    const place = `${TYPE}.of('${this.root.node.path}').use`;
    const unknown = oneOf('dialect', dialect, Object.values(DeliveryDialect)) ?? (dialect === undefined ? { what: 'dialect', wanted: 'a DeliveryDialect' } : undefined);
    if (unknown) {
      refuse(place, unknown);
    }
    if (this.chosen !== undefined && this.chosen !== dialect) {
      refuse(place, { what: 'dialect', got: dialect, wanted: `one for the whole app, which uses ${this.chosen} already`, next: 'choose once' });
    }
    if (this.chosen === undefined && dialect !== DeliveryDialect.ARGOCD) {
      App.of(this.root).resolvers.unshift(new Translation(dialect));
    }
    this.chosen = dialect;
  }
}

/** Works when an object is rendered: whatever was declared before the choice is translated too, and in the usual dialect nothing costs anything. */
class Translation implements IResolver {
  public constructor(private readonly dialect: DeliveryDialect) {}

  public resolve(context: ResolutionContext): void {
    const metadata = context.key.length === 0 ? redelivered(context.value, this.dialect) : undefined;
    if (metadata !== undefined) {
      context.replaceValue(metadata);
    }
  }
}
