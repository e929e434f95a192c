import { describe, expect, it } from "vitest";

import { parseConfig, strayKeys, valuesFromPulumi } from "../../stacks/config.ts";
import { shippedConfig } from "./shipped.ts";
import { frankfurt, problems } from "./support/config-problems.ts";

describe("parseConfig", () => {
  it("fills what may be left out with the safe choice", () => {
    expect(shippedConfig("eu").routes[0]).toMatchObject({
      logs: { retentionDays: 365, content: false },
      fips: false,
      discovery: false,
      onlyThroughEndpoint: false,
    });
    expect(shippedConfig("eu").routes[0]).not.toHaveProperty("mantle");
  });

  it.each([
    {
      when: "a misspelt top-level key",
      change: { routs: [] },
      path: "routs",
      reason:
        'unknown key; use one of organization, geography, routes, tokenService, profiles; did you mean "routes"?',
    },
    {
      when: "no routes",
      change: { routes: [] },
      path: "routes",
      reason: "list at least one route",
    },
    { when: "missing routes", change: { routes: undefined }, path: "routes", reason: "missing" },
    {
      when: "a security profile that does not exist",
      change: { profiles: { security: "standrad" } },
      path: "profiles.security",
      reason: '"standrad" is not a choice; use one of standard; did you mean "standard"?',
    },
    {
      when: "telemetry over http",
      change: { profiles: { telemetry: { otlpEndpoint: "http://otel.example.com" } } },
      path: "profiles.telemetry.otlpEndpoint",
      reason: '"http://otel.example.com": Invalid URL',
    },
    {
      when: "a zone that is a number",
      change: { geography: 7 },
      path: "geography",
      reason: "expected a zone id or a custom zone, got number 7",
    },
  ])("refuses $when", ({ change, path, reason }) => {
    expect(problems(change)).toEqual([{ path, reason }]);
  });

  it("looks into a custom zone that is given in full", () => {
    expect(problems({ geography: { id: "Dach", label: "x", countries: ["Germany"] } })).toEqual([
      {
        path: "geography.id",
        reason: '"Dach": lower-case letters, digits and dashes, at most 32',
      },
      {
        path: "geography.countries.0",
        reason: '"Germany": an ISO 3166-1 alpha-2 code such as DE',
      },
    ]);
  });

  it("reads numbers and switches that arrive as text, and an account id that arrives as a number", () => {
    const parsed = parseConfig({
      ...shippedConfig("eu"),
      routes: [
        { ...frankfurt, accountId: 111122223333, fips: "false", logs: { retentionDays: "90" } },
      ],
    });
    expect(parsed).toMatchObject({
      config: {
        routes: [{ accountId: "111122223333", fips: false, logs: { retentionDays: 90 } }],
      },
    });
  });
});

describe("valuesFromPulumi", () => {
  it("keeps the kit's keys, parses JSON text and leaves plain text alone", () => {
    expect(
      valuesFromPulumi({
        "cowork:geography": "eu",
        "cowork:routes": '[{"name":"x"}]',
        "cowork:typo": "1",
        "aws:region": "us-east-1",
      }),
    ).toEqual({ geography: "eu", routes: [{ name: "x" }], typo: "1" });
  });

  it("hands broken JSON on as text, for the schema to name", () => {
    expect(valuesFromPulumi({ "cowork:routes": "[{" })).toEqual({ routes: "[{" });
    expect(problems({ routes: "[{" })).toEqual([
      { path: "routes", reason: 'expected a list, got "[{"' },
    ]);
  });
});

describe("strayKeys", () => {
  it.each([
    { key: "cowrok:routes", name: "routes" },
    { key: "cowork-landing-zone:routes", name: "routes" },
    { key: "routes", name: "routes" },
  ])("refuses $key, which nothing would read", ({ key, name }) => {
    expect(strayKeys([key])).toEqual([
      { path: key, reason: `write "cowork:${name}"; only that namespace is read` },
    ]);
  });

  it("leaves the kit's own and other providers' keys alone", () => {
    expect(strayKeys(["cowork:routes", "aws:region", "pulumi:tags", "confluent:x"])).toEqual([]);
  });
});
