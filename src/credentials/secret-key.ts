import { Problem } from '../findings';

/** @see https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data */
const KEY = /^[-._a-zA-Z0-9]{1,253}$/;

/** A key in the data of a Secret. */
export function secretKey(what: string, got: string): Problem | undefined {
  return typeof got === 'string' && KEY.test(got) && got !== '.' && !got.startsWith('..') ? undefined : {
    what, got, wanted: 'a key of a Secret: at most 253 letters, digits, "-", "_" and "."',
  };
}
