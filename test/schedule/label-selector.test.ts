import { checkSelector, LabelSelector, LabelSelectorOperator } from '../../src/schedule/label-selector';

const { IN, NOT_IN, EXISTS, DOES_NOT_EXIST } = LabelSelectorOperator;
const KEY = 'a label key: at most 63 letters, digits, "-", "_" and ".", after an optional DNS prefix and "/"';
const VALUE = 'a label value: at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit';

function found(selector: LabelSelector | undefined): any[] {
  return checkSelector('labelSelector', selector).filter(problem => problem);
}

test.each<[LabelSelector | undefined]>([
  [undefined],
  [{ matchLabels: { 'app.kubernetes.io/name': 'grafana', 'empty': '' } }],
  [{ matchExpressions: [{ key: 'a', operator: IN, values: ['x', 'y'] }, { key: 'b', operator: NOT_IN, values: ['x'] }] }],
  [{ matchExpressions: [{ key: 'a', operator: EXISTS }, { key: 'b', operator: DOES_NOT_EXIST, values: [] }] }],
])('takes %j', selector => {
  expect(found(selector)).toEqual([]);
});

test.each<[LabelSelector, any]>([
  [{}, { what: 'labelSelector', got: {}, wanted: 'at least one condition', next: 'leave the selector out to select everything' }],
  [{ matchLabels: { '-a': 'x' } }, { what: 'labelSelector.matchLabels', got: '-a', wanted: KEY }],
  [{ matchLabels: { a: 'x y' } }, { what: 'labelSelector.matchLabels[\'a\']', got: 'x y', wanted: VALUE }],
  [{ matchExpressions: [{ key: '', operator: EXISTS }] }, { what: 'labelSelector.matchExpressions[0].key', got: '', wanted: KEY }],
  [{ matchExpressions: [{ key: 'a', operator: IN }] }, { what: 'labelSelector.matchExpressions[0].values', got: [], wanted: 'at least one value for In' }],
  [{ matchExpressions: [{ key: 'a', operator: NOT_IN, values: ['*'] }] }, { what: 'labelSelector.matchExpressions[0].values', got: '*', wanted: VALUE }],
  [{ matchExpressions: [{ key: 'a', operator: 'in' as any, values: [] }] },
    { what: 'labelSelector.matchExpressions[0].operator', got: 'in', wanted: 'one of In, NotIn, Exists, DoesNotExist' }],
  [{ matchExpressions: [{ key: 'a', operator: EXISTS, values: ['x'] }] }, { what: 'labelSelector.matchExpressions[0].values', got: ['x'], wanted: 'no value for Exists' }],
])('refuses %j', (selector, problem) => {
  expect(found(selector)).toEqual([problem]);
});
