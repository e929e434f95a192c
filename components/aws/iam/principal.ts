import * as pulumi from "@pulumi/pulumi";

import type { Problem } from "../../../residency/problem.ts";
import { rejectBadInputs } from "../../shared/input-check.ts";
import type { AwsPlace } from "../place.ts";
import type { Statement } from "../policy-text.ts";
import { roleSettingsProblems, sessionProblems, textProblems } from "./check-values.ts";
import { defaultSessionSeconds, type RoleSettings } from "./role-settings.ts";
import { type AccessArgs, sessionRole } from "./session-role.ts";

/** One service of the company's own assumes the role, for example the token service. */
export interface PrincipalSettings extends RoleSettings {
  readonly kind: "principal";
  /** ARN of the one role that may assume this one. */
  readonly principalArn: string;
}

export interface PrincipalAccessArgs extends AccessArgs {
  readonly place: AwsPlace;
  readonly settings: PrincipalSettings;
}

/** Identifiers of the role; no secret. */
export interface PrincipalSignIn {
  readonly kind: "principal";
  readonly roleArn: string;
  readonly maxSessionSeconds: number;
}

/**
 * A role one other role may assume, with session tags that say for whom.
 *
 * Creates: the role with its policy, and a boundary unless one is given. A session that one role starts
 * from another is cut at 3600 seconds by AWS, whatever `maxSessionSeconds` says.
 *
 * @throws pulumi.ResourceError naming every rejected setting; see {@link checkPrincipal}.
 */
export class PrincipalAccess extends pulumi.ComponentResource {
  readonly signIn: pulumi.Output<PrincipalSignIn>;

  constructor(name: string, args: PrincipalAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:aws:PrincipalAccess", name, {}, opts);
    const { place, settings } = args;
    rejectBadInputs(this, name, checkPrincipal("settings", place, settings));

    const role = sessionRole(name, { ...args, trust: principalTrust(settings) }, this);

    this.signIn = pulumi.output({
      kind: "principal" as const,
      roleArn: role.arn,
      maxSessionSeconds: settings.maxSessionSeconds ?? defaultSessionSeconds,
    });
    this.registerOutputs({ signIn: this.signIn });
  }
}

export function principalTrust(settings: PrincipalSettings): Statement[] {
  return [
    {
      Sid: "OnePrincipal",
      Effect: "Allow",
      Principal: { AWS: settings.principalArn },
      Action: ["sts:AssumeRole", "sts:TagSession"],
    },
  ];
}

/** Exactly one role: no account root (that is everyone in the account), no pattern, no user. */
export function checkPrincipal(
  path: string,
  place: AwsPlace,
  settings: PrincipalSettings,
): Problem[] {
  return [
    ...principalProblems(`${path}.principalArn`, place, settings.principalArn),
    ...sessionProblems(`${path}.maxSessionSeconds`, settings.maxSessionSeconds, 3600, 43_200),
    ...roleSettingsProblems(path, place, settings),
  ];
}

function principalProblems(path: string, place: AwsPlace, arn: string | undefined): Problem[] {
  const missing = textProblems(path, arn, "the ARN of the role that may assume this one");
  if (missing.length > 0 || arn === undefined) return missing;
  if (/^\d{12}$/.test(arn) || /:iam::\d{12}:root$/.test(arn)) {
    const reason = `"${arn}" is a whole account: everyone in it who may assume roles; name one role`;
    return [{ path, reason }];
  }
  const role = /^arn:(aws[a-z-]*):iam::\d{12}:role\/[\w+=,.@/-]+$/.exec(arn);
  if (role === null) {
    const reason = `"${arn}" is no role ARN; write arn:${place.zone.awsPartition}:iam::<account>:role/<name>`;
    return [{ path, reason }];
  }
  return role[1] === place.zone.awsPartition
    ? []
    : [
        {
          path,
          reason: `"${arn}" is of partition ${role[1]}, the route of ${place.zone.awsPartition}`,
        },
      ];
}
