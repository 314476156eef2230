/* Bundles the compiled library: `npx tsx tools/bundle/main.ts`. */
import { join } from 'path';
import { bundle } from './bundle';

const ROOT = join(__dirname, '../..');
void bundle(join(ROOT, 'lib'), join(ROOT, '.jsii'));
