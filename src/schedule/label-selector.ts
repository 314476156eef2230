import { labelKey, labels, labelValue, listOf, mapOf, oneOf, Problem, required, struct, TEXT } from '../findings';

/**
 * How the value of a label is compared.
 */
export enum LabelSelectorOperator {
  /** The label has one of the values. */
  IN = 'In',
  /** The label is absent or has none of the values. */
  NOT_IN = 'NotIn',
  /** The label is there, with any value. */
  EXISTS = 'Exists',
  /** The label is absent. */
  DOES_NOT_EXIST = 'DoesNotExist',
}

/**
 * One condition on a label.
 */
export interface LabelSelectorRequirement {
  /** Key of the label, with its prefix. */
  readonly key: string;

  /** How the value is compared. */
  readonly operator: LabelSelectorOperator;

  /**
   * The values to compare with.
   *
   * At least one for `IN` and `NOT_IN`; none for `EXISTS` and `DOES_NOT_EXIST`.
   *
   * @default - none
   */
  readonly values?: string[];
}

/**
 * Selects objects by their labels. All conditions must hold.
 *
 * At least one is needed: Kubernetes takes an empty selector for "everything", which is what leaving it out says.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export interface LabelSelector {
  /**
   * Labels an object must have with exactly these values.
   *
   * @default - none
   */
  readonly matchLabels?: { [key: string]: string };

  /**
   * Further conditions on labels.
   *
   * @default - none
   */
  readonly matchExpressions?: LabelSelectorRequirement[];
}

/** What a selector is made of. */
export const SELECTOR = struct<LabelSelector>({
  matchLabels: mapOf(TEXT),
  matchExpressions: listOf(struct<LabelSelectorRequirement>({ key: required(TEXT), operator: required(TEXT), values: listOf(TEXT) })),
});

const OPERATORS = Object.values(LabelSelectorOperator);

/** What is wrong with a selector; nothing when it is absent. */
export function checkSelector(what: string, selector: LabelSelector | undefined): (Problem | undefined)[] {
  if (!selector) {
    return [];
  }
  const { matchLabels = {}, matchExpressions: expressions = [] } = selector;
  if (Object.keys(matchLabels).length + expressions.length === 0) {
    return [{ what, got: selector, wanted: 'at least one condition', next: 'leave the selector out to select everything' }];
  }
  return [
    ...labels(`${what}.matchLabels`, matchLabels),
    ...expressions.flatMap((expression, index) => checkRequirement(`${what}.matchExpressions[${index}]`, expression)),
  ];
}

function checkRequirement(what: string, { key, operator, values = [] }: LabelSelectorRequirement): (Problem | undefined)[] {
  const compares = operator === LabelSelectorOperator.IN || operator === LabelSelectorOperator.NOT_IN;
  const unknown = oneOf(`${what}.operator`, operator, OPERATORS);
  const count = unknown || compares === values.length > 0 ? undefined : {
    what: `${what}.values`, got: values, wanted: compares ? `at least one value for ${operator}` : `no value for ${operator}`,
  };
  return [labelKey(`${what}.key`, key), unknown, count, ...values.map(value => labelValue(`${what}.values`, value))];
}
