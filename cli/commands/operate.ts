import { markLines } from "../../offline/engine/mark-lines.ts";
import { readCompliance } from "../compliance-file.ts";
import { type ExitCode, type Io, Refusal } from "../io.ts";
import { openSession } from "../session.ts";
import { sideBySide } from "../side-by-side.ts";
import { readStackFiles } from "../stack-files.ts";
import { explanation, progressLine, reportFacts, summaryTable } from "../summary.ts";

export interface OperateOptions {
  readonly offline?: boolean;
  readonly state?: string;
  readonly concurrency: number;
  readonly verbose?: boolean;
  readonly json?: boolean;
}

/** `lz preview | up | destroy`: the real engine with the policy pack on, all stacks side by side when none is named. */
export async function operateCommand(
  operation: "preview" | "up" | "destroy",
  named: readonly string[],
  options: OperateOptions,
  io: Io,
): Promise<ExitCode> {
  const offline = options.offline ?? false;
  if (options.state !== undefined && !offline) {
    throw new Refusal(
      "--state: only with --offline; a deployed stack keeps its state in your backend",
      2,
    );
  }
  const stacks = readStackFiles(io, named);
  // Refused here in a second, rather than by each stack after its engine has started.
  if (operation !== "destroy") readCompliance(io);
  const marked = (line: string) => (offline ? markLines(line) : line);
  const say = options.json
    ? (line: string) => io.err(marked(line))
    : (line: string) => io.out(marked(line));

  const session = await openSession({
    io,
    offline,
    log: say,
    ...(options.state !== undefined && { stateFolder: options.state }),
  });
  try {
    const reports = await sideBySide(stacks, options.concurrency, async (stack) => {
      const echo = options.verbose ? (line: string) => say(`${stack.name}: ${line}`) : undefined;
      const report = await session.run(stack, operation, echo);
      say(progressLine(report));
      return report;
    });
    for (const line of reports.flatMap(explanation)) say(line);
    if (options.json)
      io.out(JSON.stringify({ offline, operation, stacks: reports.map(reportFacts) }));
    else for (const line of summaryTable(reports)) say(line);
    return reports.every(({ ok }) => ok) ? 0 : 1;
  } finally {
    await session.close();
  }
}
