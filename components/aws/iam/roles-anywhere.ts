import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { rejectBadInputs } from "../../shared/input-check.ts";
import { type AwsPlace, arnAt } from "../place.ts";
import type { Statement } from "../policy-text.ts";
import { bundleText } from "./certificate-bundle.ts";
import { defaultSessionSeconds } from "./role-settings.ts";
import { checkRolesAnywhere } from "./roles-anywhere-checks.ts";
import type { RolesAnywhereSettings } from "./roles-anywhere-settings.ts";
import { type AccessArgs, sessionRole } from "./session-role.ts";

export interface RolesAnywhereAccessArgs extends AccessArgs {
  readonly place: AwsPlace;
  /** ISO date the authority's certificates are judged by. */
  readonly today: string;
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

/**
 * A role that exchanges a device certificate for a session.
 *
 * Creates: a trust anchor, a Roles Anywhere profile, the role with its policy, and a boundary unless one
 * is given. `rolesanywhere` resources take no region of their own: give the component a provider whose
 * region is the route's. The SDK has no resource for revocation lists: docs/device-certificates.md says how
 * they are imported.
 *
 * @throws pulumi.ResourceError naming every rejected setting; see {@link checkRolesAnywhere}.
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
export class RolesAnywhereAccess extends pulumi.ComponentResource {
  readonly signIn: pulumi.Output<RolesAnywhereSignIn>;

  constructor(name: string, args: RolesAnywhereAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:aws:RolesAnywhereAccess", name, {}, opts);
    const { place, settings, roleName, today } = args;
    rejectBadInputs(this, name, checkRolesAnywhere("settings", place, settings, today));
    const maxSessionSeconds = settings.maxSessionSeconds ?? defaultSessionSeconds;

    const anchor = new aws.rolesanywhere.TrustAnchor(
      `${name}-anchor`,
      {
        name: roleName,
        enabled: true,
        source: anchorSource(settings),
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

/** The checks have seen that exactly one of the two is given. */
function anchorSource({ acmPcaArn, certificateBundle }: RolesAnywhereSettings) {
  return certificateBundle === undefined
    ? { sourceType: "AWS_ACM_PCA", sourceData: { acmPcaArn } }
    : {
        sourceType: "CERTIFICATE_BUNDLE",
        sourceData: { x509CertificateData: bundleText(certificateBundle) },
      };
}

/** Every trust anchor of the place's account and region: an anchor's own id is random. */
export function trustAnchors(place: AwsPlace): string {
  return arnAt(place, "rolesanywhere", "trust-anchor/*");
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
        ArnLike: { "aws:SourceArn": trustAnchors(place) },
        StringEquals: { "aws:SourceAccount": place.accountId, ...Object.fromEntries(subject) },
      },
    },
  ];
}
