import type { Zone } from "../../residency/types.ts";
import type { Candidate } from "./run-rule.ts";

/** A resource of `azure-native`, whose provider names no location unless another is given. */
export function azure(
  type: string,
  props: Record<string, unknown>,
  more: Partial<Candidate> = {},
): Candidate {
  return { type: `azure-native:${type}`, props, provider: {}, ...more };
}

/** The United States, in full, as facts of tests are. */
export const usZone: Zone = {
  id: "us",
  label: "test zone",
  countries: ["US"],
  awsPartition: "aws",
  acceptances: [],
};

/** A zone that accepts any region of Azure in so many words. */
export const azureAnywhereZone: Zone = { ...usZone, id: "pilot", accepts: ["azure-anywhere"] };

/** A deployment stack around a template. */
export function stackOf(
  template: unknown,
  parameters: Record<string, unknown> = {},
  more: Partial<Candidate> = {},
): Candidate {
  const props = { resourceGroupName: "group", deploymentStackName: "claude", template, parameters };
  return azure("resources:DeploymentStackAtResourceGroup", props, more);
}
