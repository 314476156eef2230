import { run } from './program';

const { stdin, stdout, stderr } = process;

void run(process.argv.slice(2), { stdin, stdout, stderr, now: new Date() }).then(code => {
  process.exitCode = code;
});
