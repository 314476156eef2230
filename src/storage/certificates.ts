import { X509Certificate } from 'crypto';
import { Problem } from '../findings';

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g;
const BEGIN_CERTIFICATE = '-----BEGIN CERTIFICATE-----';

/** What is wrong with certificates in PEM. The message has none of it: whoever gives a private key would find it in the log. */
export function wrongCertificates(what: string, got: string): Problem | undefined {
  const blocks = [...got.matchAll(BLOCK)];
  const foreign = blocks.find(([, label]) => label !== 'CERTIFICATE');
  if (foreign) {
    return { what, wanted: `certificates only, but there is a ${foreign[1]} in it: all of this is written into the manifest`, next: 'take it out' };
  }
  if (!got.trimStart().startsWith(BEGIN_CERTIFICATE) || got.replace(BLOCK, '').trim() !== '') {
    return { what, wanted: `certificates in PEM and nothing else, beginning with ${BEGIN_CERTIFICATE}`, next: 'read it from a file: it is encoded in base64 here' };
  }
  const broken = blocks.findIndex(([block]) => !isCertificate(block));
  return broken < 0 ? undefined : { what, wanted: `certificates in PEM, but number ${broken + 1} of ${blocks.length} is none that can be read`, next: 'export it anew' };
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block) !== undefined;
  } catch {
    return false;
  }
}
