import type { Problem } from "../../residency/problem.ts";
import { checkLegalOptIn } from "../shared/legal-opt-in.ts";
import type { FoundryAttestation } from "./foundry-route.ts";

/**
 * Problems of what a deployment tells Anthropic about the company: a legal act, so everything must be there.
 * Industries are not held against a list: Microsoft's documents and its portal name different ones.
 */
export function checkAttestation(attestation: FoundryAttestation, today: string): Problem[] {
  const { organizationName, countryCode, industry, attestedBy, attestedOn } = attestation;
  const problems: Problem[] = [];
  if (organizationName.trim() === "") {
    const reason = "empty; name the legal entity that becomes Anthropic's customer";
    problems.push({ path: "attestation.organizationName", reason });
  }
  if (!/^[A-Z]{2}$/.test(countryCode)) {
    const reason = `"${countryCode}" is no country of two capital letters, ISO 3166-1 alpha-2`;
    problems.push({ path: "attestation.countryCode", reason });
  }
  if (!/^[a-z]+$/.test(industry)) {
    const reason = `"${industry}"; Azure takes lower-case words such as finance, technology or manufacturing`;
    problems.push({ path: "attestation.industry", reason });
  }
  const legal = { acceptedBy: attestedBy, acceptedOn: attestedOn };
  return [
    ...problems,
    ...checkLegalOptIn("attestation", legal, today).map(({ path, reason }) => ({
      path: path.replace(".accepted", ".attested"),
      reason,
    })),
  ];
}
