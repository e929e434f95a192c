import type { AwsPartition } from "../../residency/types.ts";
import type { Statement } from "./policy-text.ts";

/**
 * What no route ever needs, denied so that no policy added later opens it.
 *
 * - The region-less model ARN is the one thing every `global.` profile has in common; denying it also
 *   stops application profiles copied from one, which AWS's own sample policy misses.
 * - `aws-external-anthropic` is operated by Anthropic and is no per-region service.
 * - Long-term keys never expire by themselves and work from anywhere.
 */
export function alwaysDenied(partition: AwsPartition): Statement[] {
  const longTerm = (service: "bedrock" | "bedrock-mantle", sid: string): Statement => ({
    Sid: sid,
    Effect: "Deny",
    Action: `${service}:CallWithBearerToken`,
    Resource: "*",
    Condition: { StringEquals: { [`${service}:BearerTokenType`]: "LONG_TERM" } },
  });
  return [
    {
      Sid: "NeverAnywhere",
      Effect: "Deny",
      Action: ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
      Resource: `arn:${partition}:bedrock:::foundation-model/*`,
    },
    {
      Sid: "NeverCopyGlobal",
      Effect: "Deny",
      Action: "bedrock:CreateInferenceProfile",
      Resource: `arn:${partition}:bedrock:*:*:inference-profile/global.*`,
    },
    {
      Sid: "NeverAnthropicOperated",
      Effect: "Deny",
      Action: "aws-external-anthropic:*",
      Resource: "*",
    },
    {
      Sid: "NeverLongTermKey",
      Effect: "Deny",
      Action: "iam:CreateServiceSpecificCredential",
      Resource: "*",
      Condition: {
        StringEquals: { "iam:ServiceSpecificCredentialServiceName": "bedrock.amazonaws.com" },
      },
    },
    longTerm("bedrock", "NeverLongTermToken"),
    longTerm("bedrock-mantle", "NeverLongTermTokenMantle"),
  ];
}

/** Closes the in-region endpoint where a route does not use it: invocation logging does not cover it. */
export function mantleDenied(): Statement[] {
  return [{ Sid: "NeverMantle", Effect: "Deny", Action: "bedrock-mantle:*", Resource: "*" }];
}
