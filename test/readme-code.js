/* Writes each TypeScript block of a Markdown file that imports the library as readme-<n>.ts. */
const { readFileSync, writeFileSync } = require('fs');
const { join } = require('path');

const [markdown, folder] = process.argv.slice(2);
const blocks = [...readFileSync(markdown, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(match => match[1]);
const programs = blocks.filter(block => block.includes("from 'cdk8s-velero'"));
if (programs.length === 0) {
  throw new Error(`${markdown} has no TypeScript block that imports cdk8s-velero`);
}
programs.forEach((program, index) => writeFileSync(join(folder, `readme-${index + 1}.ts`), program));
