import { describe, expect, it } from "vitest";

import {
  RolesAnywhereAccess,
  rolesAnywhereTrust,
} from "../../../../components/aws/iam/roles-anywhere.ts";
import { checkRolesAnywhere } from "../../../../components/aws/iam/roles-anywhere-checks.ts";
import type { RolesAnywhereSettings } from "../../../../components/aws/iam/roles-anywhere-settings.ts";
import { deploy, refusal } from "../../../support/deploy.ts";
import { only } from "../../../support/inventory.ts";
import { authority, laptop } from "./certificates.ts";
import { documents, place } from "./support.ts";

const acmPcaArn = "arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/0f1e";
const settings: RolesAnywhereSettings = {
  kind: "roles-anywhere",
  acmPcaArn,
  subject: { OU: "Laptops" },
};
const today = "2026-11-22";
const check = (change: object) =>
  checkRolesAnywhere("access", place, { ...settings, ...change }, today);

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
      () => new RolesAnywhereAccess("x", { ...documents, place, settings, today }),
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

  it("creates an anchor on the company's own certificates, written one way", async () => {
    const own: RolesAnywhereSettings = {
      kind: "roles-anywhere",
      certificateBundle: `${authority.replaceAll("\n", "\r\n")}\n`,
      subject: { OU: "Laptops" },
    };
    const { resources } = await deploy(
      () => new RolesAnywhereAccess("x", { ...documents, place, settings: own, today }),
    );
    expect(only(resources, "aws:rolesanywhere/trustAnchor:TrustAnchor")).toEqual({
      name: "cowork-x",
      enabled: true,
      source: {
        sourceType: "CERTIFICATE_BUNDLE",
        sourceData: { x509CertificateData: authority },
      },
    });
  });

  it("creates nothing on a certificate that is no authority's", async () => {
    const own: RolesAnywhereSettings = {
      kind: "roles-anywhere",
      certificateBundle: laptop,
      subject: { OU: "Laptops" },
    };
    expect(
      await refusal(
        deploy(() => new RolesAnywhereAccess("x", { ...documents, place, settings: own, today })),
      ),
    ).toBe(
      "x: invalid arguments\n  settings.certificateBundle: certificate 1 is no authority's: basic constraints CA:true and key usage Certificate Sign",
    );
  });

  it("accepts an authority of the route's own region and a subject", () => {
    expect(check({})).toEqual([]);
    expect(check({ acmPcaArn: undefined, certificateBundle: authority })).toEqual([]);
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
      path: "certificateBundle",
      reason:
        "missing; give the PEM text of the company's own authority, or acmPcaArn of an AWS private one",
    },
    {
      when: "an empty authority",
      change: { acmPcaArn: "" },
      path: "acmPcaArn",
      reason: "missing; give the ARN of the private certificate authority",
    },
    {
      when: "two sources",
      change: { certificateBundle: authority },
      path: "certificateBundle",
      reason: "given beside acmPcaArn; a trust anchor has one source: leave one of the two out",
    },
    {
      when: "something else's ARN",
      change: { acmPcaArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1" },
      path: "acmPcaArn",
      reason:
        '"arn:aws:acm:eu-central-1:111122223333:certificate/1" is no ARN of a private certificate authority',
    },
    {
      when: "a key in the authority's place, without repeating it",
      change: { acmPcaArn: "-----BEGIN PRIVATE KEY----- c2VjcmV0" },
      path: "acmPcaArn",
      reason: "no ARN of a private certificate authority",
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
      when: "a misspelt field",
      change: { subject: { CNN: "x" } },
      path: "subject.CNN",
      reason: 'not a subject field that AWS maps; use C, CN, L, O, OU, ST; did you mean "CN"?',
    },
    {
      when: "a value AWS never maps",
      change: { subject: { O: "Example, Inc" } },
      path: "subject.O",
      reason:
        '"Example, Inc" is no value AWS maps: at most 256 letters, digits, spaces and _.:/=+-@; pin another field',
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
