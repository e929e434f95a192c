import { describe, expect, it } from "vitest";

import { DeployerAccess, type DeployerAccessArgs } from "../../../components/azure/deployer.ts";
import { deployerActions } from "../../../components/azure/deployer-permissions.ts";
import { checkDeployer } from "../../../components/azure/deployer-trust.ts";
import { foundryNames } from "../../../components/azure/names.ts";
import { deploy, refusal, resolved } from "../../support/deploy.ts";
import { only } from "../../support/inventory.ts";

const github = "https://token.actions.githubusercontent.com";
const subject = "repo:example@123/landing-zone@456:environment:us";
const parts = { ownNetwork: true, ownDns: true, sentinel: true };
const place = {
  resourceGroupName: "cowork-example-us-virginia",
  region: "eastus2",
  names: foundryNames({
    organization: "example",
    geography: "us",
    route: { name: "virginia", subscriptionId: "44444444-4444-4444-8444-444444444444" },
  }),
};
const args: DeployerAccessArgs = {
  subscriptionId: "44444444-4444-4444-8444-444444444444",
  place,
  settings: { issuer: github, subject },
  parts: { ownNetwork: false, ownDns: false, sentinel: false },
};
const scope =
  "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/cowork-example-us-virginia";
const build = (changes: Partial<DeployerAccessArgs> = {}) =>
  deploy(() => new DeployerAccess("d", { ...args, ...changes }), {
    outputs: {
      "azure-native:managedidentity:UserAssignedIdentity": () => ({
        clientId: "client",
        principalId: "principal",
      }),
    },
  });

describe("DeployerAccess", () => {
  it("trusts the one subject, for the one audience Entra ID takes", async () => {
    const { resources, result } = await build();
    expect(resources.map(({ type }) => type)).toEqual([
      "azure-native:authorization:RoleAssignment",
      "azure-native:authorization:RoleDefinition",
      "azure-native:managedidentity:FederatedIdentityCredential",
      "azure-native:managedidentity:UserAssignedIdentity",
      "cowork:azure:DeployerAccess",
    ]);
    expect(only(resources, "azure-native:managedidentity:UserAssignedIdentity")).toEqual({
      resourceGroupName: "cowork-example-us-virginia",
      location: "eastus2",
      resourceName: "cowork-example-us-virginia-deployer",
    });
    expect(only(resources, "azure-native:managedidentity:FederatedIdentityCredential")).toEqual({
      resourceGroupName: "cowork-example-us-virginia",
      resourceName: "cowork-example-us-virginia-deployer",
      federatedIdentityCredentialResourceName: "deployer",
      issuer: "https://token.actions.githubusercontent.com",
      subject: "repo:example@123/landing-zone@456:environment:us",
      audiences: ["api://AzureADTokenExchange"],
    });
    expect(await resolved(result.clientId)).toBe("client");
  });

  it("gives one custom role, in the route's group alone", async () => {
    const { resources } = await build();
    expect(only(resources, "azure-native:authorization:RoleAssignment")).toEqual({
      scope,
      roleAssignmentName: expect.stringMatching(/^[0-9a-f-]{36}$/),
      roleDefinitionId: expect.stringMatching(
        /^\/subscriptions\/44444444-4444-4444-8444-444444444444\/providers\/Microsoft\.Authorization\/roleDefinitions\/[0-9a-f-]{36}$/,
      ),
      principalId: "principal",
      principalType: "ServicePrincipal",
    });
    const role = only(resources, "azure-native:authorization:RoleDefinition");
    const grant = only(resources, "azure-native:authorization:RoleAssignment");
    expect(String(grant.roleDefinitionId).split("/").at(-1)).toBe(role.roleDefinitionId);
    expect(role).toMatchObject({
      scope,
      assignableScopes: [scope],
      roleName: "Landing zone deployer example-us-virginia",
      permissions: [{ notActions: [], dataActions: [], notDataActions: [] }],
    });
  });

  it("leaves the rest to people", async () => {
    const { result } = await build();
    expect(result.remainingSteps).toEqual([
      "The deployer cannot change roles, identities, keys, Azure Policy or its own federation: apply such a change as a person.",
      "The deployer has no rights in Entra ID: apply a change of the desktop application or its consent as a person.",
      "The deployer may change the deployments of models whose Marketplace offer is signed already; the first deployment of a model signs one, and is a person's act.",
    ]);
  });

  it("creates nothing when the subject is bad", async () => {
    const bad = build({
      settings: { issuer: github, subject: "repo:example/landing-zone:ref:refs/heads/*" },
    });
    expect(await refusal(bad)).toBe(
      [
        "d: invalid arguments",
        '  deployer.subject: "repo:example/landing-zone:ref:refs/heads/*" holds a wildcard; give the one exact value',
        '  deployer.subject: "repo:example/landing-zone:ref:refs/heads/*" could become somebody else\'s or names more than one ref; write repo:OWNER@OWNER_ID/REPOSITORY@REPOSITORY_ID:ref:refs/heads/BRANCH or ...:environment:NAME, after switching immutable subjects on for the repository (https://docs.github.com/actions/reference/security/oidc)',
      ].join("\n"),
    );
  });
});

const entra = "https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111/v2.0";
const connection =
  "/eid1/c/pub/t/AbC-1_2/a/dEf/sc/55555555-5555-4555-8555-555555555555/66666666-6666-4666-8666-666666666666";
const own = "https://git.example.com";

describe("which tokens may deploy", () => {
  it.each([
    [github, "repo:example@123/landing-zone@456:ref:refs/heads/main"],
    [github, "repo:example@123/landing-zone@456:ref:refs/tags/v1.2.0"],
    [github, "repo:example@123/landing-zone@456:environment:us"],
    [`${github}/example-corp`, "repo:example@123/landing-zone@456:environment:us"],
    ["https://token.actions.example-corp.ghe.com", "repo:e@1/l@2:environment:us"],
    ["https://gitlab.com", "project_id:42:ref_type:branch:ref:main"],
    [own, "project_id:42:ref_type:tag:ref:v1"],
    [`${own}/gitlab`, "project_id:42:ref_type:branch:ref:main"],
    [entra, connection],
  ])("%s: %s is taken", (issuer, given) => {
    expect(checkDeployer("deployer", { issuer, subject: given })).toEqual([]);
  });

  it.each([
    {
      when: "names that can change hands",
      issuer: github,
      given: "repo:example/zone:ref:refs/heads/main",
    },
    {
      when: "no id of the repository",
      issuer: github,
      given: "repo:example@123/zone:ref:refs/heads/main",
    },
    { when: "no id of the owner", issuer: github, given: "repo:example/zone@456:environment:us" },
    { when: "any pull request", issuer: github, given: "repo:example@123/zone@456:pull_request" },
    { when: "no ref at all", issuer: github, given: "repo:example@123/zone@456" },
    {
      when: "a path at GitLab",
      issuer: "https://gitlab.com",
      given: "project_path:example/zone:ref_type:branch:ref:main",
    },
    {
      when: "no ref type at GitLab",
      issuer: "https://gitlab.com",
      given: "project_id:42:ref:main",
    },
    {
      when: "a path at a GitLab of one's own",
      issuer: own,
      given: "project_path:e/z:ref_type:branch:ref:main",
    },
    { when: "GitHub's form at another host", issuer: own, given: subject },
    { when: "an older connection's subject", issuer: entra, given: "sc://example/zone/deploy" },
    { when: "nothing", issuer: github, given: "" },
  ])("refuses $when", ({ issuer, given }) => {
    const problems = checkDeployer("deployer", { issuer, subject: given });
    expect(problems.map(({ path }) => path)).toEqual(["deployer.subject"]);
    expect(problems[0]!.reason).toMatch(
      /^".*" could become somebody else's or names more than one ref; write (repo:|project_id:|\/eid1\/)/,
    );
  });

  it("refuses the issuer of Azure DevOps that ends", () => {
    const issuer = "https://vstoken.dev.azure.com/55555555-5555-4555-8555-555555555555";
    expect(checkDeployer("deployer", { issuer, subject: "sc://example/zone/deploy" })).toEqual([
      {
        path: "deployer.issuer",
        reason:
          '"https://vstoken.dev.azure.com/55555555-5555-4555-8555-555555555555" ends on 2027-07-01; convert the service connection to the issuer of Entra ID (https://learn.microsoft.com/azure/devops/pipelines/release/convert-service-connections)',
      },
    ]);
  });

  it.each([
    "https://accounts.google.com",
    "https://token.actions.githubusercontent.com/",
    "https://gitlab.com/",
    "http://git.example.com",
    "https://login.microsoftonline.com/common/v2.0",
    "https://user@git.example.com",
    "https://git.example.com#a",
    "git.example.com",
    "",
  ])("does not know the issuer %s", (issuer) => {
    const given = "project_id:42:ref_type:branch:ref:main";
    expect(checkDeployer("deployer", { issuer, subject: given })).toEqual([
      {
        path: "deployer.issuer",
        reason: `"${issuer}" is no issuer this kit knows; use that of GitHub, GitLab or Entra ID for Azure DevOps, without a slash at the end`,
      },
    ]);
  });

  it("refuses what is longer than Entra ID takes", () => {
    const long = `project_id:42:ref_type:branch:ref:${"x".repeat(600)}`;
    expect(checkDeployer("deployer", { issuer: "https://gitlab.com", subject: long })).toEqual([
      { path: "deployer.subject", reason: "has 634 characters; Entra ID takes 600" },
    ]);
  });
});

describe("what the deployer may do", () => {
  const full = deployerActions(parts);

  it("may change the stack of deployments, which denies changes by others", () => {
    expect(deployerActions(args.parts)).toEqual(
      expect.arrayContaining([
        "Microsoft.Resources/deploymentStacks/manageDenySetting/action",
        "Microsoft.Resources/deploymentStacks/write",
      ]),
    );
  });

  it("grows with the parts of a route, sorted, nothing twice", () => {
    expect(deployerActions(args.parts)).toHaveLength(37);
    expect(full).toHaveLength(47);
    expect(full).toEqual([...new Set(full)].sort());
  });

  it.each([
    { what: "change roles or policies", pattern: /^Microsoft\.Authorization\/(?!.*\/read$)/ },
    { what: "change identities or federation", pattern: /ManagedIdentity\/.*(write|delete)$/ },
    { what: "list or make keys", pattern: /(listKeys|regenerateKey|sharedKeys|KeyVault.*write)/i },
    {
      what: "delete anything but a model's deployment",
      pattern: /^(?!Microsoft\.CognitiveServices\/accounts\/deployments\/).*delete/i,
    },
    { what: "do anything by a pattern", pattern: /\*/ },
  ])("cannot $what", ({ pattern }) => {
    expect(full.filter((action) => pattern.test(action))).toEqual([]);
  });
});
