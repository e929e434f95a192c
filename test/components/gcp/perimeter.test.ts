import { describe, expect, it } from "vitest";

import { Perimeter, type PerimeterArgs } from "../../../components/gcp/perimeter.ts";
import type { VertexRouteSettings } from "../../../components/gcp/vertex-route.ts";
import { deploy, refusal } from "../../support/deploy.ts";
import { inventoryOf, only } from "../../support/inventory.ts";
import { existing, logBucketName, privately, vertexArgs } from "./private-path-args.ts";

const settings = {
  accessPolicyId: "987654321098",
  mode: "dry-run",
  ingressCidrs: ["203.0.113.0/24"],
} as const;
const people =
  "principalSet://iam.googleapis.com/locations/global/workforcePools/cowork-eu/group/claude-users";
const level = "accessPolicies/987654321098/accessLevels/cowork_example_eu_claude";

const build = (
  changes: Partial<VertexRouteSettings> = {},
  extra: Partial<Pick<PerimeterArgs, "caller" | "deployer" | "logBucketName">> = {},
) => {
  const perimeter = changes.perimeter ?? settings;
  const args = vertexArgs({ perimeter, ...changes });
  return deploy(
    () =>
      new Perimeter("eu-claude", {
        ...args,
        perimeter,
        projectNumber: "111122223333",
        caller: people,
        ...extra,
      }),
  );
};
type Deployed = Awaited<ReturnType<typeof build>>;
const perimeterOf = ({ resources }: Deployed) =>
  only(resources, "gcp:accesscontextmanager/servicePerimeter:ServicePerimeter");
const toClaude = {
  resources: ["projects/111122223333"],
  operations: [{ serviceName: "aiplatform.googleapis.com", methodSelectors: [{ method: "*" }] }],
};

describe("Perimeter", () => {
  it("creates exactly a perimeter and the level of the company's ranges", async () => {
    const deployed = await build();

    expect(inventoryOf(deployed.resources).counts).toEqual({
      "cowork:gcp:Perimeter": 1,
      "gcp:accesscontextmanager/accessLevel:AccessLevel": 1,
      "gcp:accesscontextmanager/servicePerimeter:ServicePerimeter": 1,
    });
    expect(deployed.result.perimeterName).toBe(
      "accessPolicies/987654321098/servicePerimeters/cowork_example_eu_claude",
    );
    expect(deployed.result.mode).toBe("dry-run");
    expect(deployed.result.remainingSteps).toEqual([
      "The perimeter only reports: read what it would refuse, then set its mode to enforced (docs/runbook-vertex.md).",
    ]);
  });

  it("only reports in a dry run: nothing is enforced", async () => {
    const made = perimeterOf(await build());

    expect(made).toEqual({
      parent: "accessPolicies/987654321098",
      name: "accessPolicies/987654321098/servicePerimeters/cowork_example_eu_claude",
      title: "cowork_example_eu_claude",
      description: "Claude on Google",
      perimeterType: "PERIMETER_TYPE_REGULAR",
      useExplicitDryRunSpec: true,
      spec: {
        resources: ["projects/111122223333"],
        restrictedServices: ["aiplatform.googleapis.com"],
        ingressPolicies: [
          {
            title: "People, from the company's ranges",
            ingressFrom: { identities: [people], sources: [{ accessLevel: level }] },
            ingressTo: toClaude,
          },
        ],
      },
    });
  });

  it("refuses the same when it is enforced", async () => {
    const { spec } = perimeterOf(await build());
    const deployed = await build({ perimeter: { ...settings, mode: "enforced" } });
    const enforced = perimeterOf(deployed);

    expect(enforced.status).toEqual(spec);
    expect(enforced).not.toHaveProperty("spec");
    expect(enforced).not.toHaveProperty("useExplicitDryRunSpec");
    expect(deployed.result.remainingSteps).toEqual([
      "Call Claude from outside the perimeter once and see it refused (docs/runbook-vertex.md).",
    ]);
  });

  it("puts ranges into the access level and people into the rule: a level knows no federated people", async () => {
    const { resources } = await build();

    expect(only(resources, "gcp:accesscontextmanager/accessLevel:AccessLevel")).toEqual({
      parent: "accessPolicies/987654321098",
      name: level,
      title: "cowork_example_eu_claude",
      description: "Public ranges people come from",
      basic: { conditions: [{ ipSubnetworks: ["203.0.113.0/24"] }] },
    });
  });

  it("names a Google group as the grant does", async () => {
    const { spec } = perimeterOf(await build({}, { caller: "group:claude-users@example.com" }));
    expect(spec).toMatchObject({
      ingressPolicies: [{ ingressFrom: { identities: ["group:claude-users@example.com"] } }],
    });
  });

  it("needs no rule where the private path is the only way: its network is inside", async () => {
    const deployed = await build({ perimeter: { ...settings, ingressCidrs: [] } });

    expect(deployed.resources.filter((r) => r.type.includes("accessLevel"))).toEqual([]);
    expect(perimeterOf(deployed).spec).toEqual({
      resources: ["projects/111122223333"],
      restrictedServices: ["aiplatform.googleapis.com"],
    });
  });

  it("lets people in from a network of another project, and adds nothing for one of its own", async () => {
    const perimeter = { ...settings, ingressCidrs: [] };
    expect(perimeterOf(await build({ perimeter, ...privately(existing) })).spec).toMatchObject({
      ingressPolicies: [
        {
          title: "People, from the company's network",
          ingressFrom: {
            identities: [people],
            sources: [
              {
                resource: "//compute.googleapis.com/projects/example-hub/global/networks/hub",
              },
            ],
          },
          ingressTo: toClaude,
        },
      ],
    });
    const own = { ...existing, network: "projects/example-claude-eu/global/networks/hub" };
    expect(perimeterOf(await build({ perimeter, ...privately(own) })).spec).not.toHaveProperty(
      "ingressPolicies",
    );
  });

  it("guards the stores only when the deployer is known, and lets the deployer in", async () => {
    const deployer = "serviceAccount:deployer@example-claude-eu.iam.gserviceaccount.com";
    const services = [
      "aiplatform.googleapis.com",
      "bigquery.googleapis.com",
      "logging.googleapis.com",
      "storage.googleapis.com",
    ];
    const { spec } = perimeterOf(
      await build({ perimeter: { ...settings, ingressCidrs: [] } }, { deployer }),
    );
    expect(spec).toEqual({
      resources: ["projects/111122223333"],
      restrictedServices: services,
      ingressPolicies: [
        {
          title: "The deployer, from anywhere",
          ingressFrom: { identities: [deployer], sources: [{ accessLevel: "*" }] },
          ingressTo: {
            resources: ["projects/111122223333"],
            operations: services.map((serviceName) => ({
              serviceName,
              methodSelectors: [{ method: "*" }],
            })),
          },
        },
      ],
    });
  });

  it("lets people with a grant to the stores in from the company's ranges, and not to Claude", async () => {
    const deployer = "serviceAccount:deployer@example-claude-eu.iam.gserviceaccount.com";
    const { spec } = perimeterOf(await build({}, { deployer }));
    expect((spec as { ingressPolicies: unknown[] }).ingressPolicies[2]).toEqual({
      title: "Holders of grants to the stores, from the company's ranges",
      ingressFrom: { identityType: "ANY_IDENTITY", sources: [{ accessLevel: level }] },
      ingressTo: {
        resources: ["projects/111122223333"],
        operations: ["bigquery", "logging", "storage"].map((name) => ({
          serviceName: `${name}.googleapis.com`,
          methodSelectors: [{ method: "*" }],
        })),
      },
    });
  });

  it("keeps entries about refusals in the region when it is told where", async () => {
    const { resources } = await build({}, { logBucketName });
    const filter = 'log_id("cloudaudit.googleapis.com/policy")';
    expect(only(resources, "gcp:logging/projectSink:ProjectSink")).toMatchObject({
      project: "example-claude-eu",
      name: "cowork_example_eu_claude_refusals",
      destination: `logging.googleapis.com/${logBucketName}`,
      filter,
    });
    expect(only(resources, "gcp:logging/projectExclusion:ProjectExclusion")).toMatchObject({
      project: "example-claude-eu",
      filter,
    });
  });

  it("never opens a way out", async () => {
    const { spec } = perimeterOf(await build());
    expect(spec).not.toHaveProperty("egressPolicies");
  });

  it("lets networks of a created project use guarded APIs only, and leaves an adopted one alone", async () => {
    const project = {
      kind: "create",
      projectId: "example-claude-eu",
      billingAccount: "012345-6789AB-CDEF01",
    } as const;
    expect(perimeterOf(await build({ project })).spec).toMatchObject({
      vpcAccessibleServices: { enableRestriction: true, allowedServices: ["RESTRICTED-SERVICES"] },
    });
    expect(perimeterOf(await build()).spec).not.toHaveProperty("vpcAccessibleServices");
  });

  it("keeps names within 50 letters, digits and underscores, and two long ones apart", async () => {
    const nameOf = async (name: string) => {
      const { result } = await build({ name });
      return result.perimeterName.replace(/^.*\//, "");
    };
    const one = await nameOf("a-route-of-a-name-that-is-far-longer-than-most-one");
    const two = await nameOf("a-route-of-a-name-that-is-far-longer-than-most-two");
    expect(one).toMatch(/^[a-z]\w{0,49}$/);
    expect(two).not.toBe(one);
  });

  it("refuses bad settings before anything exists, all at once", async () => {
    const perimeter = { ...settings, accessPolicyId: "policy", ingressCidrs: ["10.0.0.0/8"] };
    expect(await refusal(build({ perimeter }, { caller: "allAuthenticatedUsers" }))).toBe(
      [
        "eu-claude: invalid arguments",
        '  perimeter.accessPolicyId: "policy" is not the number of an access policy; see gcloud access-context-manager policies list',
        '  perimeter.ingressCidrs.0: "10.0.0.0/8" is not public: Google sees the company\'s public address there; people on the private path need no range',
        '  caller: "allAuthenticatedUsers" is everybody with any Google account; name one service account or one group',
      ].join("\n"),
    );
  });
});
