import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterEach, expect, it, vi } from "vitest";
import { startRedisServer } from "../services/redis-server.ts";
import { askFor, openWorld, type World } from "./world.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function world(more?: Record<string, unknown>): Promise<World> {
  const opened = await openWorld(more);
  closers.push(opened.close);
  return opened;
}

it("a real sign-in gets a gateway's token that verifies against the published keys", async () => {
  const { start, token } = await world();
  const { url, events } = await start();
  const { status, body } = await askFor(url, await token("alice"));
  expect([status, body.kind]).toEqual([200, "gateway-jwt"]);
  const keys = createRemoteJWKSet(new URL(`${url}/.well-known/jwks.json`));
  const { payload } = await jwtVerify(String(body.token), keys, {
    issuer: "https://tokens.eu.example.com",
    audience: "https://gateway.example.com",
  });
  expect([payload.sub, payload.exp]).toEqual(["alice", body.expiresAtEpochSeconds]);
  expect(events().map(({ event, decision }) => [event, decision])).toEqual([
    ["policy.reload", "allow"],
    ["token.decision", "allow"],
  ]);
});

it("is ready only once the keys of every issuer were loaded", async () => {
  const { start, provider } = await world();
  await provider.close();
  const { url } = await start();
  const before = await fetch(`${url}/readyz`);
  expect([before.status, await before.json()]).toEqual([
    503,
    {
      status: "unready",
      unready: [{ part: "issuers", reason: "the keys of issuer company were never loaded" }],
    },
  ]);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const { start: startOther } = await world();
  const other = await startOther();
  await vi.waitFor(async () => expect((await fetch(`${other.url}/readyz`)).status).toBe(200));
});

it("an issuer that a reload adds and nobody reaches takes no replica away from the others", async () => {
  const { start, token, writePolicy } = await world();
  const { url, child, events } = await start();
  const ready = async () => (await fetch(`${url}/readyz`)).status;
  expect(await ready()).toBe(200);
  const issuer = { name: "away", audiences: ["cowork"], algorithms: ["RS256"] };
  const reload = async (change: (issuers: object[]) => void) => {
    const before = events().length;
    await writePolicy((policy) => change(policy.issuers));
    child.kill("SIGHUP");
    await vi.waitFor(() => expect(events().length).toBeGreaterThan(before));
  };
  await reload((issuers) => issuers.push({ ...issuer, issuer: "https://127.0.0.1:1" }));
  expect(await ready()).toBe(200);
  expect((await askFor(url, await token("alice"))).status).toBe(200);
  // Where it is all there is, nobody can be let in.
  await reload((issuers) =>
    issuers.splice(0, 2, { ...issuer, name: "company", issuer: "https://127.0.0.1:1" }),
  );
  expect(await ready()).toBe(503);
});

it("SIGHUP puts a changed policy in force, and a bad one leaves the one before", async () => {
  const { start, token, writePolicy } = await world();
  const { url, child, events, stderr } = await start();
  expect((await askFor(url, await token("carol"))).body.code).toBe("policy_none");
  await writePolicy((policy) => {
    policy.policies[0].claims.sub = "carol";
  });
  child.kill("SIGHUP");
  await vi.waitFor(async () => expect((await askFor(url, await token("carol"))).status).toBe(200));
  await writePolicy((policy) => {
    policy.policies[0].claims.sub = "(";
  });
  child.kill("SIGHUP");
  await vi.waitFor(() => expect(stderr()).toContain("the one before stays in force"));
  expect((await askFor(url, await token("carol"))).status).toBe(200);
  expect(
    events()
      .filter(({ event }) => event === "policy.reload")
      .map(({ decision, reason }) => [decision, reason]),
  ).toEqual([
    ["allow", "the trust policy is in force"],
    ["allow", "the trust policy is in force"],
    ["refuse", "the changed trust policy cannot be used; the one before stays in force"],
  ]);
});

it("SIGTERM ends it with 0, every event written, nothing under way cut off", async () => {
  const { start, token } = await world();
  const { url, child, events, exit, stderr } = await start();
  const tokens = await Promise.all(["alice", "bob", "alice", "bob"].map(token));
  const under = tokens.map((one) => askFor(url, one));
  child.kill("SIGTERM");
  expect((await Promise.all(under)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(await exit).toBe(0);
  expect(
    events().filter(({ event, decision }) => event === "token.decision" && decision === "allow"),
  ).toHaveLength(4);
  expect(stderr()).toMatch(/serving eu at 127\.0\.0\.1:\d+\nstopping\nstopped\n$/);
});

it("two replicas share one Redis: a token counts once, a revocation counts at both", async () => {
  const redis = await startRedisServer({ appendOnly: true });
  closers.push(redis.close);
  const { start, token, run, configFile } = await world({
    store: { kind: "redis", url: redis.url },
  });
  const [one, two] = [await start(), await start()];
  for (const { url } of [one, two]) {
    await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), 10_000);
  }
  const alice = await token("alice");
  expect((await askFor(one.url, alice)).status).toBe(200);
  expect((await askFor(two.url, alice)).body.code).toBe("token_replayed");

  const root = await token("root");
  const revoked = await run(
    ["revoke", "--url", one.url, "--user", "alice", "--reason", "left", "--json"],
    {
      env: { COWORK_ADMIN_TOKEN: root },
    },
  );
  expect([revoked.code, revoked.stderr]).toEqual([0, ""]);
  const answer = JSON.parse(revoked.stdout);
  expect(answer.offboardingSeconds).toBeGreaterThan(880);
  expect(answer.offboardingSeconds).toBeLessThanOrEqual(903);
  expect((await askFor(two.url, await token("alice"))).body.code).toBe("revoked");

  const listed = await run(["revocations", "--config", configFile]);
  expect(listed.stdout).toMatch(/^user:alice: since \S+Z, by company\/root: left\n$/);
  const lifted = await run(["lift", "--config", configFile, "--user", "alice"]);
  expect([lifted.code, lifted.stdout]).toEqual([0, "user:alice: lifted\n"]);
  expect(JSON.parse(lifted.stderr)).toMatchObject({
    event: "revocation",
    reason: "lifted",
    subject: "user:alice",
    revokedBy: expect.stringMatching(/^store\//),
  });
  expect((await askFor(two.url, await token("alice"))).status).toBe(200);
  const again = await run(["lift", "--config", configFile, "--user", "alice"]);
  expect([again.code, again.stdout]).toEqual([1, "user:alice: was not revoked\n"]);
  const confirmed = await run(["confirm-store", "--config", configFile]);
  expect([confirmed.code, confirmed.stdout]).toEqual([
    1,
    "the store lost nothing: there is nothing to confirm\n",
  ]);
});
