import { run } from './program';

const { stdin, stdout, stderr, env: environment } = process;

// Whoever reads only the first lines, as `head` does, has seen what was wanted: that is no failure.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    stderr.write(`standard output: ${error.message}\n`);
    process.exit(1);
  }
});

void run(process.argv.slice(2), { stdin, stdout, stderr, now: new Date(), environment }).then(code => {
  process.exitCode = code;
});
