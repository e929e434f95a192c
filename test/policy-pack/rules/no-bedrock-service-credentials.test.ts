import { describe, expect, it } from "vitest";
import { noBedrockServiceCredentials as rule } from "../../../policy-pack/rules/no-bedrock-service-credentials.ts";
import { reportsOf, unknownText } from "../../support/run-rule.ts";

const credential = (props: Record<string, unknown>) => ({
  type: "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
  props: { userName: "u", ...props },
});

describe("no-bedrock-service-credentials", () => {
  it("passes a credential for another service", async () => {
    const candidate = credential({ serviceName: "codecommit.amazonaws.com" });
    expect(await reportsOf(rule, candidate)).toEqual([]);
  });

  it.each([
    "bedrock.amazonaws.com",
    "Bedrock.amazonaws.com",
    "aws-external-anthropic.amazonaws.com",
  ])("fails one for %s", async (serviceName) => {
    expect(await reportsOf(rule, credential({ serviceName }))).toEqual([
      `blocks: \`serviceName\` is "${serviceName.toLowerCase()}": a key that does not expire`,
    ]);
  });

  it.each([
    { when: "absent", props: {} },
    { when: "empty", props: { serviceName: "" } },
  ])("cannot judge one whose service is $when", async ({ props }) => {
    expect(await reportsOf(rule, credential(props))).toEqual([
      "blocks: undecidable: `serviceName` is absent: the credential may be one for Bedrock",
    ]);
  });

  it.each([
    {
      phase: "preview",
      says: "advises: not proven, decided at up: `serviceName` is not known yet",
    },
    { phase: "up", says: "blocks: undecidable: `serviceName` is not known yet" },
  ] as const)("answers for an unknown service at $phase", async ({ phase, says }) => {
    const candidate = credential({ serviceName: unknownText });
    expect(await reportsOf(rule, candidate, { phase })).toEqual([says]);
  });
});
