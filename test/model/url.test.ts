import { parsedUrl } from '../../src/model/url';

test('a URL, or nothing', () => {
  expect(parsedUrl('https://store.example:8443/')?.host).toBe('store.example:8443');
  expect(['', 'store', 'http://', 'http://a b'].map(parsedUrl)).toEqual([undefined, undefined, undefined, undefined]);
});

test('letters of Latin-1 are read however often it is asked', () => {
  for (let count = 0; count < 20_000; count++) {
    expect(parsedUrl('http://münchen.example') !== undefined || count).toBe(true);
  }
});
