import { CURRENT_PAIR, type S3Pair } from './s3-pairs';

/** The key of the Secret that Velero reads. */
export const CLOUD_KEY = 'cloud';

/** What a profile of the AWS shared credentials file looks like; a controller in the cluster fills it in from the two values. */
export const CLOUD = cloudOf(CURRENT_PAIR);

/** The same, of another pair of values. */
export function cloudOf({ accessKey, secretKey }: S3Pair): string {
  return ['[default]', `aws_access_key_id={{ .${accessKey} }}`, `aws_secret_access_key={{ .${secretKey} }}`, ''].join('\n');
}
