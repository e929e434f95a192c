import { describe, expect, it } from "vitest";
import { decide } from "../../../token-service/policy/decide.ts";
import { compiledOf, entry, identity, issuer, serviceOf } from "./policy-rig.ts";

const alice = identity({ groups: ["staff", "cowork-eu"], sub: ["alice"] });
const asked = { geography: "eu", route: "frankfurt" };

describe("a decision", () => {
  it("allows whom a policy names, with the policy's session and models", () => {
    expect(decide(compiledOf(), alice, asked)).toEqual({
      decision: "allow",
      policy: "staff",
      sessionSeconds: 3600,
      models: undefined,
      wouldAllow: [],
    });
    const narrowed = compiledOf({
      policies: [entry({ models: ["eu.opus"], sessionSeconds: 900 })],
    });
    expect(decide(narrowed, alice, asked)).toMatchObject({
      sessionSeconds: 900,
      models: ["eu.opus"],
    });
  });

  it.each([
    ["without the group", identity({ groups: ["cowork-us"] })],
    ["without groups", identity({ groups: [] })],
    ["without the claim", identity({ sub: ["cowork-eu"] })],
    ["with a longer group", identity({ groups: ["xcowork-eu", "cowork-eu2", "cowork-eu\n"] })],
    ["of another issuer", identity({ groups: ["cowork-eu"] }, { from: "partner" })],
    ["with a claim every object has", identity(JSON.parse('{"__proto__":["cowork-eu"]}'))],
  ])("refuses an identity %s", (_, somebody) => {
    expect(decide(compiledOf(), somebody, asked)).toEqual({
      decision: "refuse",
      code: "policy_none",
      reason: `no enforcing policy from ${somebody.from} allows this identity the route frankfurt`,
      wouldAllow: [],
    });
  });

  it("knows no claim that every object has", () => {
    const claims = { constructor: "x", sub: "alice" };
    expect(decide(compiledOf({ policies: [entry({ claims })] }), alice, asked)).toMatchObject({
      code: "policy_none",
    });
  });

  it("needs every claim of a policy", () => {
    const both = compiledOf({ policies: [entry({ claims: { groups: "cowork-eu", sub: "bob" } })] });
    expect(decide(both, alice, asked).decision).toBe("refuse");
    expect(decide(both, identity({ ...alice.claims, sub: ["bob"] }), asked).decision).toBe("allow");
  });

  it("is the first enforcing policy's in the file's order, audit-only ones told beside it", () => {
    const compiled = compiledOf({
      policies: [
        entry({ name: "trial", mode: "audit-only", sessionSeconds: 900 }),
        entry({ name: "elsewhere", claims: { groups: "staff" }, routes: ["vertex"] }),
        entry({ name: "first", claims: { sub: "alice" }, sessionSeconds: 1000 }),
        entry({ name: "second", claims: { groups: "cowork-eu" }, sessionSeconds: 2000 }),
        entry({ name: "later-trial", mode: "audit-only", claims: { sub: "a.*" } }),
      ],
    });
    expect(decide(compiled, alice, asked)).toEqual({
      decision: "allow",
      policy: "first",
      sessionSeconds: 1000,
      models: undefined,
      wouldAllow: ["trial", "later-trial"],
    });
  });

  it("is no allowance of an audit-only policy", () => {
    const compiled = compiledOf({ policies: [entry({ name: "trial", mode: "audit-only" })] });
    expect(decide(compiled, alice, asked)).toEqual({
      decision: "refuse",
      code: "policy_none",
      reason: "no enforcing policy from login allows this identity the route frankfurt",
      wouldAllow: ["trial"],
    });
  });

  it("refuses a route no policy lists, and one that is not served", () => {
    expect(decide(compiledOf(), alice, { ...asked, route: "vertex" })).toMatchObject({
      code: "policy_none",
    });
    expect(decide(compiledOf(), alice, { ...asked, route: "paris" })).toEqual({
      decision: "refuse",
      code: "route_unknown",
      reason: "this service serves frankfurt, own-token, vertex, gateway only",
      wouldAllow: [],
    });
  });
});

describe("two services of two geographies", () => {
  const issuers = [issuer()];
  const services = {
    eu: compiledOf(
      { issuers, policies: [entry({ claims: { groups: "cowork-eu" } })] },
      serviceOf("eu"),
    ),
    us: compiledOf(
      { issuers, policies: [entry({ claims: { groups: "cowork-us" }, geography: "us" })] },
      serviceOf("us"),
    ),
  };
  const bob = identity({ groups: ["cowork-us"], sub: ["bob"] });

  it("give one identity the credential of its own geography and of no other, however it asks", () => {
    const answers = Object.entries(services).flatMap(([at, service]) =>
      ["eu", "us", "EU", ""].flatMap((geography) =>
        [alice, bob].map((who) => {
          const decision = decide(service, who, { geography, route: "frankfurt" });
          const outcome = decision.decision === "allow" ? "allow" : decision.code;
          return `${who === alice ? "alice" : "bob"} asks ${at} for "${geography}": ${outcome}`;
        }),
      ),
    );
    expect(answers).toEqual([
      'alice asks eu for "eu": allow',
      'bob asks eu for "eu": policy_none',
      'alice asks eu for "us": geography_mismatch',
      'bob asks eu for "us": geography_mismatch',
      'alice asks eu for "EU": geography_mismatch',
      'bob asks eu for "EU": geography_mismatch',
      'alice asks eu for "": geography_mismatch',
      'bob asks eu for "": geography_mismatch',
      'alice asks us for "eu": geography_mismatch',
      'bob asks us for "eu": geography_mismatch',
      'alice asks us for "us": policy_none',
      'bob asks us for "us": allow',
      'alice asks us for "EU": geography_mismatch',
      'bob asks us for "EU": geography_mismatch',
      'alice asks us for "": geography_mismatch',
      'bob asks us for "": geography_mismatch',
    ]);
  });

  it("say which geography they are of, and look at no policy for another one", () => {
    expect(decide(services.eu, alice, { geography: "us", route: "nowhere" })).toEqual({
      decision: "refuse",
      code: "geography_mismatch",
      reason: "this service gives credentials of eu only; ask the service of your geography",
      wouldAllow: [],
    });
  });
});
