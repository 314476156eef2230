import { parsedUrl, shownUrl, withoutSecrets } from '../../src/model/url';

test('a URL, or nothing', () => {
  expect(parsedUrl('https://store.example:8443/')?.host).toBe('store.example:8443');
  expect(['', 'store', 'http://', 'http://a b'].map(parsedUrl)).toEqual([undefined, undefined, undefined, undefined]);
});

test('letters of Latin-1 are read however often it is asked', () => {
  for (let count = 0; count < 20_000; count++) {
    expect(parsedUrl('http://münchen.example') !== undefined || count).toBe(true);
  }
});

test.each([
  ['https://store.example:8443/folder', 'https://store.example:8443/folder'],
  ['store:9000', 'store:9000'],
  ['', ''],
  ['https://me:hunter2@store', 'https://…@store'],
  ['HTTPS://hunter2@store/folder', 'HTTPS://…@store/folder'],
  ['https://me:hun/ter2@store', 'https://…@store'],
  ['https://me:hun@ter2@store', 'https://…@store'],
  ['https://me:hun ter"2?@store', 'https://…@store'],
  ['me:hunter2@store', '…@store'],
  ['https:/me:hunter2@store', 'https:/…@store'],
  ['https://store/a?X-Amz-Signature=hunter2', 'https://store/a…'],
  ['https://store#hunter2', 'https://store…'],
  ['https://me:hunter2@store?hunter2#hunter2', 'https://…@store…'],
  ['https://me:hunter2\n@store?\nhunter2', 'https://…@store…'],
])('of %j a message may show %j', (url, shown) => {
  expect(shownUrl(url)).toBe(shown);
  expect(shownUrl(shown)).toBe(shown);
});

test.each([
  ['a URL is a text too', 'ssh://me:hun ter2@host/a', 'ssh://…@host/a'],
  ['each URL in it', 'from https://me:hunter2@one, to http://two?hunter2 and s3://three', 'from https://…@one, to http://two… and s3://three'],
  ['names that are none', 'velero:v1@sha256:0123, me:secret@host', 'velero:v1@sha256:0123, me:secret@host'],
])('a text without what is secret in URLs: %s', (_, text, shown) => {
  expect(withoutSecrets(text)).toBe(shown);
});
