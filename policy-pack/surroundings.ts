import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import * as pulumi from "@pulumi/pulumi";

import { type Compliance, parseCompliance } from "../residency/compliance.ts";
import { renderProblems } from "../residency/problem.ts";
import type { Zone } from "../residency/types.ts";
import type { Surroundings } from "./run.ts";
import { StackIndex } from "./stack-index.ts";

const DEFAULT_FILE = fileURLToPath(new URL("../compliance/zones.yaml", import.meta.url));

/**
 * Reads the run's surroundings: the stack's name, preview or not, and the compliance file
 * (`COWORK_COMPLIANCE_FILE`, else `compliance/zones.yaml` beside the pack). They are read once, at the first
 * question: a run is one process, and every resource of it must be judged by the same zone and date.
 */
export function createSurroundings(): () => Surroundings {
  let known: Surroundings | undefined;
  return () => {
    known ??= readSurroundings();
    return known;
  };
}

function readSurroundings(): Surroundings {
  const file = readCompliance(process.env.COWORK_COMPLIANCE_FILE || DEFAULT_FILE);
  return {
    zone: "problem" in file ? file : zoneOf(file.compliance, pulumi.getStack(), claimOf()),
    // A file that cannot be read proves nothing, so it must not soften a preview either.
    strictPreview: "problem" in file || file.compliance.strictPreview,
    preview: pulumi.runtime.isDryRun(),
    today: new Date().toISOString().slice(0, 10),
    profileSources: "problem" in file ? {} : file.compliance.profileSources,
    registered: new StackIndex(),
  };
}

/** Reads and parses the compliance file; a file that cannot be used is a problem, never an empty map. */
export function readCompliance(
  path: string,
): { readonly compliance: Compliance } | { readonly problem: string } {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unreadable";
    return { problem: `the compliance file ${path} cannot be read (${code})` };
  }
  const parsed = parseCompliance(text);
  return "compliance" in parsed
    ? parsed
    : { problem: renderProblems(`the compliance file ${path} is not valid:`, parsed.problems) };
}

/** The zone a stack is mapped to; a stack that claims another one, or is not mapped, has none. */
export function zoneOf(
  compliance: Compliance,
  stack: string,
  claim: string | undefined,
): Zone | { readonly problem: string } {
  const id = Object.hasOwn(compliance.stacks, stack) ? compliance.stacks[stack] : undefined;
  const zone =
    id !== undefined && Object.hasOwn(compliance.zones, id) ? compliance.zones[id] : undefined;
  if (zone === undefined) {
    const known = Object.keys(compliance.stacks).join(", ") || "none";
    return {
      problem: `stack "${stack}" is mapped to no zone; mapped stacks: ${known}`,
    };
  }
  if (claim === undefined || agrees(claim, zone)) return zone;
  return {
    problem: `stack "${stack}" claims \`cowork:geography\` ${claim}, but compliance maps it to ${zone.id} (${zone.countries.join(", ")})`,
  };
}

/** A claim is a zone id, or a custom zone as JSON, which must name no country compliance does not. */
function agrees(claim: string, zone: Zone): boolean {
  if (!claim.trimStart().startsWith("{")) return claim === zone.id;
  try {
    const { id, countries }: { id?: unknown; countries?: unknown } = JSON.parse(claim);
    return (
      id === zone.id &&
      Array.isArray(countries) &&
      countries.every((country: unknown) => zone.countries.some((c) => c === country))
    );
  } catch {
    return false;
  }
}

function claimOf(): string | undefined {
  return new pulumi.Config("cowork").get("geography");
}
