import { describe, expect, it } from "vitest";

import { checkFoundryResource } from "../../../components/azure/foundry-resource-checks.ts";
import type { FoundryResourceArgs } from "../../../components/azure/foundry-route.ts";
import { args, attestation, eu, route, us } from "./support.ts";

const check = (change: object, around: Partial<FoundryResourceArgs> = {}) =>
  checkFoundryResource({ ...args, ...around, route: { ...route, ...change } });
const one = (path: string, reason: string) => [{ path, reason }];
const sonnet = { model: "claude-sonnet-5-5", version: "2", sku: "DataZoneStandard", capacity: 25 };
const anywhere = { ...us, id: "pilot", accepts: ["azure-anywhere"] as const };

describe("checkFoundryResource", () => {
  it.each([
    { when: "the least route", change: {} },
    {
      when: "two deployments under names of their own",
      change: { models: [sonnet, { ...sonnet, name: "claude-second" }] },
    },
    { when: "a helper on the laptop", change: { desktop: helper() } },
    { when: "an application made here", change: { application: { kind: "create" } } },
    { when: "ids in capitals", change: { tenantId: route.tenantId.toUpperCase() } },
  ])("accepts $when", ({ change }) => {
    expect(check(change)).toEqual([]);
  });

  it.each([
    {
      when: "version 1, which Anthropic hosts",
      model: { ...sonnet, version: "1" },
      reason:
        "outside: version 1 of claude-sonnet-5-5 is hosted by Anthropic, and may be processed outside Azure and outside any region; use claude-sonnet-5-5 version 2 as DataZoneStandard from eastus2",
    },
    {
      when: "a dated version nobody listed",
      model: { ...sonnet, version: "20260814" },
      reason:
        "undecidable: version 20260814 of claude-sonnet-5-5 is not listed: only 2, 1; use claude-sonnet-5-5 version 2 as DataZoneStandard from eastus2",
    },
    {
      when: "the latest version",
      model: { ...sonnet, version: "latest" },
      reason:
        "undecidable: claude-sonnet-5-5 without a pinned version: the version decides who hosts, and Azure's default may change; use claude-sonnet-5-5 version 2 as DataZoneStandard from eastus2",
    },
    {
      when: "GlobalStandard",
      model: { ...sonnet, sku: "GlobalStandard" },
      reason:
        "outside: GlobalStandard is processed in any Azure region; use claude-sonnet-5-5 version 2 as DataZoneStandard from eastus2",
    },
    {
      when: "an unknown model",
      model: { ...sonnet, model: "claude-poem-9", name: "claude-poem" },
      reason:
        "undecidable: claude-poem-9 is not in the catalogue of 2026-11-20; use provider bedrock: us.anthropic.claude-opus-5-5 from us-east-1",
    },
  ])("refuses $when in us", ({ model, reason }) => {
    expect(check({ models: [sonnet, { name: "claude-b", ...model }] })).toEqual(
      one("models.1", reason),
    );
  });

  it("refuses Foundry in the EU, whatever the region of the resource, with what can be used instead", () => {
    const alternative = "use provider bedrock: eu.anthropic.claude-opus-5-5 from eu-central-1";
    expect(check({ region: "swedencentral" }, { zone: eu })).toEqual(
      one("models.0", `outside: Claude's only data zone is US, outside zone eu; ${alternative}`),
    );
    expect(check({ models: [sonnet, sonnet].map(named) }, { zone: eu })).toEqual(
      one(
        "region",
        `outside: data would rest in eastus2: eastus2 is in US, outside zone eu; ${alternative}`,
      ),
    );
  });

  it("refuses a region where Claude is not offered, or not surely", () => {
    expect(check({ region: "westus2" })[0]?.reason).toMatch(
      /^undecidable: Claude is not offered in westus2: only centralus, eastus, eastus2, /,
    );
    expect(check({ region: "westus3" })[0]?.reason).toMatch(
      /^undecidable: that westus3 has the data zone rests on weak evidence; accept foundry:westus3 /,
    );
    expect(check({ region: "eastus9" })[0]).toEqual({
      path: "region",
      reason: expect.stringMatching(
        /^undecidable: data would rest in eastus9: no dated source says where the Azure region "eastus9" is/,
      ),
    });
  });

  it("accepts GlobalStandard only where compliance accepts any Azure region, and never version 1", () => {
    const global = { ...sonnet, sku: "GlobalStandard" };
    expect(check({ models: [global] }, { zone: anywhere })).toEqual([]);
    // Such a zone asks for Azure, not for a place.
    const elsewhere = { region: "swedencentral", models: [global] };
    expect(check(elsewhere, { zone: anywhere })).toEqual([]);
    expect(check(elsewhere)[0]?.path).toBe("region");
    const [problem] = check({ models: [{ ...global, version: "1" }] }, { zone: anywhere });
    expect(problem?.reason).toMatch(
      /^outside: version 1 of claude-sonnet-5-5 is hosted by Anthropic/,
    );
  });

  it.each([
    {
      field: "organizationName",
      value: "",
      reason: "empty; name the legal entity that becomes Anthropic's customer",
    },
    {
      field: "countryCode",
      value: "us",
      reason: '"us" is no country of two capital letters, ISO 3166-1 alpha-2',
    },
    {
      field: "industry",
      value: "Finance",
      reason:
        '"Finance"; Azure takes lower-case words such as finance, technology or manufacturing',
    },
    { field: "attestedBy", value: " ", reason: "empty; name who accepted the terms" },
    {
      field: "attestedOn",
      value: "yesterday",
      reason: '"yesterday" is not a date such as 2026-11-20',
    },
    {
      field: "attestedOn",
      value: "2026-11-22",
      reason: "2026-11-22 is later than today, 2026-11-21",
    },
  ])("refuses an attestation whose $field is $value", ({ field, value, reason }) => {
    expect(check({ attestation: { ...attestation, [field]: value } })).toEqual(
      one(`attestation.${field}`, reason),
    );
  });

  it.each([
    {
      when: "no deployment",
      change: { models: [] },
      found: one("models", "empty; name at least one"),
    },
    {
      when: "two deployments of one name",
      change: { models: [sonnet, sonnet] },
      found: one("models.1.name", '"claude-sonnet-5-5" is the name of models.0 already'),
    },
    {
      when: "a deployment whose name would end the ARM expression around it",
      change: { models: [{ ...sonnet, name: "claude')" }] },
      found: one(
        "models.0.name",
        "\"claude')\" (8 characters); a deployment's name has 2 to 64 letters, digits, dots, hyphens and underscores",
      ),
    },
    {
      when: "a deployment a gateway would take for another maker's",
      change: { models: [{ ...sonnet, name: "sonnet" }] },
      found: one("models.0.name", '"sonnet"; begin it with claude'),
    },
    {
      when: "no capacity",
      change: { models: [{ ...sonnet, capacity: 0 }] },
      found: one("models.0.capacity", "0; need a whole number of thousands of tokens a minute"),
    },
    {
      when: "a subscription by name",
      change: { subscriptionId: "Production" },
      found: one("subscriptionId", '"Production" is no GUID'),
    },
    {
      when: "every tenant",
      change: { tenantId: "common" },
      found: one("tenantId", '"common" is no GUID'),
    },
    {
      when: "an application by name",
      change: { application: { kind: "existing", clientId: "Claude" } },
      found: one("application.clientId", '"Claude" is no GUID'),
    },
    {
      when: "consent given tomorrow",
      change: {
        application: {
          kind: "create",
          adminConsent: { acceptedBy: "identity@example.com", acceptedOn: "2026-11-22" },
        },
      },
      found: one(
        "application.adminConsent.acceptedOn",
        "2026-11-22 is later than today, 2026-11-21",
      ),
    },
    {
      when: "a key that never rotates",
      change: { keys: { rotationDays: 0 } },
      found: one("keys.rotationDays", "0 days; need a whole number from 28 to 730"),
    },
    {
      when: "logs for ten years",
      change: { logs: { retentionDays: 3650, sentinel: false } },
      found: one("logs.retentionDays", "3650 days; need a whole number from 30 to 730"),
    },
  ])("refuses $when", ({ change, found }) => {
    expect(check(change)).toEqual(found);
  });

  it("reports what is wrong in every part at once, under the names of the stack file", () => {
    const found = check(
      {
        subscriptionId: "x",
        resourceName: "-",
        models: [{ ...sonnet, version: "1", capacity: 0.5 }],
        attestation: { ...attestation, industry: "" },
        network: { kind: "create", cidr: "10.42.0.0/8", clientCidrs: [] },
        dns: { kind: "existing", zoneIds: [] },
        access: { groupId: "all", role: "claude-caller" },
        keys: { rotationDays: 1 },
        logs: { retentionDays: 1, sentinel: false },
        deployer: { issuer: "http://example.com", subject: "*" },
      },
      { organization: "Example" },
    );
    expect(new Set(found.map(({ path }) => path))).toEqual(
      new Set([
        "label",
        "resourceName",
        "subscriptionId",
        "models.0",
        "models.0.capacity",
        "attestation.industry",
        "network.cidr",
        "network.clientCidrs",
        "dns.zoneIds",
        "access.groupId",
        "keys.rotationDays",
        "logs.retentionDays",
        "deployer.issuer",
        "deployer.subject",
      ]),
    );
  });
});

function helper() {
  return {
    kind: "helper-script",
    path: "/opt/cowork/token",
    windowsPath: "C:\\Cowork\\token.exe",
    ttlSeconds: 1800,
  };
}

function named<T extends object>(deployment: T, position: number) {
  return { ...deployment, name: `claude-${position}x` };
}
