import { carriesGrants, grantsOf } from "../documents.ts";
import { reachesService, sideDoorServices } from "../iam-actions.ts";
import { judgeMantleGrant } from "../mantle-grants.ts";
import { defineRule, fail } from "../rule.ts";

/** Nothing grants a service that answers as Claude outside the reviewed route. */
export const noSideDoorGrants = defineRule({
  name: "no-side-door-grants",
  description:
    "No grant reaches Claude Platform on AWS, or Bedrock mantle beyond one project and models proven inside.",
  remediation:
    "Remove the actions and deny aws-external-anthropic:*; on mantle allow bedrock-mantle:CreateInference alone, on a project's ARN, with StringEquals on bedrock-mantle:Model.",
  scope: "resource",
  appliesTo: carriesGrants,
  judge(resource, context) {
    // A document that cannot be read is reported by invoke-grants-are-exact.
    return grantsOf(resource).placed.flatMap(({ path, statement }) => {
      if (statement.effect === "Deny") return [];
      const mantle = judgeMantleGrant(`\`${path}\` ${statement.label}`, statement, context);
      if (mantle !== undefined) return mantle;
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
