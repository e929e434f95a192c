import { afterAll, beforeAll, expect, test } from "vitest";

import type { ExchangeContext } from "../../../exchange/exchange.ts";
import { routeExchange } from "../../../token-service/exchange/route-exchange.ts";
import { type MotoServer, startMotoServer } from "../../services/moto-server.ts";
import { person } from "./fake-clouds.ts";
import { servedRoutes } from "./served-routes.ts";

let moto: MotoServer;
beforeAll(async () => {
  moto = await startMotoServer();
});
afterAll(() => moto.close());

test.each(["bedrock-assume", "bedrock-web", "mantle-assume", "mantle-web"] as const)(
  "%s: tags, session name and session policy are such as a real implementation of STS reads",
  async (name) => {
    const context: ExchangeContext = {
      fetch,
      now: () => Date.now(),
      signal: new AbortController().signal,
    };
    const exchange = routeExchange(
      {
        geography: "eu",
        publicUrl: "https://tokens.eu.example.com",
        signer: undefined,
        environment: {},
        ownAwsIdentity: () => async () => ({ ...moto.credentials, sessionToken: "own" }),
      },
      context,
    );
    const route = { ...servedRoutes[name], stsUrl: moto.url } as (typeof servedRoutes)[typeof name];
    const grant = { sessionSeconds: 900, models: undefined };
    const odd = { ...person, user: "zoë o'brien+test@example.com" };
    const credential = await exchange(route, odd, grant, context);
    const url = Buffer.from(credential.token.replace("bedrock-api-key-", ""), "base64").toString();
    expect(url).toMatch(/X-Amz-Credential=ASIA[A-Z0-9]{16}%2F\d{8}%2Feu-central-1%2Fbedrock%2F/);
    expect(url).toContain("X-Amz-Security-Token=");
    const left = credential.expiresAtEpochSeconds - Date.now() / 1000;
    expect(left).toBeGreaterThan(600);
    expect(left).toBeLessThanOrEqual(900);
  },
);
