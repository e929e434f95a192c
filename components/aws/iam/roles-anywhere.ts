import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { Problem } from "../../../residency/problem.ts";
import { rejectBadInputs } from "../../shared/input-check.ts";
import type { AwsPlace } from "../place.ts";
import type { Statement } from "../policy-text.ts";
import { roleSettingsProblems, sessionProblems, textProblems } from "./check-values.ts";
import { defaultSessionSeconds, type RoleSettings } from "./role-settings.ts";
import { type AccessArgs, sessionRole } from "./session-role.ts";

/** Sign-in with the device certificate that device management puts on each laptop. */
export interface RolesAnywhereSettings extends RoleSettings {
  readonly kind: "roles-anywhere";
  /** ARN of the private certificate authority that issues device certificates, in the route's region. */
  readonly acmPcaArn: string;
  /**
   * Exact subject fields of a device certificate, for example `{ OU: "Laptops" }`.
   * Becomes a condition on `aws:PrincipalTag/x509Subject/<field>`.
   */
  readonly subject: Readonly<Record<string, string>>;
}

export interface RolesAnywhereAccessArgs extends AccessArgs {
  readonly place: AwsPlace;
  readonly settings: RolesAnywhereSettings;
}

/** Identifiers of a certificate sign-in; no secret. */
export interface RolesAnywhereSignIn {
  readonly kind: "roles-anywhere";
  readonly roleArn: string;
  readonly trustAnchorArn: string;
  readonly profileArn: string;
  readonly maxSessionSeconds: number;
}

/** Fields Roles Anywhere maps from a certificate's subject by default. */
const subjectFields: readonly string[] = ["C", "CN", "L", "O", "OU", "ST"];

/**
 * A role that exchanges a device certificate for a session.
 *
 * Creates: a trust anchor, a Roles Anywhere profile, the role with its policy, and a boundary unless one
 * is given. `rolesanywhere` resources take no region of their own: give the component a provider whose
 * region is the route's.
 *
 * @throws pulumi.ResourceError naming every rejected setting; see {@link checkRolesAnywhere}.
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
export class RolesAnywhereAccess extends pulumi.ComponentResource {
  readonly signIn: pulumi.Output<RolesAnywhereSignIn>;

  constructor(name: string, args: RolesAnywhereAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:aws:RolesAnywhereAccess", name, {}, opts);
    const { place, settings, roleName } = args;
    rejectBadInputs(this, name, checkRolesAnywhere("settings", place, settings));
    const maxSessionSeconds = settings.maxSessionSeconds ?? defaultSessionSeconds;

    const anchor = new aws.rolesanywhere.TrustAnchor(
      `${name}-anchor`,
      {
        name: roleName,
        enabled: true,
        source: { sourceType: "AWS_ACM_PCA", sourceData: { acmPcaArn: settings.acmPcaArn } },
      },
      { parent: this },
    );
    const role = sessionRole(name, { ...args, trust: rolesAnywhereTrust(place, settings) }, this);
    const profile = new aws.rolesanywhere.Profile(
      `${name}-profile`,
      {
        name: roleName,
        enabled: true,
        roleArns: [role.arn],
        durationSeconds: maxSessionSeconds,
        // A session name chosen by the laptop could pose as another device in the audit log.
        acceptRoleSessionName: false,
      },
      { parent: this },
    );

    this.signIn = pulumi.output({
      kind: "roles-anywhere" as const,
      roleArn: role.arn,
      trustAnchorArn: anchor.arn,
      profileArn: profile.arn,
      maxSessionSeconds,
    });
    this.registerOutputs({ signIn: this.signIn });
  }
}

/**
 * Certificates with the given subject, presented to a trust anchor of this account and region. The
 * anchor's own id is random and unknown before it exists; naming it would hide the whole document from
 * a preview. Creating another anchor in the account is an administrator's act.
 */
export function rolesAnywhereTrust(place: AwsPlace, settings: RolesAnywhereSettings): Statement[] {
  const subject = Object.entries(settings.subject).map(([field, value]) => [
    `aws:PrincipalTag/x509Subject/${field}`,
    value,
  ]);
  return [
    {
      Sid: "DeviceCertificate",
      Effect: "Allow",
      Principal: { Service: "rolesanywhere.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
      Condition: {
        ArnLike: {
          "aws:SourceArn": `arn:${place.zone.awsPartition}:rolesanywhere:${place.region}:${place.accountId}:trust-anchor/*`,
        },
        StringEquals: { "aws:SourceAccount": place.accountId, ...Object.fromEntries(subject) },
      },
    },
  ];
}

/** Pure, so that the edge cases are tested without an engine. */
export function checkRolesAnywhere(
  path: string,
  place: AwsPlace,
  settings: RolesAnywhereSettings,
): Problem[] {
  const { subject } = settings;
  const problems = [
    ...authorityProblems(`${path}.acmPcaArn`, place, settings.acmPcaArn),
    ...Object.entries(subject).flatMap(([field, value]) =>
      subjectFields.includes(field)
        ? textProblems(`${path}.subject.${field}`, value, "the exact value of the field")
        : [
            {
              path: `${path}.subject.${field}`,
              reason: `not a subject field that AWS maps; use ${subjectFields.join(", ")}`,
            },
          ],
    ),
    ...sessionProblems(`${path}.maxSessionSeconds`, settings.maxSessionSeconds, 3600, 43_200),
    ...roleSettingsProblems(path, place, settings),
  ];
  if (Object.keys(subject).length === 0) {
    const reason =
      "empty, so every certificate the authority ever issued, servers included, could sign in; give a field such as { OU: Laptops }";
    problems.push({ path: `${path}.subject`, reason });
  }
  return problems;
}

function authorityProblems(path: string, place: AwsPlace, arn: string | undefined): Problem[] {
  const missing = textProblems(path, arn, "the ARN of the private certificate authority");
  if (missing.length > 0 || arn === undefined) return missing;
  const parts = /^arn:(aws[a-z-]*):acm-pca:([a-z0-9-]+):\d{12}:certificate-authority\/[\w-]+$/.exec(
    arn,
  );
  if (parts === null)
    return [{ path, reason: `"${arn}" is no ARN of a private certificate authority` }];
  const problems: Problem[] = [];
  if (parts[1] !== place.zone.awsPartition) {
    problems.push({
      path,
      reason: `"${arn}" is of partition ${parts[1]}, the route of ${place.zone.awsPartition}`,
    });
  }
  if (parts[2] !== place.region) {
    problems.push({
      path,
      reason: `"${arn}" is in ${parts[2]}; a trust anchor in ${place.region} needs one there`,
    });
  }
  return problems;
}
