import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Compliance, parseCompliance } from "../residency/compliance.ts";
import { renderProblems } from "../residency/problem.ts";
import { type Io, Refusal } from "./io.ts";

/** Path of the file the compliance team owns; `COWORK_COMPLIANCE_FILE` names another one. */
export function complianceFile(io: Pick<Io, "env" | "root">): string {
  return io.env.COWORK_COMPLIANCE_FILE || join(io.root, "compliance", "zones.yaml");
}

/** Reads and checks the compliance file, or refuses with every problem at once. */
export function readCompliance(io: Pick<Io, "env" | "root">): Compliance {
  const path = complianceFile(io);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : error;
    throw new Refusal(`${path}: cannot be read (${code}); no zone is known without it`);
  }
  const parsed = parseCompliance(text);
  if ("problems" in parsed) throw new Refusal(renderProblems(`${path}: refused`, parsed.problems));
  return parsed.compliance;
}
