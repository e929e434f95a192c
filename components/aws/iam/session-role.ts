import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { policyText, type Statement } from "../policy-text.ts";
import { defaultPath, defaultSessionSeconds, type RoleSettings } from "./role-settings.ts";

/** What {@link sessionRole} needs. */
export interface SessionRoleArgs {
  /** Physical name, at most 64 characters. */
  readonly roleName: string;
  readonly trust: readonly Statement[];
  /** Identity policy of the route, as text. */
  readonly policy: pulumi.Input<string>;
  /** Text of the boundary that is written when `settings` names none. */
  readonly boundaryPolicy: pulumi.Input<string>;
  readonly settings: RoleSettings;
}

/**
 * The role a laptop's session runs as, with its policy and its boundary. The boundary repeats the
 * route's policy, so that a policy attached by hand later adds nothing.
 */
export function sessionRole(
  name: string,
  args: SessionRoleArgs,
  parent: pulumi.Resource,
): aws.iam.Role {
  const { roleName, settings } = args;
  const path = settings.path ?? defaultPath;
  const boundaryArn =
    settings.permissionsBoundaryArn ??
    new aws.iam.Policy(
      `${name}-boundary`,
      {
        name: `${roleName}-boundary`,
        path,
        description: "The most a Claude Desktop session of this route may ever do.",
        policy: args.boundaryPolicy,
      },
      { parent },
    ).arn;
  const role = new aws.iam.Role(
    `${name}-role`,
    {
      name: roleName,
      path,
      description: "Claude Desktop sessions of one route.",
      assumeRolePolicy: policyText(args.trust),
      maxSessionDuration: settings.maxSessionSeconds ?? defaultSessionSeconds,
      permissionsBoundary: boundaryArn,
    },
    { parent },
  );
  new aws.iam.RolePolicy(
    `${name}-policy`,
    { name: "invoke", role: role.name, policy: args.policy },
    { parent },
  );
  return role;
}

/** Arguments every kind of access takes from the route. */
export interface AccessArgs {
  readonly roleName: string;
  readonly policy: pulumi.Input<string>;
  readonly boundaryPolicy: pulumi.Input<string>;
}
