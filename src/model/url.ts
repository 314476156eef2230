/**
 * A URL, or nothing where it is none.
 *
 * Not by `URL.canParse`: on Node.js 20, once it is optimized, it takes every URL with letters of Latin-1 for none.
 */
export function parsedUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/**
 * What a message may show of a URL, or of what should be one: no user and password, and neither query nor fragment, where signatures and tokens
 * stand.
 *
 * By its letters alone: what is secret in a URL is secret too where nothing can parse it.
 */
export function shownUrl(url: string): string {
  const [scheme] = /^([a-z][a-z0-9+.-]*)?:[\\/]+|^/i.exec(url)!;
  const place = url.lastIndexOf('@') + 1;
  return `${place === 0 ? url : `${scheme}…@${url.slice(place)}`}`.replace(/[?#][^]*$/, '…');
}

/**
 * A text, with each URL in it as `shownUrl` has it, and without what looks like a user and password: for a value that may be anything, and for a
 * sentence that repeats one.
 */
export function withoutSecrets(text: string): string {
  if (!SUSPECT.test(text)) {
    return text;
  }
  return /^([a-z][a-z0-9+.-]*:[\\/]|\/\/)/i.test(text)
    ? shownUrl(text)
    : text.split(PARTS).map(withoutPassword).join('').replace(/:[\\/]+\S+/g, shownUrl).replace(/[^\s"']+/g, withoutUser);
}

/** What every secret of a URL stands beside. Most texts have none of it, and the patterns below are never compiled for them. */
const SUSPECT = /@|:[\\/]|^\/\//;

/** Between lines, before and after quotes, and before the next URL. */
const PARTS = /(?<=["'\n])|(?=\s[a-z][a-z0-9+.-]*:\/\/)/i;

/** A password may have spaces in it: what looks like one reaches to the last `@`. */
function withoutPassword(part: string): string {
  const [before] = /^[^]*?:[\\/]+|^/.exec(part)!;
  const [user] = /^[^]*[^…]@(?!sha\d)|^/.exec(part.slice(before.length))!; // nothing that is cut already, and no digest of an image
  return before !== '' && user.includes(':') ? `${before}…@${part.slice(before.length + user.length)}` : part;
}

/** `user:password@host`, which nothing but its `@` tells from other words. */
function withoutUser(word: string): string {
  return word.replace(/^[^@:]*:[^]*[^…]@(?=[\w[])(?!sha\d)/, '…@');
}
