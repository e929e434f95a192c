import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { Problem } from "../../../residency/problem.ts";
import { regionVerdict } from "../../../residency/regions.ts";
import { rejectBadInputs } from "../../shared/input-check.ts";
import type { AwsPlace } from "../place.ts";
import { sessionProblems, textProblems } from "./check-values.ts";
import { defaultSessionSeconds } from "./role-settings.ts";

/** Sign-in inside the app, through AWS IAM Identity Center. */
export interface IdentityCenterSettings {
  readonly kind: "identity-center";
  /** `arn:aws:sso:::instance/ssoins-...`. */
  readonly instanceArn: string;
  /**
   * Region Identity Center runs in. May differ from the route's, but lies in the zone: names, mail
   * addresses and group memberships of the people rest there.
   */
  readonly ssoRegion: string;
  /** Access portal, for example `https://d-1234567890.awsapps.com/start`. */
  readonly startUrl: string;
  /** Id of the group that gets the permission set. */
  readonly groupId: string;
  /** Account that administers Identity Center: the management or the delegated account. */
  readonly administratorAccountId: string;
  /** At most 32 characters. Default: the route's role name. */
  readonly permissionSetName?: string | undefined;
  /** Session length in seconds, 3600 (default) to 43200. */
  readonly maxSessionSeconds?: number | undefined;
  /** Name of a customer managed policy of the route's account that bounds the permission set. */
  readonly permissionsBoundaryName?: string | undefined;
  /** Path of that policy. Default `/cowork/`. */
  readonly permissionsBoundaryPath?: string | undefined;
}

export interface IdentityCenterAccessArgs {
  readonly place: AwsPlace;
  readonly settings: IdentityCenterSettings;
  /** Used when the settings give no `permissionSetName`. */
  readonly roleName: string;
  readonly policy: pulumi.Input<string>;
}

/** Identifiers of an Identity Center sign-in; no secret. */
export interface IdentityCenterSignIn {
  readonly kind: "identity-center";
  readonly permissionSetArn: string;
  readonly permissionSetName: string;
}

/**
 * A permission set for one group in one account.
 *
 * Creates: the permission set with its inline policy, the group's assignment to the route's account, and
 * the boundary's attachment when one is named. Give the component a provider of the administrator
 * account in `ssoRegion`.
 *
 * @throws pulumi.ResourceError naming every rejected setting; see {@link checkIdentityCenter}.
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html
 */
export class IdentityCenterAccess extends pulumi.ComponentResource {
  readonly signIn: pulumi.Output<IdentityCenterSignIn>;

  constructor(
    name: string,
    args: IdentityCenterAccessArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cowork:aws:IdentityCenterAccess", name, {}, opts);
    const { place, settings } = args;
    rejectBadInputs(this, name, checkIdentityCenter("settings", place, settings));
    const setName = permissionSetName(settings, args.roleName);
    const { instanceArn, ssoRegion: region } = settings;

    const permissionSet = new aws.ssoadmin.PermissionSet(
      `${name}-permission-set`,
      {
        region,
        instanceArn,
        name: setName,
        description: "Claude Desktop sessions of one route.",
        sessionDuration: isoDuration(settings.maxSessionSeconds ?? defaultSessionSeconds),
      },
      { parent: this },
    );
    const placed = { region, instanceArn, permissionSetArn: permissionSet.arn };
    const policy = new aws.ssoadmin.PermissionSetInlinePolicy(
      `${name}-policy`,
      { ...placed, inlinePolicy: args.policy },
      { parent: this },
    );
    const boundary =
      settings.permissionsBoundaryName === undefined
        ? []
        : [
            new aws.ssoadmin.PermissionsBoundaryAttachment(
              `${name}-boundary`,
              {
                ...placed,
                permissionsBoundary: {
                  customerManagedPolicyReference: {
                    name: settings.permissionsBoundaryName,
                    path: settings.permissionsBoundaryPath ?? "/cowork/",
                  },
                },
              },
              { parent: this },
            ),
          ];
    new aws.ssoadmin.AccountAssignment(
      `${name}-group`,
      {
        ...placed,
        principalType: "GROUP",
        principalId: settings.groupId,
        targetType: "AWS_ACCOUNT",
        targetId: place.accountId,
      },
      // Assigning provisions the role: people must not get it before its limits exist.
      { parent: this, dependsOn: [policy, ...boundary] },
    );

    this.signIn = pulumi.output({
      kind: "identity-center" as const,
      permissionSetArn: permissionSet.arn,
      permissionSetName: setName,
    });
    this.registerOutputs({ signIn: this.signIn });
  }
}

/** Name people see in the access portal; at most 32 characters. */
export function permissionSetName(settings: IdentityCenterSettings, roleName: string): string {
  return settings.permissionSetName ?? roleName;
}

/** ISO 8601, as Identity Center wants it: 5400 becomes `PT1H30M`. */
export function isoDuration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), "H"],
    [Math.floor((seconds % 3600) / 60), "M"],
    [seconds % 60, "S"],
  ] as const;
  const written = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}${unit}`);
  return `PT${written.join("")}`;
}

/** Pure, so that the edge cases are tested without an engine. */
export function checkIdentityCenter(
  path: string,
  place: AwsPlace,
  settings: IdentityCenterSettings,
): Problem[] {
  const problems: Problem[] = [
    ...shapeProblems(
      `${path}.instanceArn`,
      settings.instanceArn,
      /^arn:aws[a-z-]*:sso:::instance\/ssoins-[0-9a-f]{16}$/,
      "an Identity Center instance ARN, arn:aws:sso:::instance/ssoins-...",
    ),
    ...shapeProblems(
      `${path}.startUrl`,
      settings.startUrl,
      /^https:\/\/[^/@\s?#]+\/start\/?$/,
      "the access portal, https://<name>.awsapps.com/start",
    ),
    ...shapeProblems(
      `${path}.groupId`,
      settings.groupId,
      /^([0-9a-f]{10}-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      "the id of a group in the identity store",
    ),
    ...shapeProblems(
      `${path}.administratorAccountId`,
      settings.administratorAccountId,
      /^\d{12}$/,
      "12 digits",
    ),
    ...sessionProblems(`${path}.maxSessionSeconds`, settings.maxSessionSeconds, 3600, 43_200),
  ];
  if (settings.permissionSetName !== undefined) {
    problems.push(
      ...shapeProblems(
        `${path}.permissionSetName`,
        settings.permissionSetName,
        /^[\w+=,.@-]{1,32}$/,
        "at most 32 letters, digits and +=,.@-_",
      ),
    );
  }
  const where = regionVerdict(place.zone, settings.ssoRegion);
  if (where.status !== "inside") {
    const reason = `${where.reason}; names and group memberships of people rest in Identity Center's region, so use oidc or roles-anywhere here`;
    problems.push({ path: `${path}.ssoRegion`, reason });
  }
  return problems;
}

function shapeProblems(
  path: string,
  value: string | undefined,
  shape: RegExp,
  wanted: string,
): Problem[] {
  const missing = textProblems(path, value, wanted);
  if (missing.length > 0 || value === undefined) return missing;
  return shape.test(value) ? [] : [{ path, reason: `"${value}" is not ${wanted}` }];
}
