import { describe, expect, it } from "vitest";

import { DeployerAccess, grantLimit } from "../../../../components/gcp/iam/deployer.ts";
import {
  deployerPermissions,
  deployerSteps,
} from "../../../../components/gcp/iam/deployer-permissions.ts";
import { deployerTrust } from "../../../../components/gcp/iam/deployer-trust.ts";
import { deploy, refusal, resolved } from "../../../support/deploy.ts";
import { only } from "../../../support/inventory.ts";
import { entra, route } from "../support.ts";

const github = { kind: "github", repositoryId: "12345", repositoryOwnerId: "678" } as const;
const args = {
  projectId: "example-claude-eu",
  projectNumber: "210987654321",
  settings: { ...github, ref: "refs/heads/main", environment: "eu" },
  permissions: ["resourcemanager.projects.get"],
  grantableRoles: ["projects/example-claude-eu/roles/coworkClaudeCaller"],
} as const;

describe("DeployerAccess", () => {
  it("lets the one repository act as the account, and nobody else", async () => {
    const { resources } = await deploy(() => new DeployerAccess("d", args));

    expect(only(resources, "gcp:serviceaccount/iAMMember:IAMMember")).toEqual({
      serviceAccountId:
        "projects/example-claude-eu/serviceAccounts/cowork-deployer@example-claude-eu.iam.gserviceaccount.com",
      role: "roles/iam.workloadIdentityUser",
      member:
        "principalSet://iam.googleapis.com/projects/210987654321/locations/global/workloadIdentityPools/cowork-deployer/attribute.repository_id/12345",
    });
    expect(only(resources, "gcp:iam/workloadIdentityPool:WorkloadIdentityPool")).toEqual({
      project: "example-claude-eu",
      workloadIdentityPoolId: "cowork-deployer",
      displayName: "Landing zone deployer",
      description: "The CI that deploys this landing zone.",
    });
    expect(
      only(resources, "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider"),
    ).toEqual({
      project: "example-claude-eu",
      workloadIdentityPoolId: "cowork-deployer",
      workloadIdentityPoolProviderId: "github",
      displayName: "Landing zone deployer",
      attributeMapping: {
        "google.subject": "assertion.sub",
        "attribute.repository_id": "assertion.repository_id",
        "attribute.repository_owner_id": "assertion.repository_owner_id",
        "attribute.ref": "assertion.ref",
        "attribute.environment": "assertion.environment",
      },
      attributeCondition:
        "assertion.repository_id == '12345' && assertion.repository_owner_id == '678' && assertion.ref == 'refs/heads/main' && assertion.environment == 'eu'",
      oidc: { issuerUri: "https://token.actions.githubusercontent.com" },
    });
  });

  it("has one custom role, may grant the caller role alone, and no key exists", async () => {
    const { resources } = await deploy(() => new DeployerAccess("d", args));

    expect(resources.map(({ type }) => type)).toEqual([
      "cowork:gcp:DeployerAccess",
      "gcp:iam/workloadIdentityPool:WorkloadIdentityPool",
      "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
      "gcp:projects/iAMCustomRole:IAMCustomRole",
      "gcp:projects/iAMMember:IAMMember",
      "gcp:serviceaccount/account:Account",
      "gcp:serviceaccount/iAMMember:IAMMember",
    ]);
    expect(only(resources, "gcp:projects/iAMMember:IAMMember")).toEqual({
      project: "example-claude-eu",
      role: "projects/example-claude-eu/roles/coworkDeployer",
      member: "serviceAccount:cowork-deployer@example-claude-eu.iam.gserviceaccount.com",
      condition: {
        title: "grants only the caller role",
        description: "Requests that change no grant have an empty list and pass.",
        expression:
          "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['projects/example-claude-eu/roles/coworkClaudeCaller'])",
      },
    });
    expect(only(resources, "gcp:projects/iAMCustomRole:IAMCustomRole")).toMatchObject({
      roleId: "coworkDeployer",
      permissions: ["resourcemanager.projects.get"],
    });
  });

  it("says what CI is configured with", async () => {
    const { result } = await deploy(() => new DeployerAccess("d", args));
    expect(result.serviceAccountEmail).toBe(
      "cowork-deployer@example-claude-eu.iam.gserviceaccount.com",
    );
    expect(await resolved(result.providerName)).toBe(
      "projects/210987654321/locations/global/workloadIdentityPools/cowork-deployer/providers/github",
    );
  });

  it("creates nothing when a repository is named instead of numbered", async () => {
    const settings = { ...github, repositoryId: "example-corp/landing-zone" };
    expect(await refusal(deploy(() => new DeployerAccess("d", { ...args, settings })))).toBe(
      [
        "d: invalid arguments",
        '  settings.repositoryId: "example-corp/landing-zone" is not a number; give GitHub\'s repository id, as a name can change hands',
      ].join("\n"),
    );
  });

  it("grants no role at all when none may be granted", () => {
    expect(grantLimit([])).toBe(
      "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly([])",
    );
  });
});

describe("which tokens are the deployer's", () => {
  it("at GitHub: those of the repository and its owner, by id", () => {
    expect(deployerTrust(github).condition).toBe(
      "assertion.repository_id == '12345' && assertion.repository_owner_id == '678'",
    );
  });

  it("at GitLab: those of the project and its namespace, of one full ref", () => {
    expect(
      deployerTrust({ kind: "gitlab", projectId: "9", namespaceId: "8", ref: "refs/heads/main" }),
    ).toEqual({
      issuer: "https://gitlab.com",
      mapping: {
        "google.subject": "assertion.sub",
        "attribute.project_id": "assertion.project_id",
        "attribute.namespace_id": "assertion.namespace_id",
        "attribute.ref_path": "assertion.ref_path",
      },
      condition:
        "assertion.project_id == '9' && assertion.namespace_id == '8' && assertion.ref_path == 'refs/heads/main'",
      member: { scheme: "principalSet", tail: "attribute.project_id/9" },
    });
    expect(
      deployerTrust({
        kind: "gitlab",
        projectId: "9",
        namespaceId: "8",
        issuer: "https://git.example.com",
      }).issuer,
    ).toBe("https://git.example.com");
  });

  it("at Azure DevOps: those of one service connection of one organization", () => {
    expect(
      deployerTrust({
        kind: "azure-devops",
        organizationId: "11111111-2222-3333-4444-555555555555",
        serviceConnection: "sc://example/zone/it's",
      }),
    ).toEqual({
      issuer: "https://vstoken.dev.azure.com/11111111-2222-3333-4444-555555555555",
      audiences: ["api://AzureADTokenExchange"],
      mapping: { "google.subject": "assertion.sub" },
      condition: "assertion.sub == 'sc://example/zone/it\\'s'",
      member: { scheme: "principal", tail: "subject/sc://example/zone/it's" },
    });
  });
});

describe("what the deployer may do", () => {
  const full = deployerPermissions({
    ...route,
    logs: { ...route.logs, content: { datasetId: "claude" } },
    reach: {
      kind: "private",
      network: { kind: "create", cidr: "10.50.0.0/24", clientCidrs: [] },
      pinBaseUrl: false,
    },
  });

  it("grows with the parts of a route, and lists nothing twice", () => {
    expect(deployerPermissions(route)).toHaveLength(29);
    expect(full).toHaveLength(89);
    expect(new Set(full).size).toBe(full.length);
    expect(full).toEqual(full.toSorted());
  });

  it("does not make keys or networks where they exist", () => {
    const found = deployerPermissions({
      ...route,
      keys: { kind: "existing", logs: "projects/p/locations/l/keyRings/r/cryptoKeys/k" },
      reach: {
        kind: "private",
        network: {
          kind: "existing",
          network: "projects/p/global/networks/n",
          subnetwork: "projects/p/regions/r/subnetworks/s",
          clientCidrs: [],
        },
        pinBaseUrl: false,
      },
    });
    expect(
      found.filter((one) => /^(cloudkms|compute\.(networks|subnetworks|firewalls))/.test(one)),
    ).toEqual([
      "cloudkms.cryptoKeys.get",
      "cloudkms.cryptoKeys.getIamPolicy",
      "cloudkms.cryptoKeys.setIamPolicy",
      "compute.networks.get",
      "compute.networks.use",
      "compute.subnetworks.get",
      "compute.subnetworks.use",
    ]);
  });

  it.each([
    {
      what: "change identities, roles or federation",
      pattern:
        /^iam\..*\.(create|update|delete|set|undelete|actAs|sign|getAccessToken|getOpenIdToken)/i,
    },
    { what: "call Claude or switch its sharing", pattern: /^aiplatform\./ },
    {
      what: "read logs or tables, or let itself in",
      pattern:
        /^(logging\.(logEntries|privateLogEntries|views)|bigquery\.(tables|jobs|datasets\.(create|update|setIamPolicy)))/,
    },
    { what: "use or destroy a key", pattern: /^cloudkms\..*(use|destroy|import)/i },
    {
      what: "delete what holds data",
      pattern: /^(logging|bigquery|cloudkms|resourcemanager)\..*\.(delete|undelete)$/,
    },
    { what: "do anything by a pattern", pattern: /\*/ },
  ])("cannot $what", ({ pattern }) => {
    expect(full.filter((permission) => pattern.test(permission))).toEqual([]);
  });

  it("leaves to a person what no project's role can hold", () => {
    expect(deployerSteps(route)).toEqual([
      "The deployer cannot change roles, service accounts or its own federation: apply such a change as a person.",
    ]);
    expect(
      deployerSteps({
        access: entra,
        logs: { ...route.logs, content: { datasetId: "claude" } },
        perimeter: { accessPolicyId: "123456", mode: "dry-run", ingressCidrs: [] },
        organizationPolicies: { scope: "project", mode: "dry-run" },
        modelAccess: { legal: { acceptedBy: "Jo", acceptedOn: "2026-11-20" } },
      }),
    ).toEqual([
      "The deployer cannot change roles, service accounts or its own federation: apply such a change as a person.",
      "The deployer cannot change the workforce pool: apply such a change as a person.",
      "The deployer cannot make or change the dataset: apply such a change as a person.",
      "The deployer cannot change the perimeter: apply such a change as a person.",
      "The deployer cannot change organization policies: apply such a change as a person.",
      "The deployer cannot enable models: a person who may accept terms does.",
    ]);
  });
});
