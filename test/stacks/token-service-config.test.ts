import { describe, expect, it } from "vitest";

import { builtInZones } from "../../residency/zones.ts";
import type { RouteConfig } from "../../stacks/config-schema.ts";
import { deviceUrl } from "../../stacks/helper-config.ts";
import { usesRoute, waitsForService } from "../../stacks/token-service.ts";
import { serviceConfigOf } from "../../stacks/token-service-config.ts";
import { routesOnly, shippedConfig } from "./shipped.ts";

const facts = (geography: "eu" | "sg" | "us") => ({
  zone: builtInZones[geography]!,
  geography,
  organization: "example",
  today: "2026-11-21",
});
const created = { storeUrl: "rediss://store.example.com:6379" };

/** The service a shipped stack creates, for whatever routes. */
function service(stack: "eu" | "sg") {
  const { tokenService } = shippedConfig(stack);
  if (tokenService?.kind !== "create") throw new Error("changed");
  return tokenService;
}

const named = (stack: string, name: string): RouteConfig =>
  routesOnly(stack).routes.find((route) => route.name === name)!;

describe("what a created token service is told", () => {
  it("is its own geography's routes at AWS, asked at the STS of its own region", () => {
    const config = serviceConfigOf(facts("eu"), service("eu"), routesOnly("eu").routes, created);
    expect(config).toMatchObject({
      geography: "eu",
      publicUrl: "https://tokens.eu.example.com",
      listen: { host: "0.0.0.0", port: 8080 },
      store: { kind: "redis", durability: "managed", onFailure: "refuse" },
      limits: { requestsPerMinute: 60, shutdownGraceSeconds: 20 },
    });
    expect(config.routes).toEqual([
      {
        name: "frankfurt",
        provider: "bedrock",
        partition: "aws",
        region: "eu-central-1",
        stsUrl: "https://sts.eu-central-1.amazonaws.com",
        exchange: {
          kind: "web-identity",
          roleArn: "arn:aws:iam::111122223333:role/cowork/cowork-example-eu-frankfurt",
        },
        models: [
          { id: "eu.anthropic.claude-opus-5-5", modelId: "anthropic.claude-opus-5-5" },
          { id: "eu.anthropic.claude-sonnet-5-5", modelId: "anthropic.claude-sonnet-5-5" },
        ],
      },
    ]);
    expect(config.store).not.toHaveProperty("expect");
    expect(config.signingKeys).toEqual([]);
  });

  it("is the pool at Google, and less time to stop", () => {
    const config = serviceConfigOf(facts("sg"), service("sg"), routesOnly("sg").routes, created);
    expect(config.limits.shutdownGraceSeconds).toBe(8);
    expect(config.routes).toEqual([
      {
        name: "singapore",
        provider: "vertex",
        projectId: "example-cowork-sg",
        exchange: {
          kind: "workforce",
          audience:
            "//iam.googleapis.com/locations/global/workforcePools/cowork-example-sg-singapore/providers/desktop",
          userProject: "example-cowork-sg",
        },
        models: [{ id: "claude-opus-4-6" }, { id: "claude-sonnet-4-6" }],
      },
    ]);
  });

  it("is a role of its own to assume, an account to act as, an application and a gateway's audience", () => {
    const frankfurt = named("eu", "frankfurt");
    const google = named("us", "google");
    const azure = named("us", "azure");
    const gateway = named("eu-gateway", "gateway");
    if (frankfurt.provider !== "bedrock" || google.provider !== "vertex")
      throw new Error("changed");
    const principalArn = "arn:aws:iam::111122223333:role/cowork/cowork-token-service-example-eu";
    const member = "serviceAccount:claude-caller@example-cowork-us.iam.gserviceaccount.com";
    const routes: RouteConfig[] = [
      { ...frankfurt, access: { kind: "principal", principalArn } },
      { ...google, access: { kind: "principal", member } },
      azure,
      gateway,
    ];
    const settings = service("eu");
    const config = serviceConfigOf(
      facts("eu"),
      {
        ...settings,
        expectStore: "existing",
        foundry: { kind: "on-behalf-of", clientId: "0f1e2d3c-4b5a-4968-8776-655443322110" },
        otlpEndpoint: "https://otel.eu.example.com",
        trustPolicy: {
          ...settings.trustPolicy,
          policies: settings.trustPolicy.policies.map((policy) => ({
            ...policy,
            routes: routes.map(({ name }) => name),
          })),
        },
      },
      routes,
      {
        ...created,
        signingKey: {
          kind: "aws-kms",
          keyArn: "arn:aws:kms:eu-central-1:111122223333:key/k",
          region: "eu-central-1",
        },
      },
    );
    expect(config.routes.map(({ exchange }) => exchange)).toEqual([
      {
        kind: "assume-role",
        roleArn: "arn:aws:iam::111122223333:role/cowork/cowork-example-eu-frankfurt",
        sessionTags: {},
      },
      {
        kind: "impersonate",
        serviceAccount: "claude-caller@example-cowork-us.iam.gserviceaccount.com",
      },
      { kind: "on-behalf-of", clientId: "0f1e2d3c-4b5a-4968-8776-655443322110" },
      { kind: "jwt" },
    ]);
    expect(config.routes.at(-1)).toMatchObject({
      audience: "https://claude-gateway.example.com",
      models: [{ id: "claude-opus-5-5" }, { id: "claude-sonnet-5-5" }],
    });
    expect(config.store).toHaveProperty("expect", "existing");
    expect(config.audit).toEqual({ otlpEndpoint: "https://otel.eu.example.com" });
    expect(config.signingKeys).toHaveLength(1);
  });

  it("leaves out routes no policy names", () => {
    const { routes } = routesOnly("eu");
    const config = serviceConfigOf(facts("eu"), service("eu"), routes, created);
    expect(routes.map(({ name }) => name)).toEqual(["frankfurt", "google"]);
    expect(config.routes.map(({ name }) => name)).toEqual(["frankfurt"]);
  });
});

describe("a created token service", () => {
  it("is made before a role that names it, and after a route it uses", () => {
    const eu = shippedConfig("eu");
    const frankfurt = named("eu", "frankfurt");
    if (frankfurt.provider !== "bedrock") throw new Error("changed");
    const principalArn = "arn:aws:iam::111122223333:role/cowork/cowork-token-service-example-eu";
    const trusting: RouteConfig = { ...frankfurt, access: { kind: "principal", principalArn } };
    expect(waitsForService(trusting, service("eu"))).toBe(true);
    expect(waitsForService(frankfurt, service("eu"))).toBe(false);
    expect(waitsForService({ ...trusting, name: "other" }, service("eu"))).toBe(false);
    expect(waitsForService(trusting, undefined)).toBe(false);
    expect(usesRoute(service("eu"), eu.routes)).toBe(false);
    expect(usesRoute(service("sg"), shippedConfig("sg").routes)).toBe(true);
  });

  it("has an origin of its own for device certificates at AWS, and one for all elsewhere", () => {
    expect(deviceUrl(service("eu"))).toBe("https://tokens.eu.example.com:8443");
    expect(deviceUrl(service("sg"))).toBe("https://tokens.sg.example.com");
  });
});
