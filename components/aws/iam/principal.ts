import * as pulumi from "@pulumi/pulumi";

import type { Problem } from "../../../residency/problem.ts";
import { rejectBadInputs } from "../../shared/input-check.ts";
import type { AwsPlace } from "../place.ts";
import type { Statement } from "../policy-text.ts";
import {
  roleSettingsProblems,
  sessionProblems,
  textProblems,
  wildcardProblems,
} from "./check-values.ts";
import { defaultSessionSeconds, type RoleSettings } from "./role-settings.ts";
import { type AccessArgs, sessionRole } from "./session-role.ts";

/** One service of the company's own assumes the role, for example the token service. */
export interface PrincipalSettings extends RoleSettings {
  readonly kind: "principal";
  /** ARN of the one role that may assume this one. */
  readonly principalArn: string;
  /**
   * Session tags a session has to carry, with these values exactly: `{ "cowork:geography": "eu" }` keeps a
   * token service of another geography out. Default: none.
   */
  readonly requiredTags?: Readonly<Record<string, string>> | undefined;
  /** With `requiredTags`: further keys a session may be tagged with. Default: those of a token service. */
  readonly otherTagKeys?: readonly string[] | undefined;
}

/** What a token service says of every session besides its geography. */
export const serviceTagKeys: readonly string[] = ["cowork:route", "cowork:user", "cowork:device"];

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
      ...tagCondition(settings),
    },
  ];
}

/**
 * An absent tag fails StringEquals. `ForAllValues` holds for a request without any tag, hence `Null` beside it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function tagCondition({
  requiredTags = {},
  otherTagKeys = serviceTagKeys,
}: PrincipalSettings): Pick<Statement, "Condition"> {
  const required = Object.entries(requiredTags);
  if (required.length === 0) return {};
  const values = required.map(([key, value]) => [`aws:RequestTag/${key}`, value]);
  const keys = new Set([...required.map(([key]) => key), ...otherTagKeys]);
  return {
    Condition: {
      StringEquals: Object.fromEntries(values),
      "ForAllValues:StringEquals": { "aws:TagKeys": [...keys] },
      Null: { "aws:TagKeys": "false" },
    },
  };
}

/** Exactly one role: no account root (that is everyone in the account), no pattern, no user. */
export function checkPrincipal(
  path: string,
  place: AwsPlace,
  settings: PrincipalSettings,
): Problem[] {
  return [
    ...principalProblems(`${path}.principalArn`, place, settings.principalArn),
    ...tagProblems(path, settings),
    ...sessionProblems(`${path}.maxSessionSeconds`, settings.maxSessionSeconds, 3600, 43_200),
    ...roleSettingsProblems(path, place, settings),
  ];
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules (looked up 2026-11-21) */
function tagProblems(path: string, settings: PrincipalSettings): Problem[] {
  const { requiredTags = {}, otherTagKeys } = settings;
  const keyProblems = (at: string, key: string): Problem[] =>
    /^(?!aws:)[\p{L}\p{N} _.:/=+@-]{1,128}$/iu.test(key)
      ? []
      : [{ path: at, reason: `"${key}" is no tag key of a session` }];
  const problems = Object.entries(requiredTags).flatMap(([key, value]) => {
    const at = `${path}.requiredTags.${key}`;
    return [
      ...keyProblems(at, key),
      ...textProblems(at, value, "the exact value of the tag"),
      // IAM would put somebody else's value in its place.
      ...(value.includes("${")
        ? [{ path: at, reason: `"${value}" holds a policy variable; name one exact value` }]
        : []),
    ];
  });
  const at = `${path}.otherTagKeys`;
  problems.push(
    ...(otherTagKeys ?? []).flatMap((key) => [
      ...keyProblems(at, key),
      ...wildcardProblems(at, key),
    ]),
  );
  if (otherTagKeys !== undefined && Object.keys(requiredTags).length === 0) {
    const reason = "without requiredTags every tag is let through; give requiredTags too";
    problems.push({ path: at, reason });
  }
  return problems;
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
