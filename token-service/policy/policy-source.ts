import { createHash } from "node:crypto";
import { parse } from "yaml";
import type { TokenServiceConfig } from "../../contract/token-service-config.ts";
import { trustPolicy } from "../../contract/trust-policy.ts";
import { type Problem, renderProblems } from "../../residency/problem.ts";
import { compileTrustPolicy } from "./compile.ts";
import type { CompiledFor, CompiledTrustPolicy } from "./compiled.ts";

/** How often a policy's file is looked at, in seconds; also the longest a withdrawn policy stays in force. */
export const policyCheckSeconds = 5;

export interface PolicySourceOptions {
  readonly config: CompiledFor & Pick<TokenServiceConfig, "trustPolicy">;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** A new policy is in force, with what is probably not meant in it. */
  readonly onReload?: (notes: readonly Problem[]) => void;
  /** A changed file cannot be used and the policy before it stays in force. Once a change, all problems. */
  readonly onProblems?: (problems: readonly Problem[]) => void;
}

export interface PolicySource {
  /** The policy in force: whole, one at a time. */
  current(): CompiledTrustPolicy;
  /** SHA-256 of the file in force, hexadecimal; absent when the policy stands in the configuration. */
  digest(): string | undefined;
  /** Looks at the file now. Resolves when a change is in force or was told of; never rejects. */
  check(): Promise<void>;
  close(): void;
}

/**
 * Opens the configured policy and keeps it current. Throws one error with every problem when the first one
 * cannot be used. The file is read and hashed each time instead of trusting its date: a secret volume swaps a
 * symbolic link, and what it points to may be older than what was there before.
 */
export async function openPolicySource(options: PolicySourceOptions): Promise<PolicySource> {
  const { config, readFile, onReload, onProblems } = options;
  const given = config.trustPolicy;
  const file = "file" in given ? given.file : undefined;
  const load = async (): Promise<{ readonly text: string; readonly digest: string }> => {
    const bytes = await readFile(file ?? "");
    const digest = createHash("sha256").update(bytes).digest("hex");
    return { text: Buffer.from(bytes).toString("utf8"), digest };
  };

  const first = file === undefined ? undefined : await load().catch(unreadable);
  const opened =
    first === undefined
      ? compiled(given, config)
      : "problems" in first
        ? first
        : compiled(parsed(first.text), config);
  if ("problems" in opened) {
    throw new Error(renderProblems(`${file ?? "trustPolicy"} cannot be used:`, opened.problems));
  }
  onReload?.(opened.notes);
  let current = opened.compiled;
  let inForce = first !== undefined && "digest" in first ? first.digest : undefined;
  /** What was last looked at, good or not: each change is told once. */
  let seen = inForce;
  let running: Promise<void> | undefined;

  const look = async () => {
    const read = await load().catch(unreadable);
    const digest = "digest" in read ? read.digest : "unreadable";
    if (digest === seen) return;
    seen = digest;
    if (digest === inForce) return;
    const next = "problems" in read ? read : compiled(parsed(read.text), config);
    if ("problems" in next) {
      onProblems?.(next.problems);
      return;
    }
    current = next.compiled;
    inForce = digest;
    onReload?.(next.notes);
  };
  const check = () => {
    if (file === undefined) return Promise.resolve();
    running ??= look().finally(() => {
      running = undefined;
    });
    return running;
  };
  const timer =
    file === undefined ? undefined : setInterval(() => void check(), policyCheckSeconds * 1000);
  timer?.unref();
  return {
    current: () => current,
    digest: () => inForce,
    check,
    close: () => clearInterval(timer),
  };
}

const unreadable = () => ({ problems: [{ path: "file", reason: "cannot be read" }] });

/** YAML, of which JSON is a part; undefined when it is neither. Keys that stand twice are an error. */
function parsed(text: string): unknown {
  try {
    // With `silent` the library keeps errors to itself too, and hands back half of what stands there.
    return parse(text, { strict: true, uniqueKeys: true, maxAliasCount: 20, logLevel: "error" });
  } catch {
    return undefined;
  }
}

function compiled(given: unknown, config: CompiledFor): ReturnType<typeof compileTrustPolicy> {
  const shaped = trustPolicy.safeParse(given);
  if (shaped.success) return compileTrustPolicy(shaped.data, config);
  if (given === undefined) {
    return { problems: [{ path: "file", reason: "is neither YAML nor JSON" }] };
  }
  return {
    problems: shaped.error.issues.map(({ path, message }) => ({
      path: pathText(path),
      reason: message,
    })),
  };
}

function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "trustPolicy";
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}
