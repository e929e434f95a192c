import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { withPoliciesTable } from "../../policy-pack/docs.ts";
import { policies } from "../../policy-pack/policies.ts";
import { defineRule } from "../../policy-pack/rule.ts";
import { reportsOf } from "../support/run-rule.ts";

describe("the policy pack", () => {
  it("has exactly these rules", () => {
    expect(policies.map(({ name }) => name)).toEqual([
      "stack-is-mapped-to-a-zone",
      "resources-stay-in-the-zone",
      "endpoints-are-private-and-pinned",
      "profiles-stay-in-the-zone",
      "invoke-grants-are-exact",
      "no-bedrock-service-credentials",
      "data-targets-stay-in-the-zone",
      "laptop-principals-hold-no-broad-policy",
      "device-certificates-are-pinned",
      "roles-name-whom-they-trust",
      "no-side-door-grants",
      "google-data-stays-in-the-zone",
      "vertex-is-called-inside-the-zone",
      "perimeters-let-in-only-named-callers",
      "google-has-no-account-keys",
      "vertex-content-is-not-shared",
      "federation-names-whom-it-trusts",
      "people-get-the-custom-role-only",
      "foundry-deployments-stay-in-the-zone",
      "azure-data-stays-in-the-zone",
      "foundry-accounts-are-private",
      "entra-apps-are-public-single-tenant",
      "token-services-are-private",
      "records-name-what-was-copied",
    ]);
  });

  it("makes every rule mandatory and says what to do", () => {
    const weak = policies.filter(
      (p) => p.enforcementLevel !== "mandatory" || !p.remediationSteps || !p.description,
    );
    expect(weak).toEqual([]);
  });

  it("is documented by a table that is up to date", () => {
    const document = readFileSync(new URL("../../docs/policies.md", import.meta.url), "utf8");
    expect(withPoliciesTable(document)).toBe(document);
  });

  it.each(["resource", "stack"] as const)(
    "blocks on a %s rule that breaks, instead of skipping it",
    async (scope) => {
      const broken = defineRule({
        name: "broken",
        description: "Breaks.",
        remediation: "None.",
        scope,
        appliesTo: () => true,
        judge() {
          throw new TypeError("x is not a function");
        },
      });
      for (const phase of ["preview", "up"] as const) {
        expect(await reportsOf(broken, { type: "any:thing:Thing", props: {} }, { phase })).toEqual([
          "blocks: undecidable: the rule could not judge this resource: x is not a function",
        ]);
      }
    },
  );
});
