import type { Grant } from "../../../components/aws/bedrock-statements.ts";

export const profileArn =
  "arn:aws:bedrock:ap-northeast-1:222233334444:inference-profile/jp.anthropic.claude-opus-5-5";
export const modelArns = [
  "arn:aws:bedrock:ap-northeast-1::foundation-model/anthropic.claude-opus-5-5",
  "arn:aws:bedrock:ap-northeast-3::foundation-model/anthropic.claude-opus-5-5",
];
export const invoke = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"];

/** One Japanese profile, nothing optional. */
export const grant: Grant = {
  partition: "aws",
  accountId: "222233334444",
  region: "ap-northeast-1",
  profiles: [
    {
      id: "jp.anthropic.claude-opus-5-5",
      arn: profileArn,
      modelId: "anthropic.claude-opus-5-5",
      destinations: ["ap-northeast-1", "ap-northeast-3"],
    },
  ],
  bearerToken: false,
  profileLookup: false,
};
