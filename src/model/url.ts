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
