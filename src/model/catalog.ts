/** What has a name in a namespace. */
interface Named {
  readonly namespace: string;
  readonly name: string;
}

const NONE: readonly never[] = [];

/** The facts of one kind, found by namespace and name without a search. */
export class Catalog<Fact extends Named> {
  private readonly facts: Fact[] = [];
  private namespaces?: Map<string, Fact[]>;
  private names?: Map<string, Map<string, Fact>>;

  /** In the order in which they were declared. */
  public get all(): readonly Fact[] {
    return this.facts;
  }

  /** For the readers of manifests, before anything is looked up. */
  public add(fact: Fact): void {
    this.facts.push(fact);
  }

  public in(namespace: string): readonly Fact[] {
    this.namespaces ??= grouped(this.all, fact => fact.namespace);
    return this.namespaces.get(namespace) ?? NONE;
  }

  /** The first with that name, where somebody declared it twice. */
  public get(namespace: string, name: string): Fact | undefined {
    this.names ??= this.byName();
    return this.names.get(namespace)?.get(name);
  }

  /** A map in a map: to put two names together for each look-up takes longer than the look-up. */
  private byName(): Map<string, Map<string, Fact>> {
    const names = new Map<string, Map<string, Fact>>();
    for (const fact of this.all) {
      const inNamespace = names.get(fact.namespace) ?? new Map<string, Fact>();
      names.set(fact.namespace, inNamespace.set(fact.name, inNamespace.get(fact.name) ?? fact));
    }
    return names;
  }
}

/** Map.groupBy, which Node.js 20 does not have. */
export function grouped<Item, Key>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [item]);
    } else {
      group.push(item);
    }
  }
  return groups;
}
