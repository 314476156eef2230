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
  ['https:\\\\me:hunter2@store', 'https:\\\\…@store'],
  ['https:me:hunter2@store', '…@store'],
  ['//me:hunter2@store', '…@store'],
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
  ['one with slashes alone', '//me:hun ter"2@host:9000', '…@host:9000'],
  ['one with half a scheme', 'https:\\\\me:hun ter"2@host', 'https:\\\\…@host'],
  ['no scheme', 'got "me:hunter2@host:9000", wanted me:hunt@er2@[::1]:9000, or :hunter2@host', 'got "…@host:9000", wanted …@[::1]:9000, or …@host'],
  ['slashes alone', 'from //me:hunter2@host: write it anew', 'from …@host: write it anew'],
  ['no slashes', 'from https:me:hunter2@host: write it anew', 'from …@host: write it anew'],
  ['other slashes', 'from https:\\\\me:hunter2@host: write it anew', 'from https:\\\\…@host: write it anew'],
  ['a password with spaces', 'write https://me:hun @ ter 2@host:9000; not "me@host"', 'write https://…@host:9000; not "me@host"'],
  ['two of them', 'from https://me:hun ter2@one to https://me:hun ter2@two', 'from https://…@one to https://…@two'],
  ['in lines', 'from https://me:hun ter2@one\nto me@two', 'from https://…@one\nto me@two'],
])('a text without what is secret in URLs: %s', (_, text, shown) => {
  expect(withoutSecrets(text)).toBe(shown);
  expect(withoutSecrets(shown)).toBe(shown);
});

test.each([
  'image docker.io/velero/velero:v1.18@sha256:0123abcd', 'store:5000/velero:v1@sha256:0123 → store:5000/velero:v2@sha256:01…',
  'see https://velero.io/docs or https://velero.io:8443, and the image velero:v1@sha256:0123', 'git@host:path', 'from git@host:path and git@other:path',
  'ask: me@example.org', 'see https://velero.io/docs, or ask me@example.org', '{"owner":"me@example.org"}', 'Schedule velero/daily: @every 1h',
  's3Url http://minio:9000 → https://…@store', 's3Url http://minio:9000 → …@store:9000',
])('nothing is secret in %s', text => {
  expect(withoutSecrets(text)).toBe(text);
});

test.each(['a', ':/', ' a://', 'a:', '@:', 'a"'])('a long text of %j is read once', piece => {
  const text = `-${piece.repeat(100_000)}`;
  expect(withoutSecrets(text)).toBe(text);
});
