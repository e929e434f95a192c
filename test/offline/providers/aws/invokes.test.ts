import type * as aws from "@pulumi/aws";
import { describe, expect, it } from "vitest";

import { awsModel } from "../../../../offline/providers/aws/model.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";

const config = { region: "eu-central-1", allowedAccountIds: '["111122223333"]' };

function invoke(token: string, args: Properties = {}, given: Properties = config): Properties {
  const result = awsModel().invoke(token, args, given);
  if ("answer" in result) return result.answer;
  throw new Error(result.failures.map((one) => `${one.property}: ${one.reason}`).join("\n"));
}

const zones = "aws:index/getAvailabilityZones:getAvailabilityZones";
const profile = "aws:bedrock/getInferenceProfile:getInferenceProfile";
const profiles = "aws:bedrock/getInferenceProfiles:getInferenceProfiles";

describe("caller identity, partition and region", () => {
  it("are those of the provider that asks", () => {
    expect(invoke("aws:index/getCallerIdentity:getCallerIdentity")).toEqual({
      accountId: "111122223333",
      arn: "arn:aws:iam::111122223333:user/offline",
      id: "111122223333",
      userId: "AIDAOFFLINEOFFLINE000",
    });
    expect(invoke("aws:index/getPartition:getPartition")).toEqual({
      dnsSuffix: "amazonaws.com",
      id: "aws",
      partition: "aws",
      reverseDnsPrefix: "com.amazonaws",
    });
    expect(invoke("aws:index/getRegion:getRegion")).toMatchObject({
      name: "eu-central-1",
      region: "eu-central-1",
    });
  });

  it("refuse a provider without a region where the region is the question", () => {
    expect(() => invoke("aws:index/getRegion:getRegion", {}, {})).toThrow(
      "region: neither the call nor its provider names a region; set `region` on either",
    );
  });
});

describe("availability zones", () => {
  it.each([
    ["eu-central-1", ["a", "b", "c"], ["euc1-az1", "euc1-az2", "euc1-az3"]],
    ["ap-northeast-1", ["a", "c", "d"], ["apne1-az1", "apne1-az2", "apne1-az3"]],
    ["us-gov-west-1", ["a", "b", "c"], ["usgw1-az1", "usgw1-az2", "usgw1-az3"]],
    ["us-west-1", ["a", "c"], ["usw1-az1", "usw1-az2"]],
  ])("of %s are %j", (region, letters, ids) => {
    const answer = invoke(zones, { region, state: "available" });
    expect(answer.names).toEqual(letters.map((letter) => `${region}${letter}`));
    expect(answer.zoneIds).toEqual(ids);
    expect(answer.region).toBe(region);
  });

  it("leave out what the program excludes", () => {
    const args = { excludeNames: ["eu-central-1a"], excludeZoneIds: ["euc1-az3"] };
    expect(invoke(zones, args).names).toEqual(["eu-central-1b"]);
  });

  it("refuse filters instead of overlooking them", () => {
    const filters = [{ name: "opt-in-status", values: ["opted-in"] }];
    expect(() => invoke(zones, { filters })).toThrow(
      "filters: the offline aws stand-in does not model filters; leave them out",
    );
  });
});

describe("inference profiles", () => {
  it("list every destination the catalogue has for the source region", () => {
    const answer = invoke(
      profile,
      { inferenceProfileId: "jp.anthropic.claude-sonnet-4-6" },
      {
        ...config,
        region: "ap-northeast-1",
      },
    );
    expect(answer).toMatchObject({
      inferenceProfileArn:
        "arn:aws:bedrock:ap-northeast-1:111122223333:inference-profile/jp.anthropic.claude-sonnet-4-6",
      models: [
        {
          modelArn: "arn:aws:bedrock:ap-northeast-1::foundation-model/anthropic.claude-sonnet-4-6",
        },
        {
          modelArn: "arn:aws:bedrock:ap-northeast-3::foundation-model/anthropic.claude-sonnet-4-6",
        },
      ],
      type: "SYSTEM_DEFINED",
    });
  });

  it("may be asked for by ARN", () => {
    const id = "jp.anthropic.claude-sonnet-4-6";
    const arn = `arn:aws:bedrock:ap-northeast-1:111122223333:inference-profile/${id}`;
    const args = { inferenceProfileId: arn, region: "ap-northeast-1" };
    expect(invoke(profile, args).inferenceProfileId).toBe(id);
  });

  it("are refused where the catalogue has no such row", () => {
    const args = { inferenceProfileId: "jp.anthropic.claude-sonnet-4-6" };
    expect(() => invoke(profile, args)).toThrow(
      'inferenceProfileId: the catalogue knows no inference profile "jp.anthropic.claude-sonnet-4-6" with listed destinations in eu-central-1',
    );
  });

  it("of a region are those that can be called there", () => {
    const all = JSON.stringify(invoke(profiles, { region: "ap-northeast-1" }));
    expect(all).toContain('"inferenceProfileId":"jp.anthropic.claude-sonnet-4-6"');
    expect(all).not.toContain('"inferenceProfileId":"eu.');
  });

  it("of a fresh account hold no application profile", () => {
    expect(invoke(profiles, { type: "APPLICATION" }).inferenceProfileSummaries).toEqual([]);
  });
});

describe("an invoke nobody modelled", () => {
  it("is refused, never answered empty", () => {
    expect(() => invoke("aws:iam/getPolicyDocument:getPolicyDocument")).toThrow(
      'the offline aws stand-in does not answer "aws:iam/getPolicyDocument:getPolicyDocument"; add it to offline/providers/aws/invokes.ts',
    );
  });
});

describe("agreement offers of a model", () => {
  const offers = "aws:bedrockfoundation/getModelAgreementOffers:getModelAgreementOffers";
  const modelId = "anthropic.claude-opus-5-5";

  it("are one public offer in the SDK's shape, with a new token each time", () => {
    type Answer = aws.bedrockfoundation.GetModelAgreementOffersResult;
    const ask = () => invoke(offers, { modelId, offerType: "PUBLIC" }) as unknown as Answer;
    const first = ask();
    expect(first).toEqual({
      modelId,
      offerType: "PUBLIC",
      region: "eu-central-1",
      offers: [
        {
          offerId: "offer-offline-anthropic-claude-opus-5-5",
          offerToken: expect.stringMatching(/^offline-[0-9a-f-]{36}$/),
          termDetails: [
            {
              legalTerms: [{ url: "https://offline.invalid/terms" }],
              supportTerms: [{ refundPolicyDescription: "None: an offline offer." }],
              usageBasedPricingTerms: [
                {
                  rateCards: [
                    {
                      description: "Offline: nothing is charged",
                      dimension: "InputTokens",
                      price: "0.00",
                      unit: "1K tokens",
                    },
                  ],
                },
              ],
              validityTerms: [{ agreementDuration: "P1Y" }],
            },
          ],
        },
      ],
    } satisfies Answer);
    expect(ask().offers[0]!.offerToken).not.toBe(first.offers[0]!.offerToken);
  });

  it("are those of the region that is asked", () => {
    expect(invoke(offers, { modelId, region: "eu-west-1" }).region).toBe("eu-west-1");
  });

  it.each([
    [
      { modelId: "anthropic.claude-9" },
      'modelId: "anthropic.claude-9" is no base model id the catalogue lists',
    ],
    [
      { modelId: "eu.anthropic.claude-opus-5-5" },
      'modelId: "eu.anthropic.claude-opus-5-5" is no base model id the catalogue lists',
    ],
    [
      { modelId: "anthropic.claude-3-sonnet-20240229-v1:0" },
      'modelId: "anthropic.claude-3-sonnet-20240229-v1:0" is retired',
    ],
    [{}, 'modelId: "undefined" is no base model id the catalogue lists'],
    [{ modelId, offerType: "PRIVATE" }, 'offerType: "PRIVATE"; use one of ALL, PUBLIC'],
  ])("are refused for %j", (args, says) => {
    expect(() => invoke(offers, args)).toThrow(new Error(says));
  });
});
