/** Everything the commands may touch of the outside: handed in, so that tests run without a process. */
export interface Io {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** All of standard input; empty when it is a terminal. */
  readonly readInput: () => Promise<string>;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970-01-01. */
  readonly now: () => number;
  /** Who runs the command, for what is written straight to the store. */
  readonly userName: string;
}

/** 0 fine, 1 refused or failed, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

/** A failure meant for the user: printed as it is, without a stack. */
export class CommandFailed extends Error {
  readonly exitCode: ExitCode;
  constructor(message: string, exitCode: ExitCode = 1) {
    super(message);
    this.name = "CommandFailed";
    this.exitCode = exitCode;
  }
}
