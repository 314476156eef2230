import { oneOf } from '../../src/findings';

test('takes what is known, and nothing at all', () => {
  expect(oneOf('effect', 'a', ['a', 'b'])).toBeUndefined();
  expect(oneOf('effect', undefined, ['a', 'b'])).toBeUndefined();
});

test.each(['c', 'A', ''])('refuses %j with what is known', got => {
  expect(oneOf('effect', got, ['a', 'b'])).toEqual({ what: 'effect', got, wanted: 'one of a, b' });
});

test('shows an empty value', () => {
  expect(oneOf('checksum', 'b', ['', 'a'])!.wanted).toBe('one of "", a');
});
