import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { aliasedKey } from "../aliased-key.ts";
import { logGroupsUseKey } from "../log-group-key.ts";

import { accountArn } from "../place.ts";
import { policyText, type Statement } from "../policy-text.ts";
import type { ServicePlan } from "./plan.ts";

/** Key under which log and store rest. It never leaves its region. */
export function dataKey(
  name: string,
  plan: ServicePlan,
  opts: pulumi.CustomResourceOptions,
): aws.kms.Key {
  const { place, names, geography } = plan;
  const { region } = place;
  const alias = names.keyAlias;
  const description = `Log and store of the cowork token service of ${geography}; stays in ${region}.`;
  const policy = dataKeyPolicy(plan);
  return aliasedKey(name, { region, alias, description, policy, kind: "rotated" }, opts);
}

/** MemoryDB works by grants that whoever creates the cluster gives it, as the account allows. */
export function dataKeyPolicy({ place, names }: ServicePlan): string {
  const groups = [names.logGroupName, names.flowLogGroupName];
  return policyText([
    {
      Sid: "AccountAdministers",
      Effect: "Allow",
      Principal: { AWS: accountArn(place, "iam", "root") },
      Action: "kms:*",
      Resource: "*",
    },
    logGroupsUseKey(place, "LogGroupsOfThisService", groups),
  ]);
}

/** Key gateway tokens are signed with (ES256). AWS keeps the private half; a new one is a new key. */
export function signingKey(
  name: string,
  plan: ServicePlan,
  opts: pulumi.CustomResourceOptions,
): aws.kms.Key {
  const { place, names, geography } = plan;
  const { region } = place;
  const alias = names.signingKeyAlias;
  const description = `Signs gateway tokens of the cowork token service of ${geography}.`;
  const policy = signingKeyPolicy(plan);
  return aliasedKey(name, { region, alias, description, policy, kind: "signs" }, opts);
}

/**
 * The account administers the key and cannot sign with it: of all its principals only the service's role can.
 * The role is named by condition, not as principal: KMS refuses a principal that does not exist yet, and a
 * role made anew would be another one.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-administrators
 */
export function signingKeyPolicy({ place, taskRoleArn }: ServicePlan): string {
  const account = { AWS: accountArn(place, "iam", "root") };
  const statements: Statement[] = [
    {
      Sid: "AccountAdministers",
      Effect: "Allow",
      Principal: account,
      Action: [
        "kms:CancelKeyDeletion",
        "kms:CreateAlias",
        "kms:DeleteAlias",
        "kms:DescribeKey",
        "kms:DisableKey",
        "kms:EnableKey",
        "kms:GetKeyPolicy",
        "kms:GetKeyRotationStatus",
        "kms:GetPublicKey",
        "kms:ListGrants",
        "kms:ListKeyPolicies",
        "kms:ListResourceTags",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:UpdateAlias",
        "kms:UpdateKeyDescription",
      ],
      Resource: "*",
    },
    {
      Sid: "ServiceSigns",
      Effect: "Allow",
      Principal: account,
      Action: "kms:Sign",
      Resource: "*",
      Condition: {
        StringEquals: { "kms:SigningAlgorithm": "ECDSA_SHA_256" },
        ArnEquals: { "aws:PrincipalArn": taskRoleArn },
      },
    },
  ];
  return policyText(statements);
}
