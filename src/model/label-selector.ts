import { type Fields } from './fields';

/** Selects objects by their labels. All conditions must hold; without any it selects everything. */
export interface LabelSelector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly LabelSelectorRequirement[];
}

export interface LabelSelectorRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

export function readSelector(fields: Fields): LabelSelector {
  return {
    matchLabels: fields.stringMap('matchLabels'),
    matchExpressions: fields.objects('matchExpressions').map(expression => ({
      key: expression.string('key') ?? '',
      operator: expression.string('operator') ?? '',
      values: expression.strings('values'),
    })),
  };
}

/** Nothing when the field is absent, which for some fields is not what an empty selector is. */
export function selectorIn(fields: Fields, key: string): LabelSelector | undefined {
  const selector = fields.optionalObject(key);
  return selector && readSelector(selector);
}

/** Whether an object with these labels is selected. */
export function selects(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(selector.matchLabels).every(([key, value]) => labels[key] === value)
    && selector.matchExpressions.every(requirement => holds(requirement, labels[requirement.key]));
}

function holds({ operator, values }: LabelSelectorRequirement, label: string | undefined): boolean {
  switch (operator) {
    case 'In': return label !== undefined && values.includes(label);
    case 'NotIn': return label === undefined || !values.includes(label);
    case 'Exists': return label !== undefined;
    case 'DoesNotExist': return label === undefined;
    // The API server refuses any other.
    default: return false;
  }
}
