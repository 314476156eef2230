import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** Every app of a test makes an output folder and leaves it: all of them go into one, which is removed at the end. */
export default function makeTemporaryFolder(): void {
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'cdk8s-velero-tests-'));
}
