/** One rejected value: where it is, and what would be accepted. */
export interface Problem {
  readonly path: string;
  readonly reason: string;
}

/** All problems under one title, one a line: the only shape in which bad input is reported. */
export function renderProblems(title: string, problems: readonly Problem[]): string {
  return [title, ...problems.map(({ path, reason }) => `  ${path}: ${reason}`)].join("\n");
}
