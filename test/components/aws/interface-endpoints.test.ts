import { describe, expect, it } from "vitest";

import { regionalName } from "../../../components/aws/interface-endpoints.ts";

const regional = "vpce-0a1b-c2d3.bedrock-runtime.eu-central-1.vpce.amazonaws.com";
const zonal = "vpce-0a1b-c2d3-eu-central-1a.bedrock-runtime.eu-central-1.vpce.amazonaws.com";
const names = (...list: string[]) => list.map((dnsName) => ({ dnsName }));

describe("regionalName", () => {
  it.each([
    ["listed first", names(regional, zonal, "bedrock-runtime.eu-central-1.amazonaws.com")],
    ["listed last", names("bedrock-runtime.eu-central-1.amazonaws.com", zonal, regional)],
  ])("finds it %s", (_, entries) => {
    expect(regionalName(entries)).toBe(regional);
  });

  it.each([[names()], [names("bedrock-runtime.eu-central-1.amazonaws.com")]])(
    "never falls back to the public name: %j",
    (entries) => {
      expect(() => regionalName(entries)).toThrow(
        new Error("the endpoint has no regional DNS name"),
      );
    },
  );
});
