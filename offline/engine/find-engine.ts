import { writeAnalyzerShim } from "./analyzer-shim.ts";
import { builtEngine, isBuilt } from "./build-engine.ts";
import { downloadedEngine, isDownloaded } from "./download-engine.ts";
import { EngineError } from "./engine-error.ts";
import { type Attempt, nodeLanguageHost } from "./engine-file.ts";
import { oldestEngine } from "./engine-version.ts";
import { engineOnPath } from "./path-engine.ts";

export type EngineOrigin = "path" | "download" | "build";

/** A Pulumi CLI that answered `pulumi version` and is new enough. */
export interface Engine {
  /** Full path of the program. */
  readonly command: string;
  /** As it says itself, such as `v3.259.0`. */
  readonly version: string;
  readonly origin: EngineOrigin;
  /** Whether plain `pulumi preview` can run a Node program; inline programs need no host. */
  readonly hasNodeLanguageHost: boolean;
  /** Folder to put first on PATH: it starts policy packs where there is no language host. */
  readonly binFolder: string;
}

export interface FindEngineArgs {
  readonly env: NodeJS.ProcessEnv;
  /** Receives progress, one whole line at a time. */
  readonly log: (line: string) => void;
  /** Replaces ways in tests. */
  readonly ways?: Partial<Record<EngineOrigin, () => Promise<Attempt>>>;
}

const order = ["path", "download", "build"] as const;

/** What each way is called, and what the reader can do to make it work. */
const advice: Record<EngineOrigin, string> = {
  path: `a Pulumi CLI on PATH (${oldestEngine} or newer; install it: https://www.pulumi.com/docs/install/)`,
  download: "the official download (needs get.pulumi.com)",
  build: "a build from its Go modules (needs Go, https://go.dev/dl/, and a Go module proxy)",
};

/**
 * The first engine that works: on PATH, else the official download, else a build from Go modules.
 * `COWORK_ENGINE=path|download|build` allows one way only. Throws an EngineError naming every way tried and why it failed.
 */
export async function findEngine({ env, log, ways = {} }: FindEngineArgs): Promise<Engine> {
  const all: Record<EngineOrigin, () => Promise<Attempt>> = {
    path: () => engineOnPath(env),
    download: () => downloadUnlessBuilt(env, log),
    build: () => builtEngine(env, log),
    ...ways,
  };
  const failures: string[] = [];
  const allowed = allowedWays(env.COWORK_ENGINE);
  for (const origin of allowed) {
    const attempt = await all[origin]();
    if ("reason" in attempt) {
      failures.push(`  ${advice[origin]}: ${attempt.reason}`);
      continue;
    }
    return {
      ...attempt,
      origin,
      hasNodeLanguageHost: nodeLanguageHost(attempt.command, env),
      binFolder: await writeAnalyzerShim(env),
    };
  }
  const title =
    allowed.length === order.length
      ? "no Pulumi engine: none of the three ways worked"
      : `no Pulumi engine: COWORK_ENGINE allows only "${allowed.join()}"`;
  throw new EngineError([title, ...failures].join("\n"));
}

/**
 * A built engine means that the download failed here before: asking again on every run would cost its time-out
 * behind a proxy that swallows packets.
 */
async function downloadUnlessBuilt(
  env: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Promise<Attempt> {
  const forced = env.COWORK_ENGINE === "download";
  return !forced && !isDownloaded(env) && isBuilt(env)
    ? { reason: "not tried again: an engine was built earlier" }
    : await downloadedEngine(env, log);
}

function allowedWays(given: string | undefined): readonly EngineOrigin[] {
  if (!given) return order;
  const named = order.find((origin) => origin === given);
  if (!named) {
    throw new EngineError(`COWORK_ENGINE: "${given}" is none of ${order.join(", ")}`);
  }
  return [named];
}
