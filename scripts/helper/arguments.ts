import { parseArgs } from "node:util";
import { didYouMean } from "../../residency/nearest.ts";
import { reasonOf } from "./build-error.ts";
import { type TargetName, targetNames } from "./targets.ts";

export interface BuildArguments {
  readonly targets: readonly TargetName[];
  readonly out: string | undefined;
  readonly entry: string | undefined;
  readonly signCommand: string | undefined;
}

export const usage =
  "usage: npm run build:helper -- [--target NAME]... [--out DIR] [--entry FILE] [--sign-command FILE]";

/** What was asked for: every target when none is named; or every reason it cannot be understood. */
export function readArguments(
  args: readonly string[],
): BuildArguments | { readonly problems: readonly string[] } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        target: { type: "string", multiple: true },
        out: { type: "string" },
        entry: { type: "string" },
        "sign-command": { type: "string" },
      },
    });
    const named = values.target ?? targetNames;
    const targets = targetNames.filter((name) => named.includes(name));
    const unknown = named.filter((name) => !targetNames.some((known) => known === name));
    const problems = unknown.map(
      (name) =>
        `--target ${name}: there is ${targetNames.join(", ")}${didYouMean(name, [...targetNames])}`,
    );
    if (problems.length > 0) return { problems };
    const { out, entry, "sign-command": signCommand } = values;
    return { targets, out, entry, signCommand };
  } catch (error) {
    return { problems: [reasonOf(error)] };
  }
}
