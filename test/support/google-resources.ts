import type { Zone } from "../../residency/types.ts";
import type { Candidate } from "./run-rule.ts";

/** A Google resource of the project `cowork-eu`, whose provider is in Frankfurt unless another is given. */
export function google(
  type: string,
  props: Record<string, unknown>,
  more: Partial<Candidate> = {},
): Candidate {
  const provider = { project: "cowork-eu", region: "europe-west3" };
  return { type: `gcp:${type}`, props, provider, ...more };
}

/** A zone of all member states, so that the location `eu` is inside it; in full, as facts of tests are. */
export const memberStatesZone: Zone = {
  id: "eu",
  label: "test zone",
  countries: [
    ...["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE"],
    ...["IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"],
  ],
  awsPartition: "aws",
  acceptances: [],
};
