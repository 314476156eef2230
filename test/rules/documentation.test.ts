import { readFileSync } from 'fs';
import { join } from 'path';
import { rulesMarkdown } from '../../tools/rules/markdown';

test('docs/RULES.md is what the rules say: npx tsx tools/rules/main.ts writes it', () => {
  expect(readFileSync(join(__dirname, '../../docs/RULES.md'), 'utf8')).toBe(rulesMarkdown());
});
