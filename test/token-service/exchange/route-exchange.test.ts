import { jwtVerify } from "jose";
import { describe, expect, test } from "vitest";

import { ExchangeError } from "../../../exchange/exchange.ts";
import { nowSeconds } from "../../exchange/recording.ts";
import { device, exchanges, gatewayPublicKey, person } from "./fake-clouds.ts";
import { servedRoutes } from "./served-routes.ts";

const grant = { sessionSeconds: 900, models: undefined };
const names = Object.keys(servedRoutes) as (keyof typeof servedRoutes)[];
const healthy = (_: string, answer: () => Response) => answer();
const form = (body: string | undefined) => Object.fromEntries(new URLSearchParams(body));

describe("each kind of route gives its own kind of credential", () => {
  test.each([
    ["bedrock-assume", "bedrock-api-key", /^bedrock-api-key-/],
    ["bedrock-web", "bedrock-api-key", /^bedrock-api-key-/],
    ["mantle-assume", "bedrock-api-key", /^bedrock-api-key-/],
    ["mantle-web", "bedrock-api-key", /^bedrock-api-key-/],
    ["vertex-impersonate", "google-access-token", /^ya29\.i$/],
    ["vertex-workforce", "google-access-token", /^ya29\.w$/],
    ["foundry-federated", "entra-access-token", /^eyJ/],
    ["foundry-obo", "entra-access-token", /^eyJ/],
    ["gateway", "gateway-jwt", /^eyJ/],
  ] as const)("%s: %s", async (name, kind, token) => {
    const { exchange, context } = await exchanges(healthy);
    const credential = await exchange(servedRoutes[name], person, grant, context);
    expect(credential.kind).toBe(kind);
    expect(credential.token).toMatch(token);
    expect(credential.expiresAtEpochSeconds).toBe(nowSeconds + 900);
  });
});

describe("what AWS is asked", () => {
  const policyOf = (body: string | undefined) => JSON.parse(form(body).Policy ?? "null").Statement;

  test("a session in the service's name carries who, what and where as tags", async () => {
    const { exchange, context, sent } = await exchanges(healthy);
    await exchange(servedRoutes["bedrock-assume"], person, grant, context);
    const { Policy: _, ...asked } = form(sent[0]?.body);
    expect(sent).toHaveLength(1);
    expect(asked).toEqual({
      Action: "AssumeRole",
      Version: "2011-06-15",
      RoleArn: "arn:aws:iam::123456789012:role/cowork-eu",
      RoleSessionName: "anna@example.com",
      DurationSeconds: "900",
      "Tags.member.1.Key": "cowork:geography",
      "Tags.member.1.Value": "eu",
      "Tags.member.2.Key": "cowork:route",
      "Tags.member.2.Value": "frankfurt",
      "Tags.member.3.Key": "cowork:user",
      "Tags.member.3.Value": "anna@example.com",
      "Tags.member.4.Key": "cowork:device",
      "Tags.member.4.Value": "laptop-7",
    });
  });

  test("a device without a person has an empty person's tag, and no other's name", async () => {
    const { exchange, context, sent } = await exchanges(healthy);
    await exchange(servedRoutes["bedrock-assume"], device, grant, context);
    const asked = form(sent[0]?.body);
    expect(asked.RoleSessionName).toBe("laptop-7");
    expect([asked["Tags.member.3.Key"], asked["Tags.member.3.Value"]]).toEqual(["cowork:user", ""]);
  });

  test("tags of the route come on top and never in place of the service's own", async () => {
    const { exchange, context, sent } = await exchanges(healthy);
    const route = structuredClone(servedRoutes["bedrock-assume"]);
    Object.assign(route.exchange, { sessionTags: { team: "blue", "cowork:geography": "us" } });
    await exchange(route, person, grant, context);
    const asked = form(sent[0]?.body);
    const tags = Object.fromEntries(
      [1, 2, 3, 4, 5].map((n) => [asked[`Tags.member.${n}.Key`], asked[`Tags.member.${n}.Value`]]),
    );
    expect(tags).toEqual({
      team: "blue",
      "cowork:geography": "eu",
      "cowork:route": "frankfurt",
      "cowork:user": "anna@example.com",
      "cowork:device": "laptop-7",
    });
  });

  test("the granted models alone are left in the session, of every AWS route", async () => {
    for (const name of ["bedrock-assume", "bedrock-web"] as const) {
      const { exchange, context, sent } = await exchanges(healthy);
      await exchange(servedRoutes[name], person, grant, context);
      expect(policyOf(sent[0]?.body)[0].Resource).toEqual([
        "arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.anthropic.claude-opus-5-5",
        "arn:aws:bedrock:*::foundation-model/anthropic.claude-opus-5-5",
      ]);
    }
    for (const name of ["mantle-assume", "mantle-web"] as const) {
      const { exchange, context, sent } = await exchanges(healthy);
      const models = ["anthropic.claude-opus-5-5"];
      await exchange(servedRoutes[name], person, { ...grant, models }, context);
      expect(policyOf(sent[0]?.body)[0].Condition).toEqual({
        StringEquals: { "bedrock-mantle:Model": ["anthropic.claude-opus-5-5"] },
      });
    }
  });

  test.each(["assume-role", "web-identity"] as const)("%s: one model of several", async (kind) => {
    const { exchange, context, sent } = await exchanges(healthy);
    const route = structuredClone(
      servedRoutes[kind === "assume-role" ? "bedrock-assume" : "bedrock-web"],
    );
    route.models.push({ id: "anthropic.claude-haiku-5-5" });
    const models = ["anthropic.claude-haiku-5-5"];
    await exchange(route, person, { ...grant, models }, context);
    expect(policyOf(sent[0]?.body)[0].Resource).toEqual([
      "arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-haiku-5-5",
    ]);
  });

  test("the person's token goes on unsigned", async () => {
    const { exchange, context, sent } = await exchanges(healthy);
    await exchange(servedRoutes["bedrock-web"], person, grant, context);
    expect(form(sent[0]?.body).WebIdentityToken).toBe("eyJ.secret.of-the-person");
    expect(sent[0]?.headers.authorization).toBeUndefined();
  });
});

test("a gateway's token names person, geography, route and the granted models", async () => {
  const { exchange, context } = await exchanges(healthy);
  const models = ["claude-sonnet-5-5"];
  const { token } = await exchange(servedRoutes.gateway, person, { ...grant, models }, context);
  const { payload } = await jwtVerify(token, gatewayPublicKey, {
    currentDate: new Date(nowSeconds * 1000),
  });
  expect(payload).toMatchObject({
    iss: "https://tokens.eu.example.com",
    aud: "https://gateway.eu.example.com",
    sub: "anna@example.com",
    geography: "eu",
    route: "frankfurt",
    models: ["claude-sonnet-5-5"],
    exp: nowSeconds + 900,
  });
  const all = await exchange(servedRoutes.gateway, device, grant, context);
  const claims = (
    await jwtVerify(all.token, gatewayPublicKey, { currentDate: new Date(nowSeconds * 1000) })
  ).payload;
  expect(claims.sub).toBe("laptop-7");
  expect(claims.models).toEqual(["claude-opus-5-5", "claude-sonnet-5-5"]);
});

describe("what is refused before anybody is asked", () => {
  const config = "the route's configuration";
  const refused = async (
    name: keyof typeof servedRoutes,
    asked: Partial<{
      identity: typeof person;
      grant: { sessionSeconds: number; models: string[] | undefined };
    }>,
    settings = {},
  ) => {
    const { exchange, context, sent } = await exchanges(healthy, { settings });
    const result = exchange(
      servedRoutes[name],
      asked.identity ?? person,
      asked.grant ?? grant,
      context,
    );
    const error = await result.catch((failure: ExchangeError) => failure);
    expect(sent).toEqual([]);
    return error;
  };

  test.each(["bedrock-web", "mantle-web", "vertex-workforce", "foundry-obo"] as const)(
    "%s: a device certificate, which has no token to hand on",
    async (name) => {
      expect(await refused(name, { identity: device })).toEqual(
        new ExchangeError(
          "refused",
          config,
          "route frankfurt hands the person's token on to the provider, and a device certificate has none",
        ),
      );
    },
  );

  test.each([
    ["bedrock-assume", 3601, 3600],
    ["mantle-assume", 43_200, 3600],
    ["vertex-impersonate", 3601, 3600],
    ["bedrock-web", 43_201, 43_200],
    ["gateway", 43_201, 43_200],
    ["gateway", 0, 43_200],
    ["gateway", Number.NaN, 43_200],
  ] as const)("%s: %s s", async (name, sessionSeconds, longest) => {
    expect(await refused(name, { grant: { sessionSeconds, models: undefined } })).toEqual(
      new ExchangeError(
        "refused",
        config,
        `route frankfurt gives credentials of ${longest} s at most`,
      ),
    );
  });

  test.each(names)("%s: models the route does not have, or none at all", async (name) => {
    for (const models of [[], ["global.anthropic.claude-opus-5-5"]]) {
      expect(await refused(name, { grant: { sessionSeconds: 900, models } })).toEqual(
        new ExchangeError(
          "refused",
          config,
          "the policy names models that route frankfurt does not have, or none",
        ),
      );
    }
  });

  test("gateway: without a key, and for nobody", async () => {
    expect(await refused("gateway", {}, { signer: undefined })).toEqual(
      new ExchangeError(
        "refused",
        config,
        "a gateway route needs a signing key, and none is configured",
      ),
    );
    const nobody = { ...device, device: undefined };
    expect(await refused("gateway", { identity: nobody })).toEqual(
      new ExchangeError(
        "refused",
        config,
        "neither a person nor a device is known, and a gateway's token names one",
      ),
    );
  });
});
