/** What a process does is tested with a process of its own; this is where the arguments and streams of one meet the program. */
test('the arguments, streams and exit code of the process are those of the program', async () => {
  const { argv, exitCode } = process;
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    process.argv = [...argv.slice(0, 2), 'sael'];
    jest.requireActual('../../src/cli/main');
    await new Promise(setImmediate);
    expect(process.exitCode).toBe(2);
    expect(told.mock.calls.map(([text]) => text).join('')).toBe("error: unknown command 'sael'\n(Did you mean seal?)\n(--help tells what there is)\n");
  } finally {
    told.mockRestore();
    process.argv = argv;
    process.exitCode = exitCode;
  }
});
