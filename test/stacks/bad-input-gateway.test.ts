import { describe } from "vitest";

import { type Change, refused } from "./refusal.ts";

const base = "https://claude-gateway.example.com";
const address = (to: string): readonly Change[] => [[base, to]];
const headers = (to: string): readonly Change[] => [["{ x-geography: eu }", to]];
const vertex = "provider: vertex\n          location: eu\n";
const upstreams = `      upstreams:
        - name: bedrock-frankfurt
          provider: bedrock
          region: eu-central-1
          models: [eu.anthropic.claude-opus-5-5, eu.anthropic.claude-sonnet-5-5]
        - name: vertex-eu
          provider: vertex
          location: eu
          models: [claude-opus-5-5, claude-sonnet-5-5]
`;
const bedrock = "provider bedrock: eu.anthropic.claude-opus-5-5 from eu-central-1";

describe("a gateway's address", () => {
  refused([
    [
      "off loopback without TLS",
      "eu-gateway",
      address("http://claude-gateway.example.com"),
      [
        '  routes.0.baseUrl: "http://claude-gateway.example.com" must start with https://; prompts would travel in the clear',
      ],
    ],
    [
      "on loopback without TLS, which a stack for many laptops never means",
      "eu-gateway",
      address("http://localhost:8080"),
      [
        '  routes.0.baseUrl: "http://localhost:8080" must start with https://; prompts would travel in the clear',
      ],
    ],
    [
      "on loopback with TLS",
      "eu-gateway",
      address("https://127.0.0.1:8443"),
      [
        '  routes.0.baseUrl: "https://127.0.0.1:8443" is the laptop itself; write the address of the company\'s gateway',
      ],
    ],
    [
      "with a credential, which is not repeated",
      "eu-gateway",
      address("https://user:hunter2@claude-gateway.example.com"),
      ["  routes.0.baseUrl: holds a credential; remove what stands before the @"],
    ],
    [
      "with an empty credential",
      "eu-gateway",
      address("https://@claude-gateway.example.com"),
      ["  routes.0.baseUrl: holds a credential; remove what stands before the @"],
    ],
    [
      "with a query, which is not repeated either",
      "eu-gateway",
      address("https://claude-gateway.example.com?key=hunter2"),
      ["  routes.0.baseUrl: holds a query or a fragment; write the address alone"],
    ],
    [
      "with the path the application appends",
      "eu-gateway",
      address("https://claude-gateway.example.com/eu/v1/messages"),
      [
        '  routes.0.baseUrl: "https://claude-gateway.example.com/eu/v1/messages" ends in what the application appends itself; write https://claude-gateway.example.com/eu',
      ],
    ],
    [
      "with a slash at its end",
      "eu-gateway",
      address("https://claude-gateway.example.com/"),
      [
        '  routes.0.baseUrl: "https://claude-gateway.example.com/" is not written as it is called; write https://claude-gateway.example.com',
      ],
    ],
    [
      "that is Anthropic's own",
      "eu-gateway",
      address("https://api.anthropic.com"),
      [
        '  routes.0.baseUrl: "api.anthropic.com" is no gateway but a provider\'s own endpoint; use a route with provider anthropic',
      ],
    ],
    [
      "that is a Foundry resource's own",
      "eu-gateway",
      address("https://example.services.ai.azure.com/anthropic"),
      [
        '  routes.0.baseUrl: "example.services.ai.azure.com" is no gateway but a provider\'s own endpoint; use a route with provider foundry',
      ],
    ],
    [
      "that is no URL",
      "eu-gateway",
      address("claude-gateway"),
      [
        "  routes.0.baseUrl: is no URL; write the gateway's address, for example https://claude.example.com",
      ],
    ],
  ]);
});

describe("a gateway's headers", () => {
  const named =
    "names a credential, and profiles hold none; print such headers from a credential helper";
  const shaped =
    "has the shape of a credential, and profiles hold none; print such headers from a credential helper";
  refused([
    [
      "that name a credential, all at once and without their values",
      "eu-gateway",
      headers("{ Authorization: Bearer hunter2, x-api-key: a, Cookie: b, x-team-token: c }"),
      ["Authorization", "x-api-key", "Cookie", "x-team-token"].map(
        (name) => `  routes.0.customHeaders.${name}: ${named}`,
      ),
    ],
    [
      "whose value opens something",
      "eu-gateway",
      headers("{ x-a: Basic aHVudGVyMg==, x-b: sk-ant-hunter2, x-c: eyJhbGciOiJub25lIn0 }"),
      ["x-a", "x-b", "x-c"].map((name) => `  routes.0.customHeaders.${name}: ${shaped}`),
    ],
    [
      "that are one twice, or no header, or the application's",
      "eu-gateway",
      headers("{ X-Geography: eu, x-geography: us, x y: a, Host: b.example.com, x-empty: ' ' }"),
      [
        '  routes.0.customHeaders.x-geography: is "X-Geography" already',
        "  routes.0.customHeaders.x y: is no header name; use letters, digits and dashes",
        "  routes.0.customHeaders.Host: is written by the application itself",
        "  routes.0.customHeaders.x-empty: must be one line of plain text that is not empty",
      ],
    ],
  ]);
});

describe("a gateway's upstreams", () => {
  refused([
    [
      "with Anthropic among them, for failover only",
      "eu-gateway",
      [[vertex, "provider: anthropic\n"]],
      [
        `  routes.0.upstreams.1: outside: processed by Anthropic itself; zone eu does not accept anthropic-direct; use ${bedrock}`,
      ],
    ],
    [
      "with Google's global location",
      "eu-gateway",
      [["location: eu", "location: global"]],
      [
        "  routes.0.upstreams.1.models.0: outside: global promises no place of processing; use claude-opus-5-5 at eu",
        "  routes.0.upstreams.1.models.1: outside: global promises no place of processing; use claude-sonnet-5-5 at eu",
      ],
    ],
    [
      "with European profiles called from London",
      "eu-gateway",
      [["region: eu-central-1", "region: eu-west-2"]],
      [
        "  routes.0.upstreams.0.models.0: outside: the request is sent to eu-west-2: eu-west-2 is in GB, outside zone eu; use eu.anthropic.claude-opus-5-5 from eu-central-1",
        "  routes.0.upstreams.0.models.1: outside: the request is sent to eu-west-2: eu-west-2 is in GB, outside zone eu; use eu.anthropic.claude-sonnet-5-5 from eu-central-1",
      ],
    ],
    [
      "with Foundry in Sweden, which binds no processing",
      "eu-gateway",
      [
        [
          vertex,
          "provider: foundry\n          region: swedencentral\n          version: '2'\n          sku: GlobalStandard\n",
        ],
      ],
      [
        `  routes.0.upstreams.1: outside: GlobalStandard is processed in any Azure region; use ${bedrock}`,
      ],
    ],
    [
      "with Foundry and no version",
      "eu-gateway",
      [[vertex, "provider: foundry\n          region: swedencentral\n"]],
      [
        `  routes.0.upstreams.1.models.0: undecidable: claude-opus-5-5 without a pinned version: the version decides who hosts, and Azure's default may change; use ${bedrock}`,
        `  routes.0.upstreams.1.models.1: undecidable: claude-sonnet-5-5 without a pinned version: the version decides who hosts, and Azure's default may change; use ${bedrock}`,
      ],
    ],
    [
      "with an application profile, whose ARN says nothing",
      "eu-gateway",
      [
        [
          "models: [eu.anthropic.claude-opus-5-5, ",
          "models: [eu.anthropic.claude-opus-5-5, 'arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/a1', ",
        ],
      ],
      [
        "  routes.0.upstreams.0.models.1: the ARN of an application profile does not say what it was copied from; name the profile it was copied from",
      ],
    ],
    [
      "of which none is declared",
      "eu-gateway",
      [[upstreams, "      upstreams: []\n"]],
      [
        `  routes.0.upstreams: undecidable: the gateway declares no upstream: nothing says where it sends a request; list them all, or use ${bedrock}`,
      ],
    ],
    ["that are left out", "eu-gateway", [[upstreams, ""]], ["  routes.0.upstreams: missing"]],
    [
      "of a provider nobody knows",
      "eu-gateway",
      [["provider: vertex\n", "provider: vertx\n"]],
      [
        '  routes.0.upstreams.1.provider: "vertx" is not a choice; use one of bedrock, mantle, vertex, foundry, anthropic; did you mean "vertex"?',
      ],
    ],
    [
      "with one name",
      "eu-gateway",
      [
        ["- name: vertex-eu", "- name: bedrock-frankfurt"],
        ["            vertex-eu: claude-opus-5-5\n", ""],
        ["            vertex-eu: claude-sonnet-5-5\n", ""],
      ],
      ['  routes.0.upstreams.1.name: "bedrock-frankfurt" is listed twice'],
    ],
  ]);
});

describe("a gateway's models", () => {
  refused([
    [
      "served by an upstream nobody declared",
      "eu-gateway",
      [["vertex-eu: claude-sonnet-5-5", "vertex-us: claude-sonnet-5-5"]],
      [
        '  routes.0.models.1.upstreamModels.vertex-us: no upstream "vertex-us" is declared, only bedrock-frankfurt, vertex-eu; undeclared, nothing says where it sends a request',
      ],
    ],
    [
      "that are another model there",
      "eu-gateway",
      [["vertex-eu: claude-sonnet-5-5", "vertex-eu: claude-haiku-5-5"]],
      [
        '  routes.0.models.1.upstreamModels.vertex-eu: "claude-haiku-5-5" is no declared model of vertex-eu: claude-opus-5-5, claude-sonnet-5-5',
      ],
    ],
    [
      "served by nobody",
      "eu-gateway",
      [
        [
          "upstreamModels:\n            bedrock-frankfurt: eu.anthropic.claude-sonnet-5-5\n            vertex-eu: claude-sonnet-5-5\n",
          "upstreamModels: {}\n",
        ],
      ],
      [
        "  routes.0.models.1.upstreamModels: empty; say which upstream serves the model, and as which",
      ],
    ],
    [
      "listed twice",
      "eu-gateway",
      [["- id: claude-sonnet-5-5", "- id: claude-opus-5-5"]],
      ['  routes.0.models.1.id: "claude-opus-5-5" is listed twice'],
    ],
  ]);
});
