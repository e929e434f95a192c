/** The helper cannot be built. The message is the whole story: print it without a stack. */
export class BuildError extends Error {
  constructor(title: string, problems: readonly string[]) {
    const message = [title, ...problems.map((problem) => `  ${problem}`)].join("\n");
    super(message);
    this.name = "BuildError";
    this.stack = `${this.name}: ${message}`;
  }
}

/** The one sentence an unknown failure has to say. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
