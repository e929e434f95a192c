import { describe, expect, it } from "vitest";

import {
  checkRolesAnywhere,
  RolesAnywhereAccess,
  type RolesAnywhereSettings,
  rolesAnywhereTrust,
} from "../../../../components/aws/iam/roles-anywhere.ts";
import { deploy } from "../../../support/deploy.ts";
import { only } from "../../../support/inventory.ts";
import { documents, place } from "./support.ts";

const acmPcaArn = "arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/0f1e";
const settings: RolesAnywhereSettings = {
  kind: "roles-anywhere",
  acmPcaArn,
  subject: { OU: "Laptops" },
};
const check = (change: object) => checkRolesAnywhere("access", place, { ...settings, ...change });

describe("RolesAnywhereAccess", () => {
  it("trusts certificates with the given subject, from anchors of this account and region", () => {
    expect(rolesAnywhereTrust(place, settings)).toEqual([
      {
        Sid: "DeviceCertificate",
        Effect: "Allow",
        Principal: { Service: "rolesanywhere.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
        Condition: {
          ArnLike: {
            "aws:SourceArn": "arn:aws:rolesanywhere:eu-central-1:111122223333:trust-anchor/*",
          },
          StringEquals: {
            "aws:SourceAccount": "111122223333",
            "aws:PrincipalTag/x509Subject/OU": "Laptops",
          },
        },
      },
    ]);
  });

  it("creates an anchor on the private authority and a profile for the one role", async () => {
    const { resources } = await deploy(
      () => new RolesAnywhereAccess("x", { ...documents, place, settings }),
    );
    expect(only(resources, "aws:rolesanywhere/trustAnchor:TrustAnchor")).toEqual({
      name: "cowork-x",
      enabled: true,
      source: { sourceType: "AWS_ACM_PCA", sourceData: { acmPcaArn } },
    });
    expect(only(resources, "aws:rolesanywhere/profile:Profile")).toEqual({
      name: "cowork-x",
      enabled: true,
      roleArns: ["arn:test:aws:iam/role:Role:x-role"],
      durationSeconds: 3600,
      acceptRoleSessionName: false,
    });
  });

  it("accepts an authority of the route's own region and a subject", () => {
    expect(check({})).toEqual([]);
  });

  it.each([
    {
      when: "an authority in another region",
      change: { acmPcaArn: acmPcaArn.replace("eu-central-1", "us-east-1") },
      path: "acmPcaArn",
      reason:
        '"arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/0f1e" is in us-east-1; a trust anchor in eu-central-1 needs one there',
    },
    {
      when: "an authority of another partition",
      change: { acmPcaArn: acmPcaArn.replace("arn:aws:", "arn:aws-us-gov:") },
      path: "acmPcaArn",
      reason:
        '"arn:aws-us-gov:acm-pca:eu-central-1:111122223333:certificate-authority/0f1e" is of partition aws-us-gov, the route of aws',
    },
    {
      when: "no authority",
      change: { acmPcaArn: undefined },
      path: "acmPcaArn",
      reason: "missing; give the ARN of the private certificate authority",
    },
    {
      when: "something else's ARN",
      change: { acmPcaArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1" },
      path: "acmPcaArn",
      reason:
        '"arn:aws:acm:eu-central-1:111122223333:certificate/1" is no ARN of a private certificate authority',
    },
    {
      when: "no subject field",
      change: { subject: {} },
      path: "subject",
      reason:
        "empty, so every certificate the authority ever issued, servers included, could sign in; give a field such as { OU: Laptops }",
    },
    {
      when: "a field AWS does not map",
      change: { subject: { department: "x" } },
      path: "subject.department",
      reason: "not a subject field that AWS maps; use C, CN, L, O, OU, ST",
    },
    {
      when: "a wildcard subject",
      change: { subject: { OU: "*" } },
      path: "subject.OU",
      reason: '"*" holds a wildcard; name one exact value',
    },
  ])("refuses $when", ({ change, path, reason }) => {
    expect(check(change)).toEqual([{ path: `access.${path}`, reason }]);
  });
});
