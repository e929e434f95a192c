import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  configSchemaText,
  trustPolicySchemaText,
} from "../../../token-service/policy/schema-text.ts";
import { entry, issuer } from "./policy-rig.ts";

const policy = { trustPolicyVersion: 1, issuers: [issuer()], policies: [entry()] };
const accepts = (schema: string, value: unknown) =>
  z.fromJSONSchema(JSON.parse(schema)).safeParse(value).success;

describe("the published schema of a trust policy", () => {
  it("accepts one without what has a default, and refuses what nobody reads", () => {
    const schema = trustPolicySchemaText();
    expect(accepts(schema, policy)).toBe(true);
    for (const wrong of [
      { ...policy, rules: [] },
      { ...policy, trustPolicyVersion: 2 },
      { ...policy, policies: [] },
      { ...policy, policies: [entry({ sessionSeconds: 60 })] },
      { ...policy, issuers: [issuer({ algorithms: ["HS256"] })] },
      { ...policy, issuers: [issuer({ algorithms: ["none"] })] },
      { ...policy, issuers: [issuer({ issuer: "http://login.example.com" })] },
    ]) {
      expect(accepts(schema, wrong)).toBe(false);
    }
  });

  it("asks for a claim in each policy, and stands inside the configuration's", () => {
    const { properties } = JSON.parse(trustPolicySchemaText());
    expect(properties.policies.items.properties.claims).toEqual({
      type: "object",
      propertyNames: { type: "string", pattern: "^[A-Za-z0-9_:/.-]{1,128}$" },
      additionalProperties: { type: "string", minLength: 1, maxLength: 512 },
      minProperties: 1,
    });
    const inside = JSON.parse(configSchemaText()).properties.trustPolicy.anyOf;
    expect(inside[0].properties).toEqual(properties);
  });

  it("uses no word that other readers do not know", () => {
    const formats = (text: string) =>
      [...text.matchAll(/"format": "([^"]+)"/g)].map(([, name]) => name);
    expect(formats(trustPolicySchemaText())).toEqual([]);
    expect([...new Set(formats(configSchemaText()))].sort()).toEqual(["email", "uuid"]);
  });
});
