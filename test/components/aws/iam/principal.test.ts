import { describe, expect, it } from "vitest";

import {
  checkPrincipal,
  PrincipalAccess,
  principalTrust,
} from "../../../../components/aws/iam/principal.ts";
import { deploy, resolved } from "../../../support/deploy.ts";
import { documents, place } from "./support.ts";

const principalArn = "arn:aws:iam::999988887777:role/services/token-service";
const settings = { kind: "principal", principalArn } as const;

const variable = ["$", "{aws:username}"].join("");

describe("PrincipalAccess", () => {
  it("lets exactly one role assume the session role", () => {
    expect(principalTrust(settings)).toEqual([
      {
        Sid: "OnePrincipal",
        Effect: "Allow",
        Principal: { AWS: principalArn },
        Action: ["sts:AssumeRole", "sts:TagSession"],
      },
    ]);
  });

  it("reports the role and the session length", async () => {
    const { result } = await deploy(
      () => new PrincipalAccess("x", { ...documents, place, settings }),
    );
    expect(await resolved(result.signIn)).toEqual({
      kind: "principal",
      roleArn: "arn:test:aws:iam/role:Role:x-role",
      maxSessionSeconds: 3600,
    });
  });

  it("accepts a role of another account", () => {
    expect(checkPrincipal("access", place, settings)).toEqual([]);
  });

  it.each([
    { arn: "", reason: "missing; give the ARN of the role that may assume this one" },
    {
      arn: "arn:aws:iam::999988887777:root",
      reason:
        '"arn:aws:iam::999988887777:root" is a whole account: everyone in it who may assume roles; name one role',
    },
    {
      arn: "999988887777",
      reason:
        '"999988887777" is a whole account: everyone in it who may assume roles; name one role',
    },
    { arn: "*", reason: '"*" holds a wildcard; name one exact value' },
    {
      arn: "arn:aws:iam::999988887777:role/*",
      reason: '"arn:aws:iam::999988887777:role/*" holds a wildcard; name one exact value',
    },
    {
      arn: "arn:aws:iam::999988887777:user/me",
      reason:
        '"arn:aws:iam::999988887777:user/me" is no role ARN; write arn:aws:iam::<account>:role/<name>',
    },
    {
      arn: "arn:aws:sts::999988887777:assumed-role/r/s",
      reason:
        '"arn:aws:sts::999988887777:assumed-role/r/s" is no role ARN; write arn:aws:iam::<account>:role/<name>',
    },
    {
      arn: "arn:aws-us-gov:iam::999988887777:role/r",
      reason:
        '"arn:aws-us-gov:iam::999988887777:role/r" is of partition aws-us-gov, the route of aws',
    },
  ])("refuses $arn", ({ arn, reason }) => {
    expect(checkPrincipal("access", place, { ...settings, principalArn: arn })).toEqual([
      { path: "access.principalArn", reason },
    ]);
  });

  describe("with required tags", () => {
    const tagged = { ...settings, requiredTags: { "cowork:geography": "eu" } };

    it("lets in only who sends them, and no tag besides those of a token service", () => {
      expect(principalTrust(tagged)[0]?.Condition).toEqual({
        StringEquals: { "aws:RequestTag/cowork:geography": "eu" },
        "ForAllValues:StringEquals": {
          "aws:TagKeys": ["cowork:geography", "cowork:route", "cowork:user", "cowork:device"],
        },
        Null: { "aws:TagKeys": "false" },
      });
      expect(checkPrincipal("access", place, tagged)).toEqual([]);
    });

    it("lets in further keys by name", () => {
      const more = { ...tagged, otherTagKeys: ["team"] };
      expect(principalTrust(more)[0]?.Condition?.["ForAllValues:StringEquals"]).toEqual({
        "aws:TagKeys": ["cowork:geography", "team"],
      });
      expect(checkPrincipal("access", place, more)).toEqual([]);
    });

    it.each([
      {
        change: { requiredTags: { "cowork:geography": "*" } },
        path: "requiredTags.cowork:geography",
        reason: '"*" holds a wildcard; name one exact value',
      },
      {
        change: { requiredTags: { "cowork:geography": "" } },
        path: "requiredTags.cowork:geography",
        reason: "missing; give the exact value of the tag",
      },
      {
        change: { requiredTags: { g: variable } },
        path: "requiredTags.g",
        reason: `"${variable}" holds a policy variable; name one exact value`,
      },
      {
        change: { requiredTags: { "aws:g": "eu" } },
        path: "requiredTags.aws:g",
        reason: '"aws:g" is no tag key of a session',
      },
      {
        change: { otherTagKeys: ["*"] },
        path: "otherTagKeys",
        reason: '"*" is no tag key of a session',
      },
      {
        change: { requiredTags: {}, otherTagKeys: ["team"] },
        path: "otherTagKeys",
        reason: "without requiredTags every tag is let through; give requiredTags too",
      },
    ])("refuses $change", ({ change, path, reason }) => {
      const problems = checkPrincipal("access", place, { ...tagged, ...change });
      expect(problems).toContainEqual({ path: `access.${path}`, reason });
    });
  });
});
