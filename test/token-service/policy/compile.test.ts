import { beforeAll, describe, expect, it } from "vitest";

import type { ServedRoute } from "../../../contract/token-service-config.ts";
import { compileTrustPolicy } from "../../../token-service/policy/compile.ts";
import { leafOf, make } from "../identity/certificate-rig.ts";
import { compiledOf, entry, issuer, problemsOf, serviceOf, written } from "./policy-rig.ts";

let authorityPem: string;
let leafPem: string;

beforeAll(async () => {
  const root = await make();
  authorityPem = root.pem;
  leafPem = (await leafOf(root)).pem;
});

const devices = (changes: object = {}) => ({
  name: "laptops",
  certificates: authorityPem,
  revocation: { kind: "short-lived", maxLifeHours: 24 },
  ...changes,
});

describe("a trust policy", () => {
  it("that is sound compiles, with the claims it asks for and no others", () => {
    const compiled = compiledOf({
      issuers: [issuer(), issuer({ name: "partner", issuer: "https://partner.example" })],
      deviceAuthorities: [devices({ userFrom: "san-upn" })],
      policies: [
        entry({ claims: { groups: "cowork-eu", email_verified: "true" } }),
        entry({ name: "partners", from: "partner", claims: { "realm_access.roles": "cowork" } }),
        entry({
          name: "kiosks",
          from: "laptops",
          claims: { organizationalUnit: "Kiosks", user: ".+" },
        }),
      ],
      administrators: [{ from: "login", claims: { roles: "cowork-admin" } }],
    });
    expect([...compiled.claimNames]).toEqual([
      ["login", ["groups", "email_verified", "roles"]],
      ["partner", ["realm_access.roles"]],
      ["laptops", ["organizationalUnit", "user"]],
    ]);
    expect(compiled.geography).toBe("eu");
    expect([...compiled.routes]).toEqual(["frankfurt", "own-token", "vertex", "gateway"]);
    expect(compiled.authorities.map(({ anchors }) => anchors.length)).toEqual([1]);
    expect(compiled.policies.map(({ name }) => name)).toEqual(["staff", "partners", "kiosks"]);
  });

  it("says everything that is wrong with it at once", () => {
    const problems = problemsOf({
      issuers: [issuer({ audiences: ["a", "b"] }), issuer({ name: "login" })],
      deviceAuthorities: [devices({ name: "login" }), devices({ certificates: leafPem })],
      policies: [
        entry({
          from: "logn",
          geography: "us",
          routes: ["frankfur", "vertex"],
          models: ["eu.opus"],
          sessionSeconds: 7200,
        }),
        entry({ claims: { groups: "(", sub: "a)|(?:b" } }),
        entry({ name: "everybody", claims: { sub: ".*", aud: "cowork-desktop" } }),
        entry({ name: "shadow", claims: { groups: "cowork-eu" }, mode: "audit-only" }),
      ],
      administrators: [{ from: "laptops", claims: {} }],
    });
    expect(problems).toEqual([
      'issuers[1].name: "login" is issuers[0].name already; give it another one',
      'deviceAuthorities[0].name: "login" is issuers[0].name already; give it another one',
      'issuers[1].issuer: "https://login.example.com" is issuers[0].issuer already; give it another one',
      'policies[1].name: "staff" is policies[0].name already; give it another one',
      "issuers[0].authorizedParties: missing; with several audiences, list the applications that may ask for a token",
      "deviceAuthorities[1].certificates: certificate 1 is no authority (CA:true)",
      'policies[0].from: "logn" is neither an issuer nor a device authority; did you mean "login"?',
      'policies[0].geography: "us" is not this service\'s; it gives credentials of eu only',
      'policies[0].routes[0]: "frankfur" is not served here, only frankfurt, own-token, vertex, gateway; did you mean "frankfurt"?',
      'policies[0].routes[1]: credentials of "vertex" live at most 3600 s, less than sessionSeconds 7200',
      'policies[0].models[0]: "eu.opus" is no model of "vertex": claude-opus, claude-sonnet',
      'policies[0].models: credentials of "vertex" (vertex) cannot be limited to some of its models; leave models out',
      "policies[1].claims.groups: is no pattern in RE2 syntax (no look-around, no back-references)",
      "policies[1].claims.sub: is no pattern in RE2 syntax (no look-around, no back-references)",
      "policies[2].claims.aud: says nothing about who is meant; name a user, a group or a role",
      'administrators[0].from: "laptops" is no issuer; administrators are people',
      "administrators[0].claims: matches anybody or an empty text; one claim has to say who is meant",
    ]);
  });

  it.each([
    { sub: ".*" },
    { sub: ".+" },
    { sub: "(alice)?" },
    { sub: ".*", groups: "[^x]*" },
    { groups: "|cowork-eu" },
  ])("that means anybody by %j is refused", (claims) => {
    expect(problemsOf({ policies: [entry({ claims })] })).toEqual([
      "policies[0].claims: matches anybody or an empty text; one claim has to say who is meant",
    ]);
    expect(
      problemsOf({ policies: [entry({ claims: { ...claims, email: "alice@example\\.com" } })] }),
    ).toEqual([]);
  });

  it.each(["iss", "aud", "exp", "nbf", "iat", "jti", "nonce"])(
    "that asks for %s, which says nothing about who it is, is refused",
    (claim) => {
      expect(problemsOf({ policies: [entry({ claims: { [claim]: "x", sub: "alice" } })] })).toEqual(
        [
          `policies[0].claims.${claim}: says nothing about who is meant; name a user, a group or a role`,
        ],
      );
    },
  );

  it("that asks a route for more than its credential can carry is refused", () => {
    const judge = (route: string, changes: object) =>
      problemsOf({ policies: [entry({ routes: [route], ...changes })] });
    expect(judge("frankfurt", { sessionSeconds: 3601 })).toEqual([
      'policies[0].routes[0]: credentials of "frankfurt" live at most 3600 s, less than sessionSeconds 3601',
    ]);
    expect(judge("own-token", { sessionSeconds: 43_200 })).toEqual([]);
    expect(judge("frankfurt", { models: ["eu.opus"] })).toEqual([]);
    expect(judge("own-token", { models: ["eu.opus"] })).toEqual([
      'policies[0].models: credentials of "own-token" (bedrock) cannot be limited to some of its models; leave models out',
    ]);
    expect(judge("vertex", { models: ["claude-opus"] })).toEqual([
      'policies[0].models: credentials of "vertex" (vertex) cannot be limited to some of its models; leave models out',
    ]);
    expect(judge("vertex", { models: ["claude-sonnet", "claude-opus"] })).toEqual([]);
    expect(judge("gateway", { models: ["eu.haiku"] })).toEqual([
      'policies[0].models[0]: "eu.haiku" is no model of "gateway": eu.opus',
    ]);
    expect(judge("frankfurt", { routes: ["frankfurt", "gateway", "frankfurt"] })).toEqual([
      'policies[0].routes[2]: "frankfurt" is listed twice',
    ]);
  });

  it("that asks devices for what certificates do not say, or for a token, is refused", () => {
    const judge = (policy: object, authority: object = {}) =>
      problemsOf({
        deviceAuthorities: [devices(authority)],
        policies: [entry({ from: "laptops", ...policy })],
      });
    expect(judge({ claims: { device: "laptop-.*" } })).toEqual([]);
    expect(judge({ claims: { groups: "cowork-eu", device: "laptop-.*" } })).toEqual([
      "policies[0].claims.groups: a device's certificate has no such claim; use one of device, user, organization, organizationalUnit",
    ]);
    expect(judge({ claims: { user: "alice" } })).toEqual([
      'policies[0].claims.user: "laptops" reads no user from certificates; set its userFrom',
    ]);
    expect(judge({ claims: { user: "alice" } }, { userFrom: "san-upn" })).toEqual([]);
    expect(judge({ claims: { device: "laptop-.*" }, routes: ["own-token"] })).toEqual([
      'policies[0].routes[0]: "own-token" hands the person\'s token on, and a device certificate comes without one',
    ]);
  });

  it("whose authority's PEM holds a key is refused without repeating it", () => {
    const key = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQ\n-----END EC PRIVATE KEY-----\n";
    expect(
      problemsOf({ deviceAuthorities: [devices({ certificates: authorityPem + key })] }),
    ).toEqual([
      "deviceAuthorities[0].certificates: holds a private key; take it out, and consider the key known",
    ]);
  });

  it("with a policy that can never decide is refused", () => {
    const shadowed = (name: string) =>
      `policies[1]: never decides, because "${name}" above it means the same people or more; put it first or take it out`;
    const judge = (first: object, second: object) =>
      problemsOf({
        policies: [entry({ name: "wide", ...first }), entry({ name: "narrow", ...second })],
      });
    expect(judge({}, {})).toEqual([shadowed("wide")]);
    expect(judge({}, { claims: { groups: "cowork-eu", sub: "alice" } })).toEqual([
      shadowed("wide"),
    ]);
    expect(judge({ routes: ["frankfurt", "gateway"] }, { routes: ["gateway"] })).toEqual([
      shadowed("wide"),
    ]);
    expect(judge({}, { routes: ["frankfurt", "gateway"] })).toEqual([]);
    expect(judge({ claims: { groups: "cowork-eu", sub: "alice" } }, {})).toEqual([]);
    expect(judge({ mode: "audit-only" }, {})).toEqual([]);
    expect(judge({}, { mode: "audit-only" })).toEqual([]);
    expect(
      problemsOf({
        policies: [
          entry({ name: "one" }),
          entry({ name: "two", routes: ["gateway"] }),
          entry({ name: "three", routes: ["gateway", "frankfurt"] }),
        ],
      }),
    ).toEqual([
      'policies[2]: never decides, because "one", "two" above it means the same people or more; put it first or take it out',
    ]);
  });

  it("is told what is probably not meant, and works all the same", () => {
    const policy = written({
      issuers: [issuer(), issuer({ name: "partner", issuer: "https://partner.example" })],
      deviceAuthorities: [devices()],
    });
    const { clientCertificate: _, ...deaf } = serviceOf();
    const result = compileTrustPolicy(policy, deaf);
    expect("notes" in result && result.notes).toEqual([
      { path: "issuers[1]", reason: 'no policy is from "partner", so that it lets nobody in' },
      {
        path: "deviceAuthorities[0]",
        reason: 'no policy is from "laptops", so that it lets nobody in',
      },
      {
        path: "deviceAuthorities",
        reason: "the service accepts no certificates; set clientCertificate in its configuration",
      },
    ]);
  });

  it("is told of policies whose people a revocation by group or device would not meet", () => {
    const notesOf = (claims: object, deviceClaim?: string, change: object = {}) => {
      const issuers = [issuer({ deviceClaim, groupsClaim: "teams" })];
      const result = compileTrustPolicy(
        written({ issuers, policies: [entry({ claims, ...change })] }),
        serviceOf(),
      );
      return "notes" in result ? result.notes : result.problems;
    };
    const unmet = (claim: string, by: string) => ({
      path: "policies[0].claims",
      reason: `lets tokens without "${claim}" in, which no revocation by ${by} meets; ask for the claim too, by ".+" where any value will do`,
    });
    expect(notesOf({ sub: "alice" })).toEqual([unmet("teams", "group")]);
    expect(notesOf({ sub: "alice" }, "device_id")).toEqual([
      unmet("teams", "group"),
      unmet("device_id", "device"),
    ]);
    expect(notesOf({ teams: "cowork-eu" }, "device_id")).toEqual([unmet("device_id", "device")]);
    expect(notesOf({ sub: "alice", teams: ".+" })).toEqual([]);
    expect(notesOf({ teams: "cowork-eu", device_id: ".+" }, "device_id")).toEqual([]);
    // It lets nobody in.
    expect(notesOf({ sub: "alice" }, "device_id", { mode: "audit-only" })).toEqual([]);
  });

  it("is told of lives a provider decides, and of tokens that open a provider without the service", () => {
    const { routes, ...service } = serviceOf();
    const foundry: ServedRoute = {
      name: "foundry",
      provider: "foundry",
      tenantId: "11111111-1111-4111-8111-111111111111",
      exchange: { kind: "federated", clientId: "22222222-2222-4222-8222-222222222222" },
      scope: "https://cognitiveservices.azure.com/.default",
      models: [{ id: "claude-opus" }],
    };
    const more = { ...service, routes: [...routes, foundry] };
    const notesOf = (policy: object) => {
      const result = compileTrustPolicy(written({ policies: [entry(policy)] }), more);
      return "notes" in result ? result.notes : result.problems;
    };
    const short = (seconds: number) => ({
      path: "policies[0].sessionSeconds",
      reason: `"foundry" gives tokens of up to 5400 s unless the tenant has a token lifetime policy, and longer ones than ${seconds} s are refused; allow 5400, or shorten them there`,
    });
    expect(notesOf({ routes: ["foundry"], sessionSeconds: 5399 })).toEqual([short(5399)]);
    expect(notesOf({ routes: ["foundry"], sessionSeconds: 5400 })).toEqual([]);
    expect(notesOf({ routes: ["vertex", "foundry"], sessionSeconds: 900 })).toEqual([short(900)]);
    expect(notesOf({ routes: ["frankfurt", "vertex", "gateway"] })).toEqual([]);
    expect(notesOf({ routes: ["own-token"] })).toEqual([
      {
        path: "routes[1].exchange",
        reason:
          'a person can take the token that "own-token" hands on to the provider directly, past revocation, rate and session length of this service; end it at the issuer too',
      },
    ]);
  });

  it("of another geography is refused whole", () => {
    expect(problemsOf({}, serviceOf("us"))).toEqual([
      'policies[0].geography: "eu" is not this service\'s; it gives credentials of us only',
    ]);
  });
});
