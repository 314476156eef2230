import { Problem } from '../findings';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = /^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,61}[a-z0-9]$/;

/** The name of a bucket, as every store takes it. */
export function wrongBucket(what: string, got: string): Problem | undefined {
  if (got.includes('/')) {
    return { what, got, wanted: 'the name of a bucket without "/"', next: 'put what follows the bucket into prefix' };
  }
  return BUCKET.test(got) ? undefined : {
    what, got, wanted: '3 to 63 lower-case letters, digits, "-" and single ".", beginning and ending with a letter or digit, and no IP address',
  };
}
