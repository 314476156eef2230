import { Testing } from 'cdk8s';
import { ExistingCredential } from '../../src/credentials/existing-credential';
import { s3PairsOf } from '../../src/credentials/s3-pairs';
import { SealedCredential } from '../../src/credentials/sealed-credential';
import { rsaKey } from '../certificates';
import { fileIn, Loose, sealedPassword, sealedS3, temporaryFolder, yamlOf } from './sealed-files';

const KEY = rsaKey();
const FOLDER = temporaryFolder();
const CURRENT = { accessKey: 'accessKey', secretKey: 'secretKey' };

function sealed(manifest: Loose): SealedCredential {
  return SealedCredential.fromFile(Testing.chart(), 's3', fileIn(FOLDER, 's3.yaml', yamlOf(manifest)));
}

test('a sealed file tells the pair that the store knows, and the next one while a rotation lasts', () => {
  const manifest = sealedS3(KEY);
  expect(s3PairsOf(sealed(manifest))).toEqual([CURRENT]);
  const { accessKey, secretKey } = manifest.spec.encryptedData;
  Object.assign(manifest.spec.encryptedData, { nextAccessKey: accessKey, nextSecretKey: secretKey });
  expect(s3PairsOf(sealed(manifest))).toEqual([CURRENT, { accessKey: 'nextAccessKey', secretKey: 'nextSecretKey' }]);
});

test('a Secret of something else has no pair', () => {
  expect(s3PairsOf(sealed(sealedPassword(KEY)))).toEqual([]);
});

test('only the cluster knows what is in an existing Secret', () => {
  expect(s3PairsOf(ExistingCredential.fromSecret(Testing.chart(), 's3', 'velero-s3', 'cloud'))).toBeUndefined();
});
