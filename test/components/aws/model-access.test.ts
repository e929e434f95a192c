import { describe, expect, it } from "vitest";

import {
  ModelAccess,
  type ModelAccessArgs,
  onlyOffer,
} from "../../../components/aws/model-access.ts";
import { deploy, refusal } from "../../support/deploy.ts";
import { inventoryOf, only } from "../../support/inventory.ts";
import { frankfurt } from "./places.ts";

const args: ModelAccessArgs = {
  place: frankfurt,
  legal: { acceptedBy: "counsel@example.com", acceptedOn: "2026-11-01" },
  modelIds: ["anthropic.claude-opus-5-5"],
  today: "2026-11-21",
};
const useCase = {
  companyName: "Example Corp",
  companyWebsite: "https://www.example.com",
  intendedUsers: "0",
  industryOption: "Energy",
  useCases: "Writing and analysis by employees",
};
const calls = {
  "aws:bedrockfoundation/getModelAgreementOffers:getModelAgreementOffers": ({
    region,
    modelId,
  }: Record<string, unknown>) => ({
    region,
    modelId,
    offers: [{ offerToken: `token of ${String(modelId)} in ${String(region)}` }],
  }),
};
const build = (changes: Partial<ModelAccessArgs> = {}) =>
  deploy(() => new ModelAccess("fra", { ...args, ...changes }), { calls });

describe("ModelAccess", () => {
  it("accepts the named model's only offer, in the route's region, and sends no form", async () => {
    const { resources, result } = await build();
    expect(inventoryOf(resources).counts).toEqual({
      "aws:bedrockfoundation/modelAgreement:ModelAgreement": 1,
      "cowork:aws:ModelAccess": 1,
    });
    expect(only(resources, "aws:bedrockfoundation/modelAgreement:ModelAgreement")).toEqual({
      region: "eu-central-1",
      modelId: "anthropic.claude-opus-5-5",
      offerToken: "token of anthropic.claude-opus-5-5 in eu-central-1",
    });
    expect(result.legal).toEqual({ acceptedBy: "counsel@example.com", acceptedOn: "2026-11-01" });
  });

  it("sends the use-case form when it is filled in", async () => {
    const { resources } = await build({ useCase });
    const form = only(resources, "aws:bedrock/useCaseForModelAccess:UseCaseForModelAccess");
    expect(JSON.parse(String(form.formData))).toEqual({ ...useCase, otherIndustryOption: "" });
  });

  it.each([
    [
      "nobody",
      { acceptedBy: " ", acceptedOn: "2026-11-01" },
      "acceptedBy: empty; name who accepted the terms",
    ],
    [
      "no date",
      { acceptedBy: "a", acceptedOn: "" },
      'acceptedOn: "" is not a date such as 2026-11-20',
    ],
    [
      "a day that does not exist",
      { acceptedBy: "a", acceptedOn: "2026-02-30" },
      'acceptedOn: "2026-02-30" is not a date such as 2026-11-20',
    ],
    [
      "tomorrow",
      { acceptedBy: "a", acceptedOn: "2026-11-22" },
      "acceptedOn: 2026-11-22 is later than today, 2026-11-21",
    ],
  ])("accepts nothing for %s", async (_, legal, reason) => {
    expect(await refusal(build({ legal }))).toBe(`fra: invalid arguments\n  legal.${reason}`);
  });

  it.each([
    [[], "empty; name the models whose terms were accepted"],
    [
      ["eu.anthropic.claude-opus-5-5"],
      '"eu.anthropic.claude-opus-5-5" is not a base model id the catalogue lists',
    ],
    [
      ["anthropic.claude-sonnet-4-20250514-v1:0"],
      '"anthropic.claude-sonnet-4-20250514-v1:0" is retired',
    ],
  ])("refuses the models %j", async (modelIds, reason) => {
    expect(await refusal(build({ modelIds }))).toBe(
      `fra: invalid arguments\n  modelIds: ${reason}`,
    );
  });

  it("refuses a form with holes", async () => {
    const holes = { ...useCase, useCases: "", companyWebsite: "www.example.com" };
    expect(await refusal(build({ useCase: holes }))).toBe(
      [
        "fra: invalid arguments",
        "  useCase.useCases: empty",
        '  useCase.companyWebsite: "www.example.com" is not an https URL',
      ].join("\n"),
    );
  });

  it.each([0, 2])("leaves the choice to a person when AWS lists %d offers", (count) => {
    const offers = Array.from({ length: count }, () => ({ offerToken: "t" }));
    expect(() => onlyOffer("m", offers)).toThrow(
      new Error(`m: AWS lists ${count} public offers; accept one in the console`),
    );
  });
});
