import { describe, expect, it } from "vitest";

import { type Change, refusalOf, refused } from "./refusal.ts";

const euNetwork = "cidr: 10.60.0.0/24, clientCidrs: [10.8.0.0/14]";
const desktop = "desktop: { kind: workforce }";
const key = (place: string) => `projects/keys/locations/${place}/keyRings/r/cryptoKeys/k`;
const more = (lines: string): Change => [desktop, `${desktop}\n      ${lines}`];
const routeKeys =
  "name, provider, organizationId, project, location, dataRegion, models, reach, access, desktop, keys, logs, deployer, perimeter, organizationPolicies, modelAccess";

describe("a Vertex route whose parts do not fit is refused with every place and its fix:", () => {
  refused([
    [
      "a project id in capitals and with a dash last",
      "eu",
      [["projectId: example-cowork-eu", "projectId: Example-Cowork-EU-"]],
      [
        '  routes.1.project.projectId: "Example-Cowork-EU-": a project id is 6 to 30 lower-case letters, digits and dashes, a letter first, no dash last',
      ],
    ],
    [
      "a project id that is too short",
      "us",
      [["projectId: example-cowork-us", "projectId: co-us"]],
      [
        '  routes.1.project.projectId: "co-us": a project id is 6 to 30 lower-case letters, digits and dashes, a letter first, no dash last',
      ],
    ],
    [
      "a project id with a word Google reserves",
      "eu",
      [["projectId: example-cowork-eu", "projectId: example-google-eu"]],
      ['  routes.1.project.projectId: "example-google-eu" holds "google", which Google reserves'],
    ],
    [
      "names that leave no room for a label",
      "sg",
      [["name: example,", `name: ${"a".repeat(60)},`]],
      [
        `  routes.0.name: "${"a".repeat(60)}-sg-singapore" has 73 characters; at most 63 fit a label: shorten the organization, geography or route`,
      ],
    ],
    [
      "ranges that overlap the other cloud's, one another and the laptops'",
      "eu",
      [[euNetwork, "cidr: 10.40.128.0/20, clientCidrs: [10.8.0.0/14, 10.9.0.0/16, 10.40.0.0/16]"]],
      [
        "  routes.1.reach.network.cidr: 10.40.128.0/20 overlaps 10.40.0.0/16 of routes.0; laptops could reach only one of them",
        '  routes.1.reach.network.clientCidrs.1: "10.9.0.0/16" overlaps 10.8.0.0/14; keep the wider one',
        '  routes.1.reach.network.clientCidrs.2: "10.40.0.0/16" overlaps 10.40.128.0/20: a network answers its own addresses itself, so such laptops would hear nothing',
      ],
    ],
    [
      "ranges a perimeter never sees, or everybody",
      "us",
      [["ingressCidrs: [198.51.100.0/24]", "ingressCidrs: [10.0.0.0/8, 0.0.0.0/0]"]],
      [
        '  routes.1.perimeter.ingressCidrs.0: "10.0.0.0/8" is not public: Google sees the company\'s public address there; people on the private path need no range',
        '  routes.1.perimeter.ingressCidrs.1: "0.0.0.0/0" is wider than /8; name the company\'s own public ranges',
      ],
    ],
    [
      "two keys in different places",
      "eu",
      [
        more(
          `keys: { kind: existing, logs: ${key("europe-west3")}, dataset: ${key("europe-west1")} }\n      logs: { content: { datasetId: claude } }`,
        ),
      ],
      [
        `  routes.1.keys: two keys in different places: ${key("europe-west3")} in europe-west3, ${key("europe-west1")} in europe-west1; logs and dataset rest in europe-west3, so both keys must`,
      ],
    ],
    [
      "a key in global",
      "eu",
      [more(`keys: { kind: existing, logs: ${key("global")} }`)],
      [
        `  routes.1.keys.logs: ${key("global")} rests in global, but what it encrypts rests in europe-west3; use a key of europe-west3`,
      ],
    ],
    [
      "numbers beyond what Google takes",
      "eu",
      [more("keys: { kind: create, rotationDays: 0 }\n      logs: { retentionDays: 4000 }")],
      [
        "  routes.1.keys.rotationDays: 0 is too small; use 1 at least",
        "  routes.1.logs.retentionDays: 4000 is too big; use 3650 at most",
      ],
    ],
    [
      "terms accepted by nobody",
      "us",
      [more("modelAccess: {}")],
      ["  routes.1.modelAccess.legal: missing"],
    ],
  ]);
});

describe("a misspelt Vertex route is refused with the nearest name:", () => {
  refused([
    [
      "the provider",
      "eu",
      [["provider: vertex", "provider: vertx"]],
      [
        '  routes.1.provider: "vertx" is not a choice; use one of bedrock, vertex, foundry, mantle, gateway, anthropic; did you mean "vertex"?',
      ],
    ],
    [
      "kinds",
      "eu",
      [
        ["project: { kind: create", "project: { kind: creat"],
        ["kind: private", "kind: privat"],
        ["kind: workforce\n", "kind: workfroce\n"],
        [desktop, "desktop: { kind: interactiv }\n      deployer: { kind: githb }"],
      ],
      [
        '  routes.1.project.kind: "creat" is not a choice; use one of create, adopt; did you mean "create"?',
        '  routes.1.reach.kind: "privat" is not a choice; use one of public, private; did you mean "private"?',
        '  routes.1.access.kind: "workfroce" is not a choice; use one of workforce, google-group, principal; did you mean "workforce"?',
        '  routes.1.desktop.kind: "interactiv" is not a choice; use one of workforce, interactive, vendor-profile, helper-script, credential-helper; did you mean "interactive"?',
        '  routes.1.deployer.kind: "githb" is not a choice; use one of github, gitlab, azure-devops; did you mean "github"?',
      ],
    ],
    [
      "keys",
      "eu",
      [
        ["dataRegion:", "dataRegoin:"],
        ["clientId:", "clientID:"],
        [
          desktop,
          'desktop: { kind: workforce, authFow: broker }\n      perimiter: { mode: "enforced" }',
        ],
      ],
      [
        "  routes.1.dataRegion: missing",
        "  routes.1.access.clientId: missing",
        '  routes.1.access.clientID: unknown key; use one of kind, issuer, clientId, tenantId, group, groupsClaim, subjectClaim, poolId, sessionSeconds; did you mean "clientId"?',
        '  routes.1.desktop.authFow: unknown key; use one of kind, authFlow, redirectPort, scopes; did you mean "authFlow"?',
        `  routes.1.dataRegoin: unknown key; use one of ${routeKeys}; did you mean "dataRegion"?`,
        `  routes.1.perimiter: unknown key; use one of ${routeKeys}; did you mean "perimeter"?`,
      ],
    ],
  ]);

  it.each([
    [
      "text that is no such secret",
      "hunter2-hunter2",
      "the secret of a desktop client begins with GOCSPX-",
    ],
    ["a list", "[hunter2-hunter2]", "expected text"],
    ["a number", "4711471147", "expected text"],
  ])("a desktop client's secret never appears in a refusal: %s", (_, secret, reason) => {
    const interactive = `desktop: { kind: interactive, oauthClientId: mine, oauthClientSecret: ${secret} }`;
    expect(refusalOf({ stack: "eu" }, [[desktop, interactive]])).toEqual([
      "eu: invalid configuration",
      '  routes.1.desktop.oauthClientId: "mine": a desktop client\'s id such as 123456-abc.apps.googleusercontent.com',
      `  routes.1.desktop.oauthClientSecret: ${reason}`,
    ]);
  });
});
