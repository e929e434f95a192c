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
});
