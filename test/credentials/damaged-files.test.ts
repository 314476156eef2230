import { Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { SealedCredential } from '../../src/credentials/sealed-credential';
import { rsaKey } from '../certificates';
import { synthesized } from '../synthesized';
import { CANARY, damaged, place } from './mutations';
import { PLAIN, sealedPassword, sealedS3 } from './sealed-files';

const KEY = rsaKey();
const SEED = 20460104;
const PLACE = /^SealedCredential 'test\/credential'(: damaged\.yaml)?: /;
const path = place();

test.each([['S3 keys', sealedS3(KEY)], ['a repository password', sealedPassword(KEY)]])('a damaged file of %s is a message or a credential, and no value is told', (_, manifest) => {
  fc.assert(fc.property(damaged(manifest), text => {
    const chart = Testing.chart();
    try {
      SealedCredential.fromFile(chart, 'credential', path(text), { certificate: KEY.pem });
      expect(synthesized(chart)).toHaveLength(1);
    } catch (error) {
      const { message } = error as Error;
      expect(message).toMatch(PLACE);
      [CANARY, ...Object.values(PLAIN)].forEach(value => expect(message).not.toContain(value));
    }
  }), { seed: SEED, numRuns: 1000 });
});
