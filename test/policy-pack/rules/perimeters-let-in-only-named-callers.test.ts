import { describe, expect, it } from "vitest";
import { perimetersLetInOnlyNamedCallers as rule } from "../../../policy-pack/rules/perimeters-let-in-only-named-callers.ts";
import { google } from "../../support/google-resources.ts";
import { type Candidate, reportsOf, unknownText } from "../../support/run-rule.ts";

const of = (kind: string, props: Record<string, unknown>) =>
  google(`accesscontextmanager/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`, props);
const perimeter = (config: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  of("ServicePerimeter", { status: config, ...more });
const level = (condition: Record<string, unknown>) =>
  of("AccessLevel", { basic: { conditions: [condition] } });
const claude = google("projects/service:Service", { service: "aiplatform.googleapis.com" });
const people = "principalSet://iam.googleapis.com/locations/global/workforcePools/p/group/g";

const cases: { when: string; candidate: Candidate; says: string[] }[] = [
  {
    when: "a perimeter around Claude with named people from named ranges",
    candidate: perimeter({
      restrictedServices: ["storage.googleapis.com", "aiplatform.googleapis.com"],
      ingressPolicies: [
        {
          ingressFrom: {
            identities: [people],
            sources: [{ accessLevel: "accessPolicies/1/accessLevels/l" }],
          },
        },
        {
          ingressFrom: { identities: ["serviceAccount:ci@p.iam"], sources: [{ accessLevel: "*" }] },
        },
      ],
    }),
    says: [],
  },
  {
    when: "a perimeter that does not guard Claude",
    candidate: perimeter({ restrictedServices: ["storage.googleapis.com"] }),
    says: [
      "blocks: `status.restrictedServices` lacks aiplatform.googleapis.com, which this stack enables",
    ],
  },
  {
    when: "a dry run that would not guard Claude",
    candidate: of("ServicePerimeter", { spec: {}, useExplicitDryRunSpec: true }),
    says: [
      "blocks: `spec.restrictedServices` lacks aiplatform.googleapis.com, which this stack enables",
    ],
  },
  {
    when: "a dry run that would",
    candidate: of("ServicePerimeter", {
      spec: { restrictedServices: ["aiplatform.googleapis.com"] },
      useExplicitDryRunSpec: true,
    }),
    says: [],
  },
  {
    when: "a list of perimeters, one of which guards nothing",
    candidate: of("ServicePerimeters", {
      servicePerimeters: [
        { status: { restrictedServices: ["aiplatform.googleapis.com"] } },
        { status: {} },
      ],
    }),
    says: [
      "blocks: `servicePerimeters.1.status.restrictedServices` lacks aiplatform.googleapis.com, which this stack enables",
    ],
  },
  {
    when: "all of a workforce pool from any access level, and a domain beside one group",
    candidate: of("ServicePerimeterIngressPolicy", {
      ingressFrom: {
        identities: [
          "principalSet://iam.googleapis.com/locations/global/workforcePools/p/*",
          people,
          "domain:example.com",
        ],
        sources: [{ accessLevel: "*" }],
      },
    }),
    says: [
      'blocks: `ingressFrom` lets "principalSet://iam.googleapis.com/locations/global/workforcePools/p/*" in from anywhere, and it is everybody of a workforce pool',
      'blocks: `ingressFrom` lets "domain:example.com" in from anywhere, and it is a whole domain',
    ],
  },
  {
    when: "all of a workforce pool from a named access level",
    candidate: of("ServicePerimeterIngressPolicy", {
      ingressFrom: {
        identities: ["principalSet://iam.googleapis.com/locations/global/workforcePools/p/*"],
        sources: [{ accessLevel: "accessPolicies/1/accessLevels/l" }],
      },
    }),
    says: [],
  },
  ...["ANY_IDENTITY", "any_identity", "ANY_USER_ACCOUNT", "ANY_SERVICE_ACCOUNT"].map(
    (identityType) => ({
      when: `${identityType} from any access level`,
      candidate: of("ServicePerimeterIngressPolicy", {
        ingressFrom: { identityType, sources: [{ accessLevel: "*" }] },
      }),
      says: [`blocks: \`ingressFrom\` lets ${identityType} in from anywhere`],
    }),
  ),
  {
    when: "anybody from any network, in a dry run",
    candidate: of("ServicePerimeterDryRunIngressPolicy", {
      ingressFrom: { identityType: "ANY_IDENTITY", sources: [{ resource: "*" }] },
    }),
    says: ["blocks: `ingressFrom` lets ANY_IDENTITY in from anywhere"],
  },
  {
    when: "anybody with no source named, inside a perimeter",
    candidate: perimeter({
      restrictedServices: ["aiplatform.googleapis.com"],
      ingressPolicies: [{ ingressFrom: { identityType: "ANY_IDENTITY" } }],
    }),
    says: ["blocks: `status.ingressPolicies.0.ingressFrom` lets ANY_IDENTITY in from anywhere"],
  },
  {
    when: "anybody from a named access level",
    candidate: of("ServicePerimeterIngressPolicy", {
      ingressFrom: {
        identityType: "ANY_IDENTITY",
        sources: [{ accessLevel: "accessPolicies/1/accessLevels/l" }],
      },
    }),
    says: [],
  },
  {
    when: "a rule that names nobody",
    candidate: of("ServicePerimeterIngressPolicy", {}),
    says: [],
  },
  {
    when: "calls of Claude out to any project",
    candidate: of("ServicePerimeterEgressPolicy", {
      egressTo: { resources: ["*"], operations: [{ serviceName: "aiplatform.googleapis.com" }] },
    }),
    says: ["blocks: `egressTo` lets calls of Claude out to any project"],
  },
  {
    when: "every service out to any project",
    candidate: perimeter({
      restrictedServices: ["aiplatform.googleapis.com"],
      egressPolicies: [{ egressTo: { resources: ["*"], operations: [{ serviceName: "*" }] } }],
    }),
    says: ["blocks: `status.egressPolicies.0.egressTo` lets calls of Claude out to any project"],
  },
  {
    when: "a rule out to any project that names no service",
    candidate: of("ServicePerimeterDryRunEgressPolicy", { egressTo: { resources: ["*"] } }),
    says: ["blocks: `egressTo` lets calls of Claude out to any project"],
  },
  {
    when: "another service out to any project",
    candidate: of("ServicePerimeterEgressPolicy", {
      egressTo: { resources: ["*"], operations: [{ serviceName: "storage.googleapis.com" }] },
    }),
    says: [],
  },
  {
    when: "calls of Claude out to a named project",
    candidate: of("ServicePerimeterEgressPolicy", {
      egressTo: { resources: ["projects/1"], operations: [{ serviceName: "*" }] },
    }),
    says: [],
  },
  {
    when: "a level of the company's ranges",
    candidate: level({
      ipSubnetworks: ["198.51.100.0/24", "203.0.113.7", "2001:db8::/32", "17.0.0.0/8"],
    }),
    says: [],
  },
  {
    when: "a level of the whole internet",
    candidate: level({ ipSubnetworks: ["198.51.100.0/24", "0.0.0.0/0"] }),
    says: [
      "blocks: `basic.conditions.0.ipSubnetworks` admits 0.0.0.0/0, wider than anybody's own network",
    ],
  },
  {
    when: "a level of the whole internet in two halves",
    candidate: of("AccessLevelCondition", { ipSubnetworks: ["0.0.0.0/1", "128.0.0.0/1"] }),
    says: [
      "blocks: `ipSubnetworks` admits 0.0.0.0/1, wider than anybody's own network",
      "blocks: `ipSubnetworks` admits 128.0.0.0/1, wider than anybody's own network",
    ],
  },
  {
    when: "a level of all of IPv6, in a list",
    candidate: of("AccessLevels", {
      accessLevels: [{ basic: { conditions: [{ ipSubnetworks: ["::/0"] }] } }],
    }),
    says: [
      "blocks: `accessLevels.0.basic.conditions.0.ipSubnetworks` admits ::/0, wider than anybody's own network",
    ],
  },
  {
    when: "a level of every address but a few",
    candidate: level({ ipSubnetworks: ["198.51.100.0/24"], negate: true }),
    says: [
      "blocks: `basic.conditions.0.ipSubnetworks` is negated: it admits every address but those",
    ],
  },
  {
    when: "a level of whole countries",
    candidate: level({ regions: ["DE", "FR"] }),
    says: ["blocks: `basic.conditions.0.regions` alone admits whole countries: DE, FR"],
  },
  {
    when: "a level of the company's ranges in one country",
    candidate: level({ regions: ["DE"], ipSubnetworks: ["203.0.113.0/24"] }),
    says: [],
  },
  {
    when: "a level of the company's devices in one country",
    candidate: level({ regions: ["DE"], devicePolicy: { requireCorpOwned: true } }),
    says: [],
  },
  {
    when: "a level written as an expression",
    candidate: of("AccessLevel", { custom: { expr: { expression: "true" } } }),
    says: [
      "blocks: undecidable: `custom` is an expression, which no rule reads; use `basic` conditions",
    ],
  },
];

describe("perimeters-let-in-only-named-callers", () => {
  describe.each(["preview", "up"] as const)("at %s", (phase) => {
    it.each(cases)("judges $when", async ({ candidate, says }) => {
      expect(await reportsOf(rule, candidate, { phase, others: [claude] })).toEqual(says);
    });

    it("lets a perimeter alone that guards other things, where Claude is not enabled", async () => {
      const candidate = perimeter({ restrictedServices: ["storage.googleapis.com"] });
      const others = [google("projects/service:Service", { service: "storage.googleapis.com" })];
      expect(await reportsOf(rule, candidate, { phase, others })).toEqual([]);
    });
  });

  it("says what is not known yet, beside what is known and wrong", async () => {
    const candidate = perimeter({
      restrictedServices: unknownText,
      resources: [unknownText],
      ingressPolicies: [
        { ingressFrom: unknownText },
        { ingressFrom: { identityType: "ANY_IDENTITY", identities: [unknownText, "allUsers"] } },
        { ingressFrom: { identities: [people], sources: [{ accessLevel: unknownText }] } },
      ],
    });
    expect(await reportsOf(rule, candidate, { others: [claude] })).toEqual([
      "advises: not proven, decided at up: `status.restrictedServices` is not known yet",
      "advises: not proven, decided at up: `status.ingressPolicies.0.ingressFrom` is not known yet",
      "blocks: `status.ingressPolicies.1.ingressFrom` lets ANY_IDENTITY in from anywhere",
      "advises: not proven, decided at up: `status.ingressPolicies.1.ingressFrom.identities.0` is not known yet",
      'blocks: `status.ingressPolicies.1.ingressFrom` lets "allUsers" in from anywhere, and it is everybody on the internet',
    ]);
  });

  it("refuses at up what is still not known", async () => {
    const candidate = of("AccessLevelCondition", { ipSubnetworks: [unknownText] });
    expect(await reportsOf(rule, candidate)).toEqual([
      "advises: not proven, decided at up: `ipSubnetworks.0` is not known yet",
    ]);
    expect(await reportsOf(rule, candidate, { phase: "up" })).toEqual([
      "blocks: undecidable: `ipSubnetworks.0` is not known yet",
    ]);
  });
});
