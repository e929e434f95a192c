import type { Problem } from "../residency/problem.ts";
import { type StackOutputs, stackOutputs } from "./outputs.ts";
import { secretProblems } from "./secrets.ts";

export type ParsedOutputs =
  | { readonly outputs: StackOutputs }
  | { readonly problems: readonly Problem[] };

/**
 * Reads a stack's `landingZone` output. Strict: unknown fields, duplicate routes and anything that looks
 * like a secret are refused, all at once.
 */
export function parseOutputs(given: unknown): ParsedOutputs {
  const secrets = secretProblems(given);
  const parsed = stackOutputs.safeParse(given);
  if (parsed.success && secrets.length === 0) return { outputs: parsed.data };
  const issues = parsed.success ? [] : parsed.error.issues;
  return {
    problems: [
      ...issues.map(({ path, message }) => ({ path: pathText(path), reason: message })),
      ...secrets,
    ],
  };
}

function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "landingZone";
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}
