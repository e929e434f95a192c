import { describe, expect, it } from "vitest";

import {
  checkIdentityCenter,
  IdentityCenterAccess,
  type IdentityCenterSettings,
  isoDuration,
} from "../../../../components/aws/iam/identity-center.ts";
import { deploy } from "../../../support/deploy.ts";
import { only } from "../../../support/inventory.ts";
import { documents, place } from "./support.ts";

const settings: IdentityCenterSettings = {
  kind: "identity-center",
  instanceArn: "arn:aws:sso:::instance/ssoins-0123456789abcdef",
  ssoRegion: "eu-west-1",
  startUrl: "https://example.awsapps.com/start",
  groupId: "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
  administratorAccountId: "777788889999",
};
const check = (change: object) => checkIdentityCenter("access", place, { ...settings, ...change });

describe("IdentityCenterAccess", () => {
  it("gives one group one permission set in one account, in Identity Center's region", async () => {
    const given = { ...settings, permissionsBoundaryName: "company", maxSessionSeconds: 28_800 };
    const { resources } = await deploy(
      () => new IdentityCenterAccess("x", { ...documents, place, settings: given }),
    );

    const instance = { region: "eu-west-1", instanceArn: settings.instanceArn };
    const permissionSetArn = "arn:test:aws:ssoadmin/permissionSet:PermissionSet:x-permission-set";
    expect(only(resources, "aws:ssoadmin/permissionSet:PermissionSet")).toEqual({
      ...instance,
      name: "cowork-x",
      description: "Claude Desktop sessions of one route.",
      sessionDuration: "PT8H",
    });
    expect(
      only(resources, "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy"),
    ).toEqual({ ...instance, permissionSetArn, inlinePolicy: "{}" });
    expect(only(resources, "aws:ssoadmin/accountAssignment:AccountAssignment")).toEqual({
      ...instance,
      permissionSetArn,
      principalType: "GROUP",
      principalId: "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
      targetType: "AWS_ACCOUNT",
      targetId: "111122223333",
    });
    expect(
      only(resources, "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment"),
    ).toEqual({
      ...instance,
      permissionSetArn,
      permissionsBoundary: {
        customerManagedPolicyReference: { name: "company", path: "/cowork/" },
      },
    });
  });

  it.each([
    { seconds: 3600, text: "PT1H" },
    { seconds: 5400, text: "PT1H30M" },
    { seconds: 43_200, text: "PT12H" },
    { seconds: 3661, text: "PT1H1M1S" },
  ])("writes $seconds seconds as $text", ({ seconds, text }) => {
    expect(isoDuration(seconds)).toBe(text);
  });

  it("accepts another region of the zone", () => {
    expect(check({})).toEqual([]);
  });

  it.each([
    {
      when: "an Identity Center outside the zone",
      change: { ssoRegion: "us-east-1" },
      path: "ssoRegion",
      reason:
        "us-east-1 is in US, outside zone eu; names and group memberships of people rest in Identity Center's region, so use oidc or roles-anywhere here",
    },
    {
      when: "a region nobody knows",
      change: { ssoRegion: "eu-nowhere-1" },
      path: "ssoRegion",
      reason:
        'no dated source says which country the region "eu-nowhere-1" is in; names and group memberships of people rest in Identity Center\'s region, so use oidc or roles-anywhere here',
    },
    {
      when: "a start page over http",
      change: { startUrl: "http://example.awsapps.com/start" },
      path: "startUrl",
      reason:
        '"http://example.awsapps.com/start" is not the access portal, https://<name>.awsapps.com/start',
    },
    {
      when: "a group's name instead of its id",
      change: { groupId: "cowork" },
      path: "groupId",
      reason: '"cowork" is not the id of a group in the identity store',
    },
    {
      when: "no group",
      change: { groupId: "" },
      path: "groupId",
      reason: "missing; give the id of a group in the identity store",
    },
    {
      when: "a set name of 33 characters",
      change: { permissionSetName: "x".repeat(33) },
      path: "permissionSetName",
      reason: `"${"x".repeat(33)}" is not at most 32 letters, digits and +=,.@-_`,
    },
    {
      when: "a session of more than 12 hours",
      change: { maxSessionSeconds: 43_201 },
      path: "maxSessionSeconds",
      reason: "43201 is not a whole number of seconds from 3600 to 43200",
    },
  ])("refuses $when", ({ change, path, reason }) => {
    expect(check(change)).toEqual([{ path: `access.${path}`, reason }]);
  });
});
