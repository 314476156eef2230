/* Bundles the compiled library in a folder, by default lib: `npx tsx tools/bundle/main.ts [folder]`. */
import { join, resolve } from 'path';
import { bundle } from './bundle';

bundle(process.argv[2] === undefined ? join(__dirname, '../../lib') : resolve(process.argv[2]));
