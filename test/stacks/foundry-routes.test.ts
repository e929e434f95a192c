import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { parseConfig, valuesFromPulumi } from "../../stacks/config.ts";
import { judgeConfig } from "../../stacks/config-rules.ts";
import type { FoundryRouteConfig } from "../../stacks/config-schema.ts";
import { program } from "../../stacks/geography.ts";
import { deploy, resolved } from "../support/deploy.ts";
import { refusalOf } from "./refusal.ts";
import { asPulumiHandsOver, cloudAnswers, compliance, fileText, today } from "./shipped.ts";

/** One Foundry route as a stack file writes it; everything that has a default is left out. */
const text = `config:
  cowork:organization: { name: example, uuid: 6f1c0b6e-4a5d-4b7e-9c55-0d3f8a1e2b47 }
  cowork:geography: us
  cowork:routes:
    - name: azure
      provider: foundry
      subscriptionId: 0b1f0c2e-7d3a-4e9b-8c6d-2a4f6e8b0c1d
      tenantId: 9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f
      region: eastus2
      models:
        - { model: claude-sonnet-5-5, version: "2", sku: DataZoneStandard, capacity: 25 }
      attestation:
        organizationName: Example Corporation
        countryCode: US
        industry: finance
        attestedBy: counsel@example.com
        attestedOn: 2026-11-20
      network: { kind: create, cidr: 10.42.0.0/24, clientCidrs: [10.12.0.0/14] }
      access: { groupId: 5b1f0c2e-7d3a-4e9b-8c6d-2a4f6e8b0c1d }
      application: { kind: existing, clientId: 0f1e2d3c-4b5a-4968-8776-655443322110 }
      desktop: { kind: interactive }
`;
const values = valuesFromPulumi(asPulumiHandsOver(parse(text).config));

function configured() {
  const parsed = parseConfig(values);
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  const [route] = parsed.config.routes;
  if (route?.provider !== "foundry") throw new Error("no Foundry route");
  return { config: parsed.config, route };
}

const refused = (...changes: [string, string][]) => refusalOf({ stack: "us", text }, changes);

describe("a Foundry route in a stack file", () => {
  it("gets its defaults: zones and application made here, a year of keys and logs, the narrow role", () => {
    expect(configured().route).toMatchObject({
      dns: { kind: "create" },
      access: { role: "claude-caller" },
      desktop: { kind: "interactive", authFlow: "browser" },
      keys: { rotationDays: 365 },
      logs: { retentionDays: 365, sentinel: false },
    });
    const { application: _, ...rest } = parse(text).config["cowork:routes"][0];
    const parsed = parseConfig({ ...values, routes: [rest] });
    expect("config" in parsed && parsed.config.routes[0]).toMatchObject({
      application: { kind: "create" },
    });
  });

  it("exports the route and the date of Azure's catalogue", async () => {
    const { result } = await deploy(() =>
      program(values, { complianceText: fileText("compliance/zones.yaml"), stack: "us", today }),
    );
    const { catalogueDates, routes } = await resolved(result.landingZone);
    expect(catalogueDates).toEqual({ azure: "2026-11-20" });
    expect(routes).toEqual([
      expect.objectContaining({
        name: "azure",
        provider: "foundry",
        region: "eastus2",
        guarantee: "flagged content only",
      }),
    ]);
  });

  it("exports what laptops need to sign in inside the app, by an application the kit registers", async () => {
    const { application: _, ...rest } = parse(text).config["cowork:routes"][0];
    const asked = { ...values, routes: [rest] };
    const complianceText = fileText("compliance/zones.yaml");
    const { result } = await deploy(
      () => program(asked, { complianceText, stack: "us", today }),
      cloudAnswers,
    );
    const { routes } = await resolved(result.landingZone);
    const model = { version: "2", sku: "DataZoneStandard", processedIn: "US" };
    const id = "claude-sonnet-5-5";
    const subscriptionId = "0b1f0c2e-7d3a-4e9b-8c6d-2a4f6e8b0c1d";
    expect(routes).toEqual([
      {
        name: "azure",
        provider: "foundry",
        subscriptionId,
        resourceName: "cowork-example-us-azure-3fc0eab0",
        region: "eastus2",
        models: [{ ...model, id, model: id, label: "Claude Sonnet 5.5" }],
        signIn: {
          tenantId: "9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f",
          clientId: "0f1e2d3c-4b5a-4968-8776-655443322110",
          groupId: "5b1f0c2e-7d3a-4e9b-8c6d-2a4f6e8b0c1d",
          role: "Claude caller example-us-azure",
        },
        desktop: { kind: "interactive", authFlow: "browser" },
        logs: {
          workspaceId: `/subscriptions/${subscriptionId}/resourceGroups/cowork-example-us-azure/providers/Microsoft.OperationalInsights/workspaces/cowork-example-us-azure`,
          retentionDays: 365,
        },
        customerManagedKey: expect.objectContaining({
          covers: ["What the Foundry resource itself stores, at rest in its region."],
        }),
        remainingSteps: expect.arrayContaining([
          expect.stringMatching(/^Give tenant-wide admin consent for user_impersonation/),
        ]),
        guarantee: "flagged content only",
      },
    ]);
  });

  it.each(["organizationName", "countryCode", "industry", "attestedBy", "attestedOn"])(
    "has no default for attestation.%s: leaving it out is refused",
    (field) => {
      const line = new RegExp(`^ +${field}: .*\\n`, "m").exec(text)?.[0] ?? "";
      const [title, problem, ...more] = refused([line, ""]);
      expect(title).toBe("us: invalid configuration");
      expect(problem).toMatch(new RegExp(`^  routes\\.0\\.attestation\\.${field}: `));
      expect(more).toEqual([]);
    },
  );

  it.each([
    {
      when: "a route without any attestation",
      change: [/ {6}attestation:\n( {8}.*\n)+/.exec(text)?.[0] ?? "", ""],
      problem: /^ {2}routes\.0\.attestation: /,
    },
    {
      when: "an API key on the laptop",
      change: ["desktop: { kind: interactive }", "desktop: { kind: api-key }"],
      problem: /^ {2}routes\.0\.desktop\.kind: /,
    },
    {
      when: "a region by its display name",
      change: ["region: eastus2", "region: East US 2"],
      problem: /^ {2}routes\.0\.region: .*an Azure region such as eastus2/,
    },
  ] as { when: string; change: [string, string]; problem: RegExp }[])(
    "refuses $when",
    ({ change, problem }) => {
      const [title, found, ...more] = refused(change);
      expect(title).toBe("us: invalid configuration");
      expect(found).toMatch(problem);
      expect(more).toEqual([]);
    },
  );

  it("asks for quotes around a version", () => {
    expect(refused(['version: "2"', "version: 2"])).toEqual([
      "us: invalid configuration",
      "  routes.0.models.0.version: expected text, got number 2; write it in quotes",
    ]);
  });

  it("names every deployment outside the zone by its place in the file", () => {
    expect(refused(["DataZoneStandard", "GlobalStandard"])).toEqual([
      "us: invalid configuration",
      "  routes.0.models.0: outside: GlobalStandard is processed in any Azure region; use claude-sonnet-5-5 version 2 as DataZoneStandard from eastus2",
    ]);
  });
});

describe("two Foundry routes of one geography", () => {
  function problems(change: Partial<FoundryRouteConfig>, first: Partial<FoundryRouteConfig> = {}) {
    const { config, route } = configured();
    const network = ownNetwork("10.43.0.0/24");
    const routes = [
      { ...route, ...first },
      { ...route, name: "second", network, ...change },
    ];
    return judgeConfig({ ...config, routes }, { compliance: compliance(), stack: "us", today })
      .problems;
  }

  it("share nothing but the zone", () => {
    expect(problems({})).toEqual([]);
  });

  it("cannot have overlapping ranges", () => {
    const network = ownNetwork("10.42.0.0/22");
    expect(problems({ network })).toEqual([
      {
        path: "routes.1.network.cidr",
        reason:
          "10.42.0.0/22 overlaps 10.42.0.0/24 of routes.0; laptops could reach only one of them",
      },
    ]);
  });

  it("cannot have one subdomain", () => {
    const resourceName = "example-claude";
    expect(problems({ resourceName }, { resourceName })).toEqual([
      {
        path: "routes.1.resourceName",
        reason:
          'routes.0 is called "example-claude" already, and a subdomain is unique in all of Azure; choose another',
      },
    ]);
  });

  it("cannot both govern their subscription, but their own groups and different ones", () => {
    const azurePolicy = { scope: "subscription", effect: "deny" } as const;
    const other = "0b1f0c2e-7d3a-4e9b-8c6d-000000000000";
    expect(problems({ azurePolicy }, { azurePolicy })).toEqual([
      {
        path: "routes.1.azurePolicy.scope",
        reason:
          "routes.0 governs subscription 0b1f0c2e-7d3a-4e9b-8c6d-2a4f6e8b0c1d already, and two rules deny what either does; keep it on one route",
      },
    ]);
    expect(problems({ azurePolicy, subscriptionId: other }, { azurePolicy })).toEqual([]);
    const narrow = { ...azurePolicy, scope: "resource-group" } as const;
    expect(problems({ azurePolicy: narrow }, { azurePolicy: narrow })).toEqual([]);
  });
});

function ownNetwork(cidr: string): FoundryRouteConfig["network"] {
  return { kind: "create", cidr, clientCidrs: ["10.12.0.0/14"] };
}
