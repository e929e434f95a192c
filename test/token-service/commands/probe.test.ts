import { createServer, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { closeServer, listen } from "../../services/loopback.ts";
import { openWorld, type World } from "../world.ts";

let world: World;
let url: string;
beforeAll(async () => {
  world = await openWorld();
  ({ url } = await world.start());
});
afterAll(() => world.close());

const probe = async (at: string, token: string, ...more: string[]) =>
  world.run(["probe", "--url", at, "--config", world.configFile, ...more], {
    env: { COWORK_PROBE_TOKEN: token },
  });

const right = [
  ["no identity", "identity_missing"],
  ["a token whose signature was changed", "token_signature"],
  ["a token that says alg none", "token_algorithm"],
  ["a token that says it is signed with a shared secret", "token_algorithm"],
  ["a certificate in x-amzn-mtls-clientcert-leaf", "smuggled_identity"],
  ["a certificate in x-client-cert-leaf", "smuggled_identity"],
  ["a certificate in x-forwarded-client-cert", "smuggled_identity"],
  ["a certificate in client-cert", "smuggled_identity"],
  ["a body over 4 KiB", "request_too_large"],
  ["another geography", "geography_mismatch"],
  ["a route that is not served", "route_unknown"],
  ["the route gateway", "a credential"],
  ["the same token again", "token_replayed"],
];

describe("probe", () => {
  it("passes a sound service, one token for everything", async () => {
    const { code, stdout, stderr } = await probe(url, await world.token("alice"), "--json");
    const { ok, results } = JSON.parse(stdout);
    expect(results.map(({ name, got }: Record<string, string>) => [name, got])).toEqual(right);
    expect([code, ok, stderr]).toEqual([0, true, ""]);
  });

  it("prints a table, and no part of a credential", async () => {
    const token = await world.token("alice");
    const { code, stdout } = await probe(url, token);
    expect(code).toBe(0);
    expect(stdout.split("\n")).toContain(
      "ok     the route gateway                                    a credential",
    );
    expect(stdout).not.toContain("eyJ");
  });

  it("fails when the identity gets nothing, and says what came instead", async () => {
    const { code, stdout } = await probe(url, await world.token("carol"), "--json");
    const { results } = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(results.filter(({ ok }: { ok: boolean }) => !ok)).toEqual(
      [
        {
          name: "another geography",
          expected: "geography_mismatch",
          got: "geography_mismatch",
          ok: true,
        },
        { name: "the route gateway", expected: "a credential", got: "policy_none", ok: false },
        { name: "the same token again", expected: "token_replayed", got: "policy_none", ok: false },
      ].filter(({ ok }) => !ok),
    );
  });

  it.each([
    {
      weakness: "gives everybody a credential",
      passes: () => true,
      wrong: right.map(([name]) => name).filter((name) => name !== "the route gateway"),
    },
    {
      weakness: "does not remember tokens",
      passes: (_: string, seen: number) => seen > 1,
      wrong: ["the same token again"],
    },
    {
      weakness: "believes alg none",
      passes: (authorization: string) => /^Bearer eyJhbGciOiJub25l/.test(authorization),
      wrong: ["a token that says alg none"],
    },
  ])("sees through a service that $weakness", async ({ passes, wrong }) => {
    const token = await world.token("alice");
    let seen = 0;
    const server = createServer(async (request: IncomingMessage, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      const body = Buffer.concat(parts);
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(
          ([name]) => !["host", "connection", "content-length", "transfer-encoding"].includes(name),
        ),
      ) as Record<string, string>;
      const answer = await fetch(`${url}${request.url}`, { method: "POST", headers, body });
      if (answer.ok || (await answer.clone().text()).includes("token_replayed")) seen += 1;
      const weak = passes(request.headers.authorization ?? "", seen);
      const text = weak
        ? JSON.stringify({
            token: "x",
            kind: "gateway-jwt",
            expiresAtEpochSeconds: Math.floor(Date.now() / 1000) + 60,
            geography: "eu",
            route: "gateway",
            traceId: "1".repeat(32),
          })
        : await answer.text();
      response
        .writeHead(weak ? 200 : answer.status, { "content-type": "application/json" })
        .end(text);
    });
    const at = `http://127.0.0.1:${await listen(server)}`;
    try {
      const { code, stdout } = await probe(at, token, "--json");
      const results: { name: string; ok: boolean }[] = JSON.parse(stdout).results;
      expect(results.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(wrong);
      expect(code).toBe(1);
    } finally {
      await closeServer(server);
    }
  });

  it("fails on what is no token service, or not there", async () => {
    const other = await probe(world.provider.issuer, await world.token("alice"), "--json");
    expect(other.code).toBe(1);
    expect(JSON.parse(other.stdout).results[0].got).toBe("404, no answer of a token service");
    const away = await probe("http://127.0.0.1:1", await world.token("alice"));
    expect([away.code, away.stdout.split("\n").filter((line) => line.startsWith("WRONG"))]).toEqual(
      [1, expect.any(Array)],
    );
  });

  it.each([
    {
      args: ["--route", "gatewy"],
      says: '--route gatewy: there is gateway; did you mean "gateway"?\n',
      token: "a.b.c",
    },
    { args: [], says: "the token is no signed JWT\n", token: "abc" },
    {
      args: [],
      says: "no single token: set COWORK_PROBE_TOKEN, or pass it on standard input\n",
      token: "two tokens",
    },
  ])("wrong usage: $says", async ({ args, says, token }) => {
    const { code, stderr } = await probe(url, token, ...args);
    expect([code, stderr]).toEqual([2, says]);
  });
});
