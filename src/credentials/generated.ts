import { randomBytes } from 'crypto';

const DIGITS = '0123456789';
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const SMALL = 'abcdefghijklmnopqrstuvwxyz';

/** 20 characters, as S3 stores expect them: about 103 bits. It is no secret by itself. */
export function generateAccessKey(): Buffer {
  return drawn(20, CAPITALS + DIGITS);
}

/** 256 bits in letters and digits: no character that an INI file, a URL or a shell reads otherwise. */
export function generateSecretKey(): Buffer {
  return drawn(43, CAPITALS + SMALL + DIGITS);
}

/** 256 bits in letters, digits, `-` and `_`. */
export function generatePassword(): Buffer {
  return drawn(43, CAPITALS + SMALL + DIGITS + '-_');
}

/** In a Buffer from the first character on, because a string can not be overwritten. */
function drawn(length: number, alphabet: string): Buffer {
  const result = Buffer.alloc(length);
  // Bytes from here on would make the first characters of the alphabet more likely than the others.
  const fair = 256 - 256 % alphabet.length;
  let filled = 0;
  while (filled < length) {
    const random = randomBytes(length);
    for (const byte of random) {
      if (byte < fair && filled < length) {
        result[filled++] = alphabet.charCodeAt(byte % alphabet.length);
      }
    }
    random.fill(0);
  }
  return result;
}
