import { parseArguments, usageText } from "./arguments.ts";
import { noteGiven } from "./asked-again.ts";
import { cacheFolder } from "./cache-folder.ts";
import { cachedCredential } from "./cached-credential.ts";
import { contextFrom, mayAsk } from "./context.ts";
import { storeLimitMs } from "./deadline.ts";
import { exitCodes } from "./failure.ts";
import { hardenNetwork, hardenStart, needsRestart } from "./harden.ts";
import type { Obtain } from "./obtain-types.ts";
import { credentialText, tellFailure, writeOut } from "./output.ts";
import { type ConfigFile, configSource, readConfigFile } from "./read-config.ts";
import { systemVault } from "./secret-store/key-vault.ts";
import type { StoreSurroundings } from "./secret-store/read-record.ts";

/** One start of the program. */
export interface HelperRun {
  /** Without the program's own name. */
  readonly args: readonly string[];
  /** Changed: what could turn the helper against its user is taken out. */
  readonly environment: Record<string, string | undefined>;
  /** Loaded only when nothing kept serves. */
  readonly loadObtain: () => Promise<Obtain>;
}

/**
 * Does what the arguments say. Only what a kept credential needs is loaded up front: everything else costs time
 * at each start.
 *
 * @returns the exit code; never throws.
 */
export async function run(start: HelperRun): Promise<number> {
  const { args, environment } = start;
  try {
    hardenStart(environment, process.execArgv);
    const parsed = parseArguments(args);
    switch (parsed.command) {
      case "print":
        return await printed(start, parsed);
      case "doctor": {
        if (needsRestart(environment)) return await restarted(start);
        const { doctor } = await import("./doctor/doctor.ts");
        return await doctor(parsed, environment);
      }
      case "sign-out": {
        const { signOut } = await import("./sign-out.ts");
        await signOut(environment);
        return exitCodes.ok;
      }
      case "version": {
        const { version } = await import("./version.ts");
        return written(`${version}\n`);
      }
      case "help":
        return written(usageText);
    }
  } catch (error) {
    return tellFailure(error, args.includes("--debug"));
  }
}

async function printed(
  start: HelperRun,
  { configPath, deadlineSeconds }: ReturnType<typeof parseArguments>,
): Promise<number> {
  const { environment, loadObtain } = start;
  const context = contextFrom(environment);
  const configFile: ConfigFile = readConfigFile(configSource(configPath));
  const store: StoreSurroundings = {
    folder: cacheFolder(process.platform, environment),
    platform: process.platform,
    vault: systemVault(storeLimitMs(context)),
    mayAsk: mayAsk(context),
  };
  const kept = await cachedCredential(store, configFile.sha256, context, Date.now());
  if (kept?.freshness === "fresh") {
    const code = written(credentialText(kept.record));
    if (context === "mid-session-refresh") noteGiven(store.folder, kept.record, Date.now());
    return code;
  }
  if (needsRestart(environment)) return restarted(start);
  const { renewedCredential } = await import("./renewed-credential.ts");
  const renewal = { configFile, context, store, environment, loadObtain, deadlineSeconds };
  return written(credentialText(await renewedCredential(renewal)));
}

async function restarted({ args, environment }: HelperRun): Promise<number> {
  const { restart } = await import("./restart.ts");
  hardenNetwork(environment);
  return restart(args, environment);
}

/** Nobody who reads any more is no success, and nothing to say either. */
function written(text: string): number {
  return writeOut(text) ? exitCodes.ok : exitCodes.internal;
}
