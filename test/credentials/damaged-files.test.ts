import { ApiObject, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { SealedCredential } from '../../src/credentials/sealed-credential';
import { rsaKey } from '../certificates';
import { CANARY, damaged, place } from './mutations';
import { PLAIN, sealedPassword, sealedS3 } from './sealed-files';

const KEY = rsaKey();
const SEED = 20460104;
const PLACE = /^SealedCredential 'test\/credential'(: damaged\.yaml)?: /;
const path = place();

test.each([
  ['S3 keys', sealedS3(KEY), 7000], ['a repository password', sealedPassword(KEY), 3000],
])('a damaged file of %s is a message or a credential, and no value is told', (_, manifest, numRuns) => {
  let accepted = 0;
  fc.assert(fc.property(damaged(manifest), text => {
    try {
      const credential = SealedCredential.fromFile(Testing.chart(), 'credential', path(text), { certificate: KEY.pem });
      expect(ApiObject.of(credential).toJson().kind).toBe('SealedSecret');
      accepted++;
    } catch (error) {
      const { message } = error as Error;
      expect(message).toMatch(PLACE);
      expect([CANARY, ...Object.values(PLAIN)].filter(value => message.includes(value))).toEqual([]);
    }
  }), { seed: SEED, numRuns });
  // Neither is everything refused, nor does the damage miss what matters.
  expect(accepted).toBeGreaterThan(numRuns / 100);
  expect(accepted).toBeLessThan(numRuns / 2);
}, 120_000);
