import { textOf } from "../placement.ts";
import { defineRule, fail, undecidable } from "../rule.ts";

/** Nobody holds a long-lived Bedrock API key. */
export const noBedrockServiceCredentials = defineRule({
  name: "no-bedrock-service-credentials",
  description: "No service-specific credential is a long-lived key for Bedrock.",
  remediation: "Remove the credential; use short-lived sign-in.",
  scope: "resource",
  appliesTo: (type) => type === "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
  judge({ props }) {
    const service = textOf(props.serviceName)?.toLowerCase();
    if (service === undefined) {
      return [undecidable("`serviceName` is absent: the credential may be one for Bedrock")];
    }
    const forClaude = /^(bedrock|aws-external-anthropic)/.test(service);
    return forClaude ? [fail(`\`serviceName\` is "${service}": a key that does not expire`)] : [];
  },
});
