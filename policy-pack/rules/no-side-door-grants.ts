import { carriesGrants, grantsOf } from "../documents.ts";
import { reachesService, sideDoorServices } from "../iam-actions.ts";
import { defineRule, fail } from "../rule.ts";

/** Nothing grants a service that answers as Claude outside the reviewed route. */
export const noSideDoorGrants = defineRule({
  name: "no-side-door-grants",
  description: "No grant reaches Bedrock mantle or Claude Platform on AWS.",
  remediation: "Remove the actions; deny bedrock-mantle:* and aws-external-anthropic:* instead.",
  scope: "resource",
  appliesTo: carriesGrants,
  judge(resource) {
    // A document that cannot be read is reported by invoke-grants-are-exact.
    return grantsOf(resource).placed.flatMap(({ path, statement }) => {
      if (statement.effect === "Deny") return [];
      return statement.actions.flatMap((action) =>
        sideDoorServices
          .filter((service) => reachesService(action, service))
          .map((service) =>
            fail(`\`${path}\` ${statement.label}: action "${action}" reaches ${service}`),
          ),
      );
    });
  },
});
