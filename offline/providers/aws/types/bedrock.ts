import type { ResourceType } from "../resource-type.ts";

const day = "2026-01-01T00:00:00Z";

/** Amazon Bedrock. Source: the Terraform AWS provider's schemas and validators. */
export const bedrockTypes: Readonly<Record<string, ResourceType>> = {
  "bedrock/InferenceProfile": {
    id: "{hex:12}",
    replaceOn: ["name", "description", "modelSource"],
    autoName: { input: "name", maxLength: 64 },
    computed: {
      arn: "arn:{partition}:bedrock:{region}:{account}:application-inference-profile/{id}",
      createdAt: day,
      status: "ACTIVE",
      type: "APPLICATION",
      updatedAt: day,
    },
    rules: [
      {
        rule: "matches",
        at: "name",
        pattern: /^([0-9a-zA-Z][ _-]?){1,64}$/,
        wanted: "a profile name: letters and digits, one space, _ or - between them",
      },
      { rule: "arn", at: "modelSource.copyFrom" },
    ],
  },
  "bedrock/Guardrail": {
    id: "{hex:12}",
    replaceOn: ["kmsKeyArn"],
    autoName: { input: "name", maxLength: 50 },
    computed: {
      createdAt: day,
      guardrailArn: "arn:{partition}:bedrock:{region}:{account}:guardrail/{id}",
      guardrailId: "{id}",
      status: "READY",
      updatedAt: day,
      version: "DRAFT",
    },
    rules: [
      {
        rule: "matches",
        at: "name",
        pattern: /^[\w-]{1,50}$/,
        wanted: "a guardrail name: up to 50 letters, digits, _ or -",
      },
      { rule: "arn", at: "kmsKeyArn" },
      // The API takes an id as well; the provider does not.
      { rule: "arn", at: "crossRegionConfig.guardrailProfileIdentifier" },
      {
        rule: "oneOf",
        at: "contentPolicyConfig.tierConfigs.tierName",
        values: ["CLASSIC", "STANDARD"],
      },
      {
        rule: "oneOf",
        at: "topicPolicyConfig.tierConfigs.tierName",
        values: ["CLASSIC", "STANDARD"],
      },
    ],
  },
  "bedrock/GuardrailVersion": {
    id: "{guardrailArn},{version}",
    replaceOn: ["guardrailArn", "description"],
    computed: { version: "1" },
    rules: [{ rule: "arn", at: "guardrailArn" }],
  },
  "bedrock/UseCaseForModelAccess": { id: "{account}", replaceOn: [] },
  "bedrockfoundation/ModelAgreement": { id: "{modelId}", replaceOn: ["modelId", "offerToken"] },
  "bedrockmodel/InvocationLoggingConfiguration": {
    id: "{region}",
    replaceOn: [],
    rules: [{ rule: "arn", at: "loggingConfig.cloudwatchConfig.roleArn" }],
  },
};
