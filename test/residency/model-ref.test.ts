import { describe, expect, it } from "vitest";
import { arnParts } from "../../residency/arn.ts";
import { parseModelRef } from "../../residency/model-ref.ts";

const account = "arn:aws:bedrock:eu-central-1:111122223333";

describe("parseModelRef", () => {
  it.each([
    ["eu.anthropic.claude-opus-5-5", { kind: "profile", id: "eu.anthropic.claude-opus-5-5" }],
    [
      "global.anthropic.claude-opus-5-5",
      { kind: "global", id: "global.anthropic.claude-opus-5-5" },
    ],
    ["anthropic.claude-opus-5-5", { kind: "model", id: "anthropic.claude-opus-5-5" }],
    [
      `${account}:inference-profile/eu.anthropic.claude-opus-5-5`,
      {
        kind: "profile",
        id: "eu.anthropic.claude-opus-5-5",
        arn: { partition: "aws", region: "eu-central-1" },
      },
    ],
    [
      `${account}:inference-profile/global.anthropic.x`,
      { kind: "global", id: "global.anthropic.x" },
    ],
    [
      `${account}:application-inference-profile/abc`,
      { kind: "application-profile", arn: `${account}:application-inference-profile/abc` },
    ],
    [
      "arn:aws:bedrock:::foundation-model/anthropic.x",
      { kind: "region-less-model", id: "anthropic.x" },
    ],
    [
      "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.x",
      {
        kind: "model-in-region",
        id: "anthropic.x",
        arn: { partition: "aws", region: "eu-west-1" },
      },
    ],
    [
      "arn:aws:bedrock:*::foundation-model/*",
      { kind: "pattern", text: "arn:aws:bedrock:*::foundation-model/*" },
    ],
    [
      `${account}:inference-profile/global.*`,
      { kind: "global", id: `${account}:inference-profile/global.*` },
    ],
    ["arn:aws:s3:::bucket", { kind: "unknown", text: "arn:aws:s3:::bucket" }],
    [`${account}:prompt-router/x`, { kind: "unknown", text: `${account}:prompt-router/x` }],
    ["claude", { kind: "unknown", text: "claude" }],
    ["", { kind: "unknown", text: "" }],
  ])("reads %j", (text, expected) => {
    expect(parseModelRef(text)).toEqual(expected);
  });
});

describe("arnParts", () => {
  it("keeps colons and slashes of the resource", () => {
    expect(arnParts("arn:aws-us-gov:logs:us-gov-west-1:111122223333:log-group:/a/b:*")).toEqual({
      partition: "aws-us-gov",
      service: "logs",
      region: "us-gov-west-1",
      account: "111122223333",
      resource: "log-group:/a/b:*",
    });
  });

  it.each(["", "arn:", "arn:aws:s3", "arn:aws:s3:::", "urn:a:b:c:d:e"])(
    "does not read %j",
    (text) => {
      expect(arnParts(text)).toBeUndefined();
    },
  );
});
