import type { Registered } from "./deploy.ts";

/** Counts by type, and inputs by `type::name`: the two things an inventory file pins. */
export function inventoryOf(resources: readonly Registered[]) {
  const counts: Record<string, number> = {};
  const values: Record<string, Registered["inputs"]> = {};
  for (const { type, name, inputs } of resources) {
    counts[type] = (counts[type] ?? 0) + 1;
    values[`${type}::${name}`] = inputs;
  }
  return { counts, values };
}

/** The only resource of a type; a test that expects one says so. */
export function only(resources: readonly Registered[], type: string): Registered["inputs"] {
  const found = resources.filter((r) => r.type === type);
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`expected one ${type}, found ${found.map((r) => r.name).join(", ") || "none"}`);
  }
  return first.inputs;
}

/**
 * AWS resources whose region is not `region`, as `type::name = value`. An absent region counts:
 * the provider's default would decide. IAM has no region and is left out.
 */
export function notIn(region: string, resources: readonly Registered[]): string[] {
  return resources
    .filter((r) => r.type.startsWith("aws:") && !r.type.startsWith("aws:iam/"))
    .filter((r) => r.inputs.region !== region)
    .map((r) => `${r.type}::${r.name} = ${String(r.inputs.region)}`);
}
