/** A standard input that may be a terminal. */
export interface Input extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
}

/** What a command may touch besides files. */
export interface Surroundings {
  readonly stdin: Input;
  readonly stdout: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Only certificates are compared with it. */
  readonly now: Date;
  /** Colours depend on it, and where kubectl is and which cluster it asks. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** A command that has told on standard output what it found: exit code 1. */
export class Found extends Error {}

/** A command that was called in a way that cannot be meant: exit code 2. */
export class WrongUse extends Error {}
