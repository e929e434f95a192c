/** Everything a command may touch of the outside: handed in, so that tests run without a process. */
export interface Io {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** Root of the checkout: where `stacks/`, `policy-pack/` and `compliance/` are. */
  readonly root: string;
  /** ISO date that decides what is retired. */
  readonly today: string;
}

/** 0 fine, 1 refused or failed, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

/** A refusal meant for the user: printed as it is, without a stack. */
export class Refusal extends Error {
  readonly exitCode: ExitCode;
  constructor(message: string, exitCode: ExitCode = 1) {
    super(message);
    this.name = "Refusal";
    this.exitCode = exitCode;
  }
}
