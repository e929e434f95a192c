import { describe, expect, it } from "vitest";

import { type Change, refusalOf } from "./refusal.ts";

const models = "models: [eu.anthropic.claude-opus-5-5, eu.anthropic.claude-sonnet-5-5]";
const network = "cidr: 10.40.0.0/16, clientCidrs: [10.8.0.0/14]";
const asked = "use eu.anthropic.claude-opus-5-5 from eu-central-1";

describe("a bad stack file is refused with every place and its fix:", () => {
  it.each<[string, readonly Change[], readonly string[]]>([
    [
      "London, which AWS puts behind eu. although it is outside the zone",
      [["region: eu-central-1", "region: eu-west-2"]],
      [
        "  routes.0.region: outside: eu-west-2 is in GB, outside zone eu",
        `  routes.0.models.0: outside: the request is sent to eu-west-2: eu-west-2 is in GB, outside zone eu; ${asked}`,
        "  routes.0.models.1: outside: the request is sent to eu-west-2: eu-west-2 is in GB, outside zone eu; use eu.anthropic.claude-sonnet-5-5 from eu-central-1",
      ],
    ],
    [
      "profiles of other places",
      [[models, "models: [global.anthropic.claude-opus-5-5, us.anthropic.claude-opus-5-5]"]],
      [
        `  routes.0.models.0: outside: global.anthropic.claude-opus-5-5 may be processed in any commercial region; ${asked}`,
        `  routes.0.models.1: outside: us.anthropic.claude-opus-5-5 is not known to be callable from eu-central-1, and wherever it is called from it leaves zone eu; ${asked}`,
      ],
    ],
    [
      "models without a profile",
      [[models, "models: [eu.anthropic.claude-nonsense-9, anthropic.claude-opus-5-5]"]],
      [
        "  routes.0.models.0: undecidable: eu.anthropic.claude-nonsense-9 is not in the catalogue of 2026-10-18; use eu.anthropic.claude-sonnet-5-5 from eu-central-1",
        `  routes.0.models.1: undecidable: anthropic.claude-opus-5-5 is a bare model id: Bedrock serves it through profiles only, and clients pick one silently; ${asked}`,
      ],
    ],
    [
      "retired models",
      [
        [
          models,
          "models: [eu.anthropic.claude-3-sonnet-20240229-v1:0, eu.anthropic.claude-3-haiku-20240307-v1:0]",
        ],
      ],
      [
        "  routes.0.models.0: outside: Claude 3 Sonnet (anthropic.claude-3-sonnet-20240229-v1:0) is retired; use eu.anthropic.claude-sonnet-4-5-20250929-v1:0 from eu-central-1",
        "  routes.0.models.1: outside: Claude 3 Haiku (anthropic.claude-3-haiku-20240307-v1:0) is retired since 2026-09-10; use eu.anthropic.claude-haiku-4-5-20251001-v1:0 from eu-central-1",
      ],
    ],
    [
      "blocks that overlap, are too wide or begin in the middle",
      [[network, "cidr: 10.40.0.0/8, clientCidrs: [10.8.0.0/14, 10.9.0.0/16, 0.0.0.0/0]"]],
      [
        '  routes.0.network.cidr: "10.40.0.0/8" has bits set after /8; did you mean 10.0.0.0/8',
        '  routes.0.network.clientCidrs: "10.9.0.0/16" overlaps 10.8.0.0/14; keep the wider one',
        '  routes.0.network.clientCidrs: "0.0.0.0/0" is wider than /8; name the company\'s own blocks',
        '  routes.0.network.clientCidrs: "0.0.0.0/0" overlaps 10.8.0.0/14; keep the wider one',
        '  routes.0.network.clientCidrs: "0.0.0.0/0" overlaps 10.9.0.0/16; keep the wider one',
      ],
    ],
    [
      "no issuer and no audience",
      [["        issuer: https://login.example.com\n        audience: cowork-desktop\n", ""]],
      ["  routes.0.access.issuer: missing", "  routes.0.access.audience: missing"],
    ],
    [
      "empty lists",
      [
        [models, "models: []"],
        ["clientCidrs: [10.8.0.0/14]", "clientCidrs: []"],
      ],
      [
        "  routes.0.models: list at least one model",
        "  routes.0.network.clientCidrs: list at least one range laptops come from",
      ],
    ],
    [
      "misspelt namespaces and values",
      [
        ["cowork:geography: eu", "cowrok:geography: eu\n  geography: eu"],
        ["kind: vpce-name", "kind: vpc-name"],
      ],
      [
        '  cowrok:geography: write "cowork:geography"; only that namespace is read',
        '  geography: write "cowork:geography"; only that namespace is read',
        "  geography: missing",
        '  routes.0.reach.kind: "vpc-name" is not a choice; use one of vpce-name, resolver, routed; did you mean "vpce-name"?',
      ],
    ],
  ])("%s", (_, changes, problems) => {
    expect(refusalOf({ stack: "eu" }, changes)).toEqual(["eu: invalid configuration", ...problems]);
  });
});
