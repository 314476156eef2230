/*
 * Writes the TypeScript of Markdown files: each block that synthesizes is a program, <document>-<n>.ts, and every other one goes on with the program
 * before it, or with that of the tutorial, as <document>-<n>-part.ts: in a block of its own, for it may name things anew.
 */
const { readFileSync, writeFileSync } = require('fs');
const { basename, join } = require('path');

const [folder, ...documents] = process.argv.slice(2);

const IMPORT = /^import \{([^}]*)\} from ('[^']*');\n/gm;

/** What both import stands in both, so that each can be copied as it is. */
function partOf(program, block) {
  const known = new Set([...program.matchAll(IMPORT)].flatMap(([, names]) => namesIn(names)));
  const more = [...block.matchAll(IMPORT)].map(([, names, from]) => `import { ${namesIn(names).filter(name => !known.has(name)).join(', ')} } from ${from};\n`);
  return `${more.join('')}${program}{\n${block.replace(IMPORT, '')}}\n`;
}

function namesIn(list) {
  return list.split(',').map(name => name.trim()).filter(name => name !== '');
}

let tutorial;
for (const document of documents) {
  const name = basename(document, '.md').toLowerCase();
  const blocks = [...readFileSync(document, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(match => match[1]);
  let program = tutorial;
  blocks.forEach((block, index) => {
    const isProgram = block.includes('app.synth();');
    if (!isProgram && program === undefined) {
      throw new Error(`${document}: its TypeScript block ${index + 1} goes on with a program, but there is none before it`);
    }
    program = isProgram ? block : program;
    writeFileSync(join(folder, `${name}-${index + 1}${isProgram ? '' : '-part'}.ts`), isProgram ? block : partOf(program, block));
  });
  tutorial = name === 'tutorial' ? program : tutorial;
}
