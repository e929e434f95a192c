/** One number a bench measured. */
export interface Figure {
  /** The number with its unit. */
  readonly figure: string;
  /** What it was measured over. */
  readonly note?: string;
}

/** One row of the table of targets. */
export interface Bench {
  readonly name: string;
  readonly what: string;
  /** Printed beside the figure, never asserted: a slow machine is no defect. */
  readonly target: string;
  /** The same number of the nearest comparable tool, where one is known. */
  readonly peer?: string;
  /** @throws Error when the run itself failed, or gave a wrong answer. */
  run(): Promise<readonly Figure[]>;
}
