import { carriesGrants, grantsOf, type Placed } from "../documents.ts";
import { matches } from "../iam-actions.ts";
import type { Statement } from "../iam-document.ts";
import { textOf } from "../placement.ts";
import { defineRule, type Finding, fail, type Resource, undecidable } from "../rule.ts";

const CREDENTIAL = "aws:iam/serviceSpecificCredential:ServiceSpecificCredential";
const MAKE = "iam:CreateServiceSpecificCredential";
const USE = "bedrock:CallWithBearerToken";

/** Nobody holds a long-lived Bedrock API key, and nobody may make or use one. */
export const noBedrockServiceCredentials = defineRule({
  name: "no-bedrock-service-credentials",
  description:
    "No service-specific credential is a long-lived key for Bedrock, and no grant makes or takes one.",
  remediation:
    "Remove the credential; use short-lived sign-in. Allow iam:CreateServiceSpecificCredential for another service only (iam:ServiceSpecificCredentialServiceName), and bedrock:CallWithBearerToken with StringEquals SHORT_TERM on bedrock:BearerTokenType.",
  scope: "resource",
  appliesTo: (type) => type === CREDENTIAL || carriesGrants(type),
  judge(resource) {
    if (resource.type === CREDENTIAL) return judgeCredential(resource);
    // A document that cannot be read is reported by invoke-grants-are-exact.
    return grantsOf(resource).placed.flatMap(judgeGrant);
  },
});

function judgeCredential({ props }: Resource): readonly Finding[] {
  const service = textOf(props.serviceName)?.toLowerCase();
  if (service === undefined) {
    return [undecidable("`serviceName` is absent: the credential may be one for Bedrock")];
  }
  return isForClaude(service)
    ? [fail(`\`serviceName\` is "${service}": a key that does not expire`)]
    : [];
}

function isForClaude(service: string): boolean {
  return /^(bedrock|aws-external-anthropic)/i.test(service);
}

/** `NotAction` is refused by invoke-grants-are-exact. */
function judgeGrant({ path, statement }: Placed): readonly Finding[] {
  if (statement.effect === "Deny") return [];
  const at = `\`${path}\` ${statement.label}`;
  return statement.actions.flatMap((action) => [
    ...(matches(action, MAKE) && !makesOthersOnly(statement)
      ? [fail(`${at}: action "${action}" makes keys for Bedrock that outlive every session`)]
      : []),
    ...(matches(action, USE) && !isShortTerm(statement)
      ? [
          fail(
            `${at}: action "${action}" without StringEquals SHORT_TERM on bedrock:BearerTokenType allows long-lived keys`,
          ),
        ]
      : []),
  ]);
}

/** "IfExists" and set operators also hold when nothing is sent. */
function makesOthersOnly({ conditions }: Statement): boolean {
  const services = conditions.StringEquals?.["iam:servicespecificcredentialservicename"] ?? [];
  return (
    services.length > 0 &&
    services.every((service) => !service.includes("${") && !isForClaude(service))
  );
}

function isShortTerm({ conditions }: Statement): boolean {
  const types = conditions.StringEquals?.["bedrock:bearertokentype"] ?? [];
  return types.length > 0 && types.every((type) => type === "SHORT_TERM");
}
