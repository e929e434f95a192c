import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { Problem } from "../../../residency/problem.ts";
import { rejectBadInputs } from "../../shared/input-check.ts";
import { type AwsPlace, accountArn } from "../place.ts";
import type { Statement } from "../policy-text.ts";
import {
  roleSettingsProblems,
  sessionProblems,
  textProblems,
  wildcardProblems,
} from "./check-values.ts";
import { defaultSessionSeconds, type RoleSettings } from "./role-settings.ts";
import { type AccessArgs, sessionRole } from "./session-role.ts";

/** Sign-in through the company's own OpenID Connect issuer. */
export interface OidcSettings extends RoleSettings {
  readonly kind: "oidc";
  /** `https://` address exactly as the token's `iss` says it, without a slash at the end. */
  readonly issuer: string;
  /** Client id the tokens are issued to. */
  readonly audience: string;
  /** Exact claim values. A private issuer exposes only `sub`, `azp` and `amr` besides the audience. */
  readonly claims?: Readonly<Record<string, string>> | undefined;
  /** Session tags the issuer must send, for example `{ group: "cowork-eu" }`. */
  readonly sessionTags?: Readonly<Record<string, string>> | undefined;
  /**
   * Whether the account has this issuer's provider already, with the audience, because another route or
   * stack made it: an account holds one provider an issuer. Default: `false`, it is created here.
   */
  readonly existingProvider?: boolean | undefined;
}

export interface OidcAccessArgs extends AccessArgs {
  readonly place: AwsPlace;
  readonly settings: OidcSettings;
}

/** Identifiers of an OIDC sign-in; no secret. */
export interface OidcSignIn {
  readonly kind: "oidc";
  readonly roleArn: string;
  readonly providerArn: string;
  readonly issuer: string;
  readonly audience: string;
  readonly maxSessionSeconds: number;
}

/**
 * A role that exchanges a token of the company's own issuer for a session.
 *
 * Creates: the identity provider unless it exists, the role with its policy, and a boundary unless one is given.
 *
 * @throws pulumi.ResourceError naming every rejected setting; see {@link checkOidc}.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export class OidcAccess extends pulumi.ComponentResource {
  readonly signIn: pulumi.Output<OidcSignIn>;

  constructor(name: string, args: OidcAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:aws:OidcAccess", name, {}, opts);
    const { place, settings } = args;
    rejectBadInputs(this, name, checkOidc("settings", place, settings));

    const providerArn = settings.existingProvider
      ? issuerProviderArn(place, settings)
      : new aws.iam.OpenIdConnectProvider(
          `${name}-issuer`,
          { url: settings.issuer, clientIdLists: [settings.audience] },
          { parent: this },
        ).arn;
    const role = sessionRole(name, { ...args, trust: oidcTrust(place, settings) }, this);

    this.signIn = pulumi.output({
      kind: "oidc" as const,
      roleArn: role.arn,
      providerArn,
      issuer: settings.issuer,
      audience: settings.audience,
      maxSessionSeconds: settings.maxSessionSeconds ?? defaultSessionSeconds,
    });
    this.registerOutputs({ signIn: this.signIn });
  }
}

/** ARN of the issuer's provider, known before it exists. */
function issuerProviderArn(place: AwsPlace, { issuer }: OidcSettings): string {
  return accountArn(place, "iam", `oidc-provider/${issuer.replace("https://", "")}`);
}

/** Pins issuer and audience, and a subject, a tag, or both. */
export function oidcTrust(place: AwsPlace, settings: OidcSettings): Statement[] {
  const host = settings.issuer.replace("https://", "");
  const tags = Object.entries(settings.sessionTags ?? {});
  const pinned = [
    [`${host}:aud`, settings.audience],
    ...Object.entries(settings.claims ?? {}).map(([claim, value]) => [`${host}:${claim}`, value]),
    ...tags.map(([key, value]) => [`aws:RequestTag/${key}`, value]),
  ];
  return [
    {
      Sid: "CompanyIssuer",
      Effect: "Allow",
      Principal: { Federated: issuerProviderArn(place, settings) },
      Action:
        tags.length === 0
          ? "sts:AssumeRoleWithWebIdentity"
          : ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
      Condition: { StringEquals: Object.fromEntries(pinned) },
    },
  ];
}

/** Pure, so that the edge cases are tested without an engine. */
export function checkOidc(path: string, place: AwsPlace, settings: OidcSettings): Problem[] {
  const { claims = {}, sessionTags = {} } = settings;
  const problems = [
    ...issuerProblems(`${path}.issuer`, settings.issuer),
    ...textProblems(`${path}.audience`, settings.audience, "the client id tokens are issued to"),
    ...Object.entries(claims).flatMap(([claim, value]) =>
      claimProblems(`${path}.claims.${claim}`, claim, value),
    ),
    ...Object.entries(sessionTags).flatMap(([key, value]) => [
      ...textProblems(`${path}.sessionTags.${key}`, value, "the exact value of the tag"),
      ...wildcardProblems(`${path}.sessionTags`, key),
    ]),
    ...sessionProblems(`${path}.maxSessionSeconds`, settings.maxSessionSeconds, 3600, 43_200),
    ...roleSettingsProblems(path, place, settings),
  ];
  if (claims.sub === undefined && Object.keys(sessionTags).length === 0) {
    const reason =
      "nothing says who may sign in, so anyone with an account at the issuer could; give sessionTags (for example { group: cowork-eu }) or claims.sub";
    problems.push({ path, reason });
  }
  return problems;
}

function claimProblems(path: string, claim: string, value: string): Problem[] {
  if (claim === "aud") return [{ path, reason: "set `audience` instead" }];
  if (claim !== "sub" && claim !== "azp" && claim !== "amr") {
    const reason =
      "AWS exposes only aud, sub, azp and amr of a private issuer's token, so this condition would lock everyone out; let the issuer send the value as a session tag and pin it in sessionTags, or pin a tenant by its issuer address";
    return [{ path, reason }];
  }
  return textProblems(path, value, `the exact ${claim}`);
}

function issuerProblems(path: string, issuer: string | undefined): Problem[] {
  const missing = textProblems(path, issuer, "the https address in the token's iss");
  if (missing.length > 0 || issuer === undefined) return missing;
  const url = URL.parse(issuer);
  if (url === null) return [{ path, reason: `"${issuer}" is no address; write https://...` }];
  if (url.protocol !== "https:") {
    return [{ path, reason: `"${issuer}" is not https; AWS fetches the keys over https only` }];
  }
  if (issuer.endsWith("/")) {
    return [
      {
        path,
        reason: `"${issuer}" ends with a slash; write "${issuer.replace(/\/+$/, "")}", as the condition keys are named after it`,
      },
    ];
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    return [{ path, reason: "an issuer has no credentials, query or fragment" }];
  }
  if (url.port !== "") {
    return [{ path, reason: `"${issuer}" has a port; AWS does not accept one in an issuer` }];
  }
  return [];
}
