import { decimals, digits } from "../shared/template.ts";
import { unknown } from "../struct.ts";

/**
 * Number of a project: twelve digits that depend on its id only, so that every resource and data
 * source of the stand-in agrees on them. A number given as the id is its own.
 */
export function projectNumber(project: string): string {
  if (project === unknown || /^\d+$/.test(project)) return project;
  return decimals(digits(project, "project number"), 12);
}

/** Address in a private range, the same for the same resource. */
export function privateAddress(seed: string): string {
  const bytes = digits(seed, "address").slice(0, 6).match(/../g) ?? [];
  return ["10", ...bytes.map((byte) => String(Number.parseInt(byte, 16)))].join(".");
}
