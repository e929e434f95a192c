import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Refusal } from "../cli/io.ts";
import { openSession, type Session, type StackReport } from "../cli/session.ts";
import { sideBySide } from "../cli/side-by-side.ts";
import { readStackFiles, type StackFile } from "../cli/stack-files.ts";
import { explanation, progressLine, summaryTable } from "../cli/summary.ts";
import { parseOutputs } from "../contract/parse-outputs.ts";
import { offlineMark } from "../offline/engine/mark-lines.ts";
import { type ProfileSet, renderProfileSet } from "../profiles/profile-set.ts";
import { writeProfileSet } from "../profiles/write.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "out");
const say = (line: string) => void process.stdout.write(`${offlineMark}${line}\n`);

/** The whole path, from a stack file to a laptop's profile, without an account; of the named stacks, or of all. */
async function quickstart(names: readonly string[]): Promise<void> {
  const started = performance.now();
  const io = {
    out: say,
    err: say,
    env: process.env,
    root,
    today: new Date().toISOString().slice(0, 10),
  };
  const stacks = readStackFiles(io, names);
  const session = await openSession({ io, offline: true, log: say });
  try {
    say(
      `engine ${session.engine.version} (${session.engine.origin}), policy pack on, no account used`,
    );
    const first = await upAll(session, stacks, "first up");
    const second = await upAll(session, stacks, "second up, which must change nothing");
    requireNoChange(second);
    const sets = first.map((report) => renderProfileSet(report.outputs.landingZone, report.stack));
    for (const set of sets) await writeProfileSet(out, set);
    report(first, sets, (performance.now() - started) / 1000);
  } finally {
    await session.close();
  }
}

async function upAll(session: Session, stacks: readonly StackFile[], title: string) {
  say(title);
  const reports = await sideBySide(stacks, 4, async (stack) => {
    const report = await session.run(stack, "up");
    say(`  ${progressLine(report)}`);
    return report;
  });
  if (reports.every(({ ok }) => ok)) return reports;
  throw new Refusal(reports.flatMap(explanation).join("\n"));
}

function requireNoChange(reports: readonly StackReport[]): void {
  const changed = reports.flatMap(({ stack, steps }) =>
    steps.filter(({ op }) => op !== "same").map(({ op, urn }) => `${stack}: ${op} ${urn}`),
  );
  if (changed.length > 0) {
    throw new Refusal(["the second up changed something:", ...changed].join("\n  "));
  }
}

function report(reports: readonly StackReport[], sets: readonly ProfileSet[], seconds: number) {
  for (const line of summaryTable(reports)) say(line);
  for (const { outputs } of reports) for (const line of routeLines(outputs.landingZone)) say(line);
  const files = sets.reduce((sum, { files }) => sum + files.length + 1, 0);
  say(`${files} profile files in ${relative(process.cwd(), out) || "."}/, manifest included`);
  say(`done in ${seconds.toFixed(1)} s; nothing was created in any cloud`);
}

function routeLines(outputs: unknown): readonly string[] {
  const parsed = parseOutputs(outputs);
  if ("problems" in parsed) return parsed.problems.map(({ path, reason }) => `${path}: ${reason}`);
  const { geography, routes } = parsed.outputs;
  return routes.flatMap((route) => {
    const prefix = `${geography}/${route.name}`;
    if (route.provider === "anthropic") return [`${prefix}: outside the guarantee`];
    if (route.provider === "mantle") {
      return route.models.map(({ id }) => `${prefix}: ${id} is inside: ${route.region} only`);
    }
    if (route.provider === "gateway") {
      const upstreams = route.upstreams.map(({ name }) => name).join(", ");
      return route.models.map(({ id }) => `${prefix}: ${id} is inside at ${upstreams}`);
    }
    return route.provider === "bedrock"
      ? route.models.map(
          ({ id, destinations }) =>
            `${prefix}: ${id} from ${route.region} is inside: ${destinations.join(", ")}`,
        )
      : route.models.map(
          ({ id, processedIn }) =>
            `${prefix}: ${id} at ${route.provider === "vertex" ? route.location : route.region} is inside: ${processedIn}`,
        );
  });
}

try {
  await quickstart(process.argv.slice(2));
} catch (error) {
  const expected = error instanceof Error;
  for (const line of (expected ? error.message : String(error)).split("\n")) {
    process.stderr.write(`${offlineMark}${line}\n`);
  }
  process.exitCode = 1;
}
