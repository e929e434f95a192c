import { Command, CommanderError } from "commander";

import { CommandFailed, type ExitCode, type Io } from "../config/io.ts";
import { configVariable } from "../config/read-config.ts";
import type { OpenProviders } from "../providers.ts";
import { checkCommand } from "./check.ts";
import { healthzCommand } from "./healthz.ts";
import { probeCommand } from "./probe.ts";
import {
  confirmStoreCommand,
  liftCommand,
  revocationsCommand,
  revokeCommand,
} from "./revocations.ts";
import type { Signals } from "./serve.ts";

export interface Surroundings {
  readonly signals: Signals;
  readonly openProviders: OpenProviders;
}

/** Runs a command on raw arguments and answers with the exit code; never ends the process itself. */
export async function tokenService(
  rawArgs: readonly string[],
  io: Io,
  surroundings: Surroundings,
): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const finish = (code: ExitCode) => {
    exitCode = code;
  };
  try {
    await build(io, surroundings, finish).parseAsync([...rawArgs], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof CommandFailed) {
      io.err(error.message);
      return error.exitCode;
    }
    const debug = rawArgs.includes("--debug");
    io.err(
      error instanceof Error ? (debug ? (error.stack ?? error.message) : error.message) : "failed",
    );
    return 1;
  }
}

function build(io: Io, surroundings: Surroundings, finish: (code: ExitCode) => void): Command {
  const program = new Command("token-service")
    .description("Exchanges an identity for a short-lived provider credential of one geography.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(text.trimEnd()),
    })
    .showHelpAfterError("(--help lists every command and option)");
  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option("--debug", "print a stack trace when something breaks");
  const configured = (name: string, description: string) =>
    command(name, description).option(
      "--config <file>",
      `configuration, YAML or JSON (default: the variable ${configVariable})`,
    );

  configured("serve", "serve until a stop signal; SIGHUP reads the trust policy again")
    .option("--metrics <address>", "host:port, same-port or off (default: 127.0.0.1:9464)")
    .action(async (options) => {
      // Clouds' libraries take half a second to load: only serving needs them.
      const { serveCommand } = await import("./serve.ts");
      finish(await serveCommand(options, io, surroundings));
    });

  configured("check", "check the configuration, its trust policy and its files, without a network")
    .option("--json", "print one JSON document")
    .action(async (options) => finish(await checkCommand(options, io)));

  configured("healthz", "ask the service on this machine whether it lives").action(
    async (options) => finish(await healthzCommand(options, io)),
  );

  const administrative = (name: string, description: string) =>
    configured(name, description)
      .option("--url <origin>", "ask the service, with COWORK_ADMIN_TOKEN or standard input")
      .option("--json", "print one JSON document");
  const subjected = (name: string, description: string) =>
    administrative(name, description)
      .option("--user <name>", "a person, as audit events name them")
      .option("--device <name>", "a device, as audit events name it")
      .option("--group <name>", "everybody in a group")
      .option("--key <thumbprint>", "whoever holds a key")
      .option("--everything", "everybody: the emergency stop of this geography");

  subjected(
    "revoke",
    "refuse somebody from the next request on, and say how long offboarding takes",
  )
    .requiredOption("--reason <text>", "why, for the audit event; without personal data")
    .option("--until <time>", "ISO 8601; without it until it is lifted")
    .action(async (options) => finish(await revokeCommand(options, io)));
  subjected("lift", "end a revocation").action(async (options) =>
    finish(await liftCommand(options, io)),
  );
  administrative("revocations", "list what is revoked").action(async (options) =>
    finish(await revocationsCommand(options, io)),
  );
  configured(
    "confirm-store",
    "after the store lost data: vouch that revocations are in place again",
  ).action(async (options) => finish(await confirmStoreCommand(options, io)));

  configured("probe", "ask a running service what it has to give, and everything it must refuse")
    .requiredOption(
      "--url <origin>",
      "the service; an identity token comes from COWORK_PROBE_TOKEN or standard input",
    )
    .option("--route <name>", "route to ask for (default: the first one)")
    .option("--json", "print one JSON document")
    .action(async (options) => finish(await probeCommand(options, io)));
  return program;
}
