/** A standard input that may be a terminal. */
export interface Input extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
}

/** What a command may touch besides files. */
export interface Surroundings {
  readonly stdin: Input;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Only certificates are compared with it. */
  readonly now: Date;
}

/** A command that was called in a way that cannot be meant: exit code 2. */
export class WrongUse extends Error {}
