import { Command, CommanderError, InvalidArgumentError } from "commander";
import { verdictCommand } from "./commands/verdict.ts";
import { type ExitCode, type Io, Refusal } from "./io.ts";

/** Runs `lz` on raw arguments and answers with the exit code; never ends the process itself. */
export async function lz(rawArgs: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const finish = (code: ExitCode) => {
    exitCode = code;
  };
  try {
    await buildCommand(io, finish).parseAsync([...rawArgs], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof Refusal) {
      io.err(error.message);
      return error.exitCode;
    }
    io.err(textOf(error, rawArgs.includes("--debug")));
    return 1;
  }
}

function buildCommand(io: Io, finish: (code: ExitCode) => void): Command {
  const command = new Command("lz")
    .description("Landing zone for Claude Desktop on your own cloud, one stack per geography.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(text.trimEnd()),
    })
    .showHelpAfterError("(lz --help lists every command and option)");

  for (const operation of ["preview", "up", "destroy"] as const) {
    command
      .command(operation)
      .description(descriptions[operation])
      .argument("[stack...]", "stacks to run; all of them, side by side, when none is named")
      .option("--offline", "run against the stand-in providers: no account, nothing is created")
      .option("--state <dir>", "with --offline: keep the state in this folder between runs")
      .option("--concurrency <n>", "stacks at once", positive, 4)
      .option("--verbose", "print everything the engine prints")
      .option("--json", "print one JSON document")
      .option("--debug", "print a stack trace when something breaks")
      .action(async (stacks: string[], options) => {
        // The engine and the cloud SDK cost half a second: only these commands load them.
        const { operateCommand } = await import("./commands/operate.ts");
        finish(await operateCommand(operation, stacks, options, io));
      });
  }

  command
    .command("profiles")
    .description("write the MDM files of one stack's routes")
    .argument("<stack>", "stack whose outputs become profiles")
    .option("--out <dir>", "folder to write to; DIR/<stack> is replaced as a whole (required)")
    .option("--offline", "take the outputs of an offline run instead of a deployed stack")
    .option("--json", "print one JSON document")
    .option("--debug", "print a stack trace when something breaks")
    .action(async (stack: string, options) => {
      requireOptions(options, ["out"]);
      const { profilesCommand } = await import("./commands/profiles.ts");
      finish(await profilesCommand(stack, options, io));
    });

  command
    .command("verdict")
    .description("say whether a model, called from a region, stays in a zone")
    .option("--zone <zone>", "zone id, built in or from the compliance file (required)")
    .option("--provider <provider>", "bedrock, vertex, mantle, foundry or anthropic (required)")
    .option("--region <region>", "region or location the request is sent to (required)")
    .option("--model <id>", "profile id, model id or ARN (required)")
    .option("--model-version <version>", "foundry: the pinned version, which decides who hosts")
    .option("--sku <sku>", "foundry: the deployment type, which decides where it is processed")
    .option("--json", "print one JSON document")
    .option("--debug", "print a stack trace when something breaks")
    .action((options) => {
      const placed = options.provider === "anthropic" ? [] : ["region", "model"];
      requireOptions(options, ["zone", "provider", ...placed]);
      finish(verdictCommand(options, io));
    });

  return command;
}

const descriptions = {
  preview: "show what would change, with the policy pack on",
  up: "create or update, with the policy pack on",
  destroy: "remove what a stack created",
};

/** All that are missing at once; commander itself names the first, and that before a misspelt one. */
function requireOptions(given: Readonly<Record<string, unknown>>, names: readonly string[]): void {
  const missing = names.filter((name) => given[name] === undefined).map((name) => `--${name}`);
  if (missing.length === 0) return;
  throw new Refusal(
    `missing: ${missing.join(", ")}\n(lz --help lists every command and option)`,
    2,
  );
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 64) {
    throw new InvalidArgumentError("need a whole number from 1 to 64");
  }
  return value;
}

function textOf(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return String(error);
  return debug ? (error.stack ?? error.message) : error.message;
}
