import { markLines } from "../../offline/engine/mark-lines.ts";
import type { ProfilesJudging } from "../../profiles/compliance.ts";
import { renderProfileSet } from "../../profiles/profile-set.ts";
import { writeProfileSet } from "../../profiles/write.ts";
import { readCompliance } from "../compliance-file.ts";
import { type ExitCode, type Io, Refusal } from "../io.ts";
import { openSession } from "../session.ts";
import { readStackFiles } from "../stack-files.ts";
import { explanation } from "../summary.ts";

export interface ProfilesOptions {
  readonly out: string;
  readonly offline?: boolean;
  readonly json?: boolean;
}

/** What compliance says of the stack: profiles are judged by it, not by what the outputs claim. */
function judgingOf(stack: string, io: Io): ProfilesJudging {
  const { zones, stacks, profileSources } = readCompliance(io);
  const mapped = Object.hasOwn(stacks, stack) ? stacks[stack] : undefined;
  const zone = mapped !== undefined && Object.hasOwn(zones, mapped) ? zones[mapped] : undefined;
  if (zone === undefined) {
    throw new Refusal(
      `${stack}: compliance/zones.yaml maps no zone to the stack; ask the compliance team to add it`,
    );
  }
  return { zone, today: io.today, profileSources };
}

/** `lz profiles`: a stack's outputs become the MDM files of its routes. Nothing is written unless all of it is right. */
export async function profilesCommand(
  stack: string,
  options: ProfilesOptions,
  io: Io,
): Promise<ExitCode> {
  const offline = options.offline ?? false;
  const marked = (line: string) => (offline ? markLines(line) : line);
  const [file] = readStackFiles(io, [stack]);
  if (file === undefined) throw new Refusal(`${stack}: no such stack`, 2);
  const judging = judgingOf(stack, io);

  const session = await openSession({ io, offline, log: (line) => io.err(marked(line)) });
  try {
    // Offline there is nothing deployed to read from, so the stack is brought up against the stand-ins first.
    if (offline) {
      const report = await session.run(file, "up");
      if (!report.ok) {
        for (const line of explanation(report)) io.err(marked(line));
        return 1;
      }
    }
    const { landingZone } = await session.outputs(file);
    if (landingZone === undefined) {
      throw new Refusal(`${stack}: nothing is deployed yet, so there are no outputs; run up first`);
    }
    const set = renderProfileSet(landingZone, stack, judging);
    const written = await writeProfileSet(options.out, set);
    if (options.json) io.out(JSON.stringify({ offline, stack, files: written }));
    else for (const path of written) io.out(marked(path));
    return 0;
  } finally {
    await session.close();
  }
}
