import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { servicePrincipal } from "./place.ts";
import { policyText, type Statement } from "./policy-text.ts";

/** What an organization demands of every role, whoever creates it. */
export interface RoleRules {
  /** Optional. ARN of the permissions boundary. Default: none. */
  readonly permissionsBoundary?: string;
  /** Optional. IAM path, for example `/cowork/`. Default: `/`. */
  readonly path?: string;
}

export interface ServiceRoleArgs {
  /** Required. Name in IAM, at most 64 characters. */
  readonly roleName: string;
  /** Required. Service that assumes it, for example `bedrock`. */
  readonly service: string;
  /** Required. Conditions under which the service acts for us and nobody else. */
  readonly trustCondition: NonNullable<Statement["Condition"]>;
  /** Required. All it may do. */
  readonly statements: readonly Statement[];
  /** Optional. See {@link RoleRules}. */
  readonly rules?: RoleRules | undefined;
}

/** A role only one AWS service may assume. The inline policy is returned because users must wait for it. */
export function serviceRole(
  name: string,
  { roleName, service, trustCondition, statements, rules }: ServiceRoleArgs,
  opts: pulumi.CustomResourceOptions,
): { readonly role: aws.iam.Role; readonly policy: aws.iam.RolePolicy } {
  const role = new aws.iam.Role(
    name,
    {
      name: roleName,
      ...rules,
      assumeRolePolicy: policyText([
        {
          Sid: "OnlyForThisAccount",
          Effect: "Allow",
          Principal: { Service: servicePrincipal(service) },
          Action: "sts:AssumeRole",
          Condition: trustCondition,
        },
      ]),
    },
    opts,
  );
  const policy = new aws.iam.RolePolicy(
    name,
    { name: roleName, role: role.name, policy: policyText(statements) },
    opts,
  );
  return { role, policy };
}
