/* Writes docs/RULES.md: `npx tsx tools/rules/main.ts`. */
import { writeFileSync } from 'fs';
import { join } from 'path';
import { rulesMarkdown } from './markdown';

writeFileSync(join(__dirname, '../../docs/RULES.md'), rulesMarkdown());
