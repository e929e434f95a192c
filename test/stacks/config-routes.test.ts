import { describe, expect, it } from "vitest";

import { bedrockRoute } from "../support/bedrock-route.ts";
import { shippedConfig } from "./shipped.ts";
import { frankfurt, problems } from "./support/config-problems.ts";

const guardrailWith = (tier: object) => ({
  filters: [{ type: "HATE", input: "HIGH", output: "HIGH" }],
  blockedMessage: "Stopped by policy.",
  tier,
});

describe("parseConfig", () => {
  it.each([{ kind: "classic" }, { kind: "standard", guardrailProfile: "eu.guardrail.v1:0" }])(
    "offers the guardrail tier $kind",
    (tier) => {
      expect(problems({}, { guardrail: guardrailWith(tier) })).toEqual([]);
    },
  );

  it.each([
    {
      when: "a misspelt provider",
      change: { provider: "bedrok" },
      path: "provider",
      reason:
        '"bedrok" is not a choice; use one of bedrock, vertex, foundry, mantle, gateway, anthropic; did you mean "bedrock"?',
    },
    {
      when: "an unknown kind of access",
      change: { access: { kind: "oidcc" } },
      path: "access.kind",
      reason:
        '"oidcc" is not a choice; use one of identity-center, oidc, roles-anywhere, principal; did you mean "oidc"?',
    },
    {
      when: "a kind that is left out",
      change: { reach: {} },
      path: "reach.kind",
      reason: "missing; use one of vpce-name, resolver, routed",
    },
    {
      when: "an empty list of models",
      change: { models: [] },
      path: "models",
      reason: "list at least one model",
    },
    {
      when: "an empty list of client ranges",
      change: { network: { kind: "create", cidr: "10.40.0.0/16", clientCidrs: [] } },
      path: "network.clientCidrs",
      reason: "list at least one range laptops come from",
    },
    {
      when: "a range that is none",
      change: { network: { kind: "create", cidr: "10.40.0.0/33", clientCidrs: ["10.8.0.0/14"] } },
      path: "network.cidr",
      reason: '"10.40.0.0/33": an IPv4 range such as 10.40.0.0/16',
    },
    {
      when: "an account id of 11 digits",
      change: { accountId: "11112222333" },
      path: "accountId",
      reason: '"11112222333": a 12-digit AWS account id, in quotes',
    },
    {
      when: "a helper path with a tilde",
      change: {
        desktop: {
          kind: "helper-script",
          path: "~/helper",
          windowsPath: "C:\\helper.exe",
          ttlSeconds: 900,
        },
      },
      path: "desktop.path",
      reason: '"~/helper": an absolute path without ~',
    },
    {
      when: "a missing issuer",
      change: { access: { kind: "oidc", audience: "a", sessionTags: { g: "x" } } },
      path: "access.issuer",
      reason: "missing",
    },
    {
      when: "a missing audience",
      change: {
        access: { kind: "oidc", issuer: "https://x.example.com", sessionTags: { g: "x" } },
      },
      path: "access.audience",
      reason: "missing",
    },
    {
      when: "a Standard guardrail without its profile",
      change: { guardrail: guardrailWith({ kind: "standard" }) },
      path: "guardrail.tier.guardrailProfile",
      reason: "missing",
    },
    {
      when: "a guardrail profile by ARN",
      change: {
        guardrail: guardrailWith({ kind: "standard", guardrailProfile: "arn:aws:bedrock:x" }),
      },
      path: "guardrail.tier.guardrailProfile",
      reason: '"arn:aws:bedrock:x": a guardrail profile id: eu.guardrail.v1:0',
    },
    {
      when: "an account id of 11 digits without quotes",
      change: { accountId: 11112222333 },
      path: "accountId",
      reason: "expected text, got number 11112222333; write it in quotes",
    },
    {
      when: "a region without a value",
      change: { region: null },
      path: "region",
      reason: "has no value; write one, or leave the key out",
    },
    {
      when: "one model that is no list",
      change: { models: "eu.anthropic.claude-opus-5-5" },
      path: "models",
      reason: 'expected a list, got "eu.anthropic.claude-opus-5-5"',
    },
    {
      when: "seconds in words",
      change: { desktop: { ...frankfurt!.desktop, ttlSeconds: "soon" } },
      path: "desktop.ttlSeconds",
      reason: 'expected a number, got "soon"',
    },
    {
      when: "a network that is a list",
      change: { network: [] },
      path: "network",
      reason: "expected a mapping, got a list",
    },
    {
      when: "an empty name",
      change: { name: "" },
      path: "name",
      reason: "may not be empty",
    },
  ])("refuses a route with $when", ({ change, path, reason }) => {
    expect(problems({}, change)).toEqual([{ path: `routes.0.${path}`, reason }]);
  });

  it("names the nearest key at the depth where the wrong one stands", () => {
    const { issuer, ...rest } = bedrockRoute(shippedConfig("eu")).access as { issuer: string };
    expect(problems({}, { access: { ...rest, isuer: issuer } })).toEqual([
      { path: "routes.0.access.issuer", reason: "missing" },
      {
        path: "routes.0.access.isuer",
        reason:
          'unknown key; use one of kind, issuer, audience, claims, sessionTags, existingProvider, path, permissionsBoundaryArn, maxSessionSeconds; did you mean "issuer"?',
      },
    ]);
  });

  it("takes a company's own authority in place of an AWS one, and names a misspelt key without its text", () => {
    const tokyo = bedrockRoute(shippedConfig("jp"));
    const { acmPcaArn: _, ...access } = tokyo.access as { acmPcaArn?: string };
    const pem = "-----BEGIN CERTIFICATE-----";
    expect(problems({}, { access: { ...access, certificateBundle: pem } })).toEqual([]);
    expect(problems({}, { access: { ...access, certificateBundel: pem } })).toEqual([
      {
        path: "routes.0.access.certificateBundel",
        reason:
          'unknown key; use one of kind, acmPcaArn, certificateBundle, subject, path, permissionsBoundaryArn, maxSessionSeconds; did you mean "certificateBundle"?',
      },
    ]);
  });
});
