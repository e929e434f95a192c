import { describe, expect, it } from "vitest";

import { checkDeployer } from "../../../../components/gcp/iam/deployer-checks.ts";
import type { DeployerSettings } from "../../../../components/gcp/vertex-route.ts";

const github = { kind: "github", repositoryId: "12345", repositoryOwnerId: "678" };
const gitlab = { kind: "gitlab", projectId: "9", namespaceId: "8" };
const azure = {
  kind: "azure-devops",
  organizationId: "11111111-2222-3333-4444-555555555555",
  serviceConnection: "sc://example/landing zone/google",
};
const check = (settings: object) => checkDeployer("deployer", settings as DeployerSettings);

describe("checkDeployer", () => {
  it.each([
    github,
    { ...github, ref: "refs/heads/main", environment: "eu" },
    gitlab,
    { ...gitlab, issuer: "https://git.example.com", ref: "refs/tags/v1" },
    azure,
  ])("accepts %j", (settings) => {
    expect(check(settings)).toEqual([]);
  });

  it.each([
    {
      settings: { ...github, repositoryId: undefined },
      path: "repositoryId",
      reason: "missing; give GitHub's repository id",
    },
    {
      settings: { ...github, repositoryId: "*" },
      path: "repositoryId",
      reason: '"*" holds a wildcard; name one exact value',
    },
    {
      settings: { ...github, repositoryOwnerId: "example-corp" },
      path: "repositoryOwnerId",
      reason: '"example-corp" is not a number; give GitHub\'s owner id, as a name can change hands',
    },
    {
      settings: { ...github, repositoryOwnerId: "" },
      path: "repositoryOwnerId",
      reason: "missing; give GitHub's owner id",
    },
    {
      settings: { ...github, ref: "refs/heads/*" },
      path: "ref",
      reason: '"refs/heads/*" holds a wildcard; name one exact value',
    },
    {
      settings: { ...github, ref: "main" },
      path: "ref",
      reason:
        '"main" is no full ref; write refs/heads/BRANCH or refs/tags/TAG, as one name may be both',
    },
    {
      settings: { ...github, environment: "" },
      path: "environment",
      reason: "missing; give the environment's name",
    },
    {
      settings: { ...gitlab, projectId: "group/project" },
      path: "projectId",
      reason:
        '"group/project" is not a number; give GitLab\'s project id, as a name can change hands',
    },
    {
      settings: { ...gitlab, namespaceId: undefined },
      path: "namespaceId",
      reason: "missing; give GitLab's namespace id",
    },
    {
      settings: { ...gitlab, issuer: "http://git.example.com" },
      path: "issuer",
      reason: '"http://git.example.com" is not https; Google fetches the keys over https only',
    },
    {
      settings: { ...gitlab, issuer: "https://gitlab.com/" },
      path: "issuer",
      reason: '"https://gitlab.com/" is not as tokens spell it; write "https://gitlab.com"',
    },
    {
      settings: { ...gitlab, ref: "v1" },
      path: "ref",
      reason:
        '"v1" is no full ref; write refs/heads/BRANCH or refs/tags/TAG, as one name may be both',
    },
    {
      settings: { ...azure, organizationId: "example" },
      path: "organizationId",
      reason: '"example" is no organization id: a UUID in lower case, as tokens spell it',
    },
    {
      settings: { ...azure, organizationId: undefined },
      path: "organizationId",
      reason: "missing; give the Azure DevOps organization's id",
    },
    {
      settings: { ...azure, serviceConnection: "sc://example/zone/*" },
      path: "serviceConnection",
      reason: '"sc://example/zone/*" holds a wildcard; name one exact value',
    },
    {
      settings: { ...azure, serviceConnection: "sc://example/zone" },
      path: "serviceConnection",
      reason:
        '"sc://example/zone" is no service connection; write sc://organization/project/service-connection',
    },
    {
      settings: { ...azure, serviceConnection: "/eid1/c/pub/t/x/a/y/sc/z/w" },
      path: "serviceConnection",
      reason:
        '"/eid1/c/pub/t/x/a/y/sc/z/w" is a subject of Entra ID\'s issuer, whose tokens this kit has no dated source for; give the subject under the Azure DevOps issuer, sc://organization/project/service-connection',
    },
    {
      settings: { ...azure, serviceConnection: `sc://example/zone/${"x".repeat(110)}` },
      path: "serviceConnection",
      reason: "has 128 bytes; Google takes subjects of 127",
    },
  ])("refuses $path of $settings", ({ settings, path, reason }) => {
    expect(check(settings)).toEqual([{ path: `deployer.${path}`, reason }]);
  });
});
