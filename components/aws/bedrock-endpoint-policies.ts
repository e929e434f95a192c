import {
  bearerStatements,
  type Grant,
  guardrailStatements,
  invokeStatements,
  lookupStatements,
  mantleStatements,
} from "./bedrock-statements.ts";
import { policyText, type Statement } from "./policy-text.ts";

/** Services a route may have an interface endpoint for. */
export type EndpointService =
  | "bedrock-runtime"
  | "bedrock"
  | "bedrock-mantle"
  | "sts"
  | "logs"
  | "kms"
  | "rolesanywhere";

/** How a laptop's session comes about, as far as the `sts` endpoint sees it. */
export type SessionStart =
  /** The sign-in passes no endpoint of the route (Identity Center's portal). */
  | { readonly kind: "elsewhere" }
  /** An identity provider's token is exchanged for this role. */
  | { readonly kind: "web-identity"; readonly roleArn: string; readonly sessionTags: boolean }
  /** A certificate with these subject fields is exchanged at one of these trust anchors. */
  | {
      readonly kind: "device-certificate";
      readonly trustAnchorArns: string;
      readonly subject: Readonly<Record<string, string>>;
    }
  /** This principal assumes this role. */
  | { readonly kind: "assume-role"; readonly roleArn: string; readonly principalArn: string };

/** What the endpoint policies need besides the grant. */
export interface EndpointScope {
  readonly session: SessionStart;
  /** ARN of the invocation log group, without `:*`. */
  readonly logGroupArn: string;
  /** Alias of the route's key, `alias/...`: the key's own id is not known before it exists. */
  readonly keyAlias: string;
}

/**
 * The policy text of every endpoint service the grant uses, from the same model as the role's policy.
 * A service that is absent is not used: it needs no endpoint.
 *
 * Interface endpoint policies cannot name an account as principal and mean its roles: AWS reads an
 * account there as the root user only. The principal is therefore `{"AWS": "*"}`, and every statement
 * carries a condition that limits it to the account or organization.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function endpointPolicies(
  grant: Grant,
  scope: EndpointScope,
): Partial<Record<EndpointService, string>> {
  const own = (statements: readonly Statement[]) => policyText(forOwnPrincipals(grant, statements));
  return {
    "bedrock-runtime": own(runtimeStatements(grant)),
    ...(grant.profileLookup ? { bedrock: own(lookupStatements(grant)) } : {}),
    ...(grant.mantle === undefined ? {} : { "bedrock-mantle": own(mantleAllows(grant)) }),
    sts: policyText([
      ...forOwnPrincipals(grant, [whoAmI]),
      ...sessionStatements(grant, scope.session),
    ]),
    logs: own([readLogs(scope.logGroupArn)]),
    kms: own([useKey(grant, scope.keyAlias)]),
    ...(scope.session.kind === "device-certificate"
      ? { rolesanywhere: policyText([exchangeCertificate(scope.session)]) }
      : {}),
  };
}

/** In-region inference and the short-term token it is called with. */
export function mantleAllows(grant: Grant): Statement[] {
  return [
    ...mantleStatements(grant),
    ...bearerStatements(grant).filter(({ Sid }) => Sid === "ShortTermTokenMantle"),
  ];
}

/**
 * AWS judges this policy before it has authenticated the certificate, so the principal must be `*` and no
 * condition on a principal can hold. What ties the call are the account's own trust anchors and the
 * certificate's subject, under the names of the trust policy with another prefix.
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/vpc-interface-endpoints.html (CreateSession
 *   is judged since May 2026; looked up 2026-11-21)
 */
function exchangeCertificate({
  trustAnchorArns,
  subject,
}: Extract<SessionStart, { kind: "device-certificate" }>): Statement {
  const fields = Object.entries(subject).map(([field, value]) => [
    `rolesanywhere:x509Subject/${field}`,
    value,
  ]);
  return {
    Sid: "ExchangeCertificate",
    Effect: "Allow",
    Principal: "*",
    Action: "rolesanywhere:CreateSession",
    Resource: trustAnchorArns,
    Condition: { StringEquals: Object.fromEntries(fields) },
  };
}

/** The role's allows only: an endpoint policy grants nothing by itself, so what it leaves out is refused. */
function runtimeStatements(grant: Grant): Statement[] {
  const { onlyThroughEndpointId: _, ...anyEndpoint } = grant;
  return [
    ...invokeStatements(anyEndpoint),
    ...guardrailStatements(grant),
    ...bearerStatements(grant).filter(({ Sid }) => Sid === "ShortTermToken"),
  ];
}

function forOwnPrincipals(grant: Grant, statements: readonly Statement[]): Statement[] {
  const own: Record<string, string> =
    grant.organizationId === undefined
      ? { "aws:PrincipalAccount": grant.accountId }
      : { "aws:PrincipalOrgID": grant.organizationId };
  return statements.map((statement) => withPrincipal(statement, own));
}

function withPrincipal(statement: Statement, limits: Readonly<Record<string, string>>): Statement {
  const { Sid, Effect, Action, Resource, Condition } = statement;
  const merged: Statement["Condition"] = {
    ...Condition,
    StringEquals: { ...Condition?.StringEquals, ...limits },
  };
  return {
    Sid,
    Effect,
    Principal: { AWS: "*" },
    Action,
    ...(Resource === undefined ? {} : { Resource }),
    Condition: merged,
  };
}

const whoAmI: Statement = {
  Sid: "WhoAmI",
  Effect: "Allow",
  Action: "sts:GetCallerIdentity",
  Resource: "*",
};

/**
 * A web identity call carries no AWS principal yet, so no condition on the principal can ever hold: it is
 * limited by the exact role and, once more, by the account that owns the role. Who may take the role is
 * the trust policy's business.
 */
function sessionStatements(grant: Grant, session: SessionStart): Statement[] {
  switch (session.kind) {
    case "elsewhere":
    case "device-certificate":
      return [];
    case "web-identity":
      return [
        withPrincipal(
          {
            Sid: "ExchangeToken",
            Effect: "Allow",
            Action: session.sessionTags
              ? ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]
              : "sts:AssumeRoleWithWebIdentity",
            Resource: session.roleArn,
          },
          { "aws:ResourceAccount": grant.accountId },
        ),
      ];
    case "assume-role":
      return [
        withPrincipal(
          {
            Sid: "AssumeRole",
            Effect: "Allow",
            Action: ["sts:AssumeRole", "sts:TagSession"],
            Resource: session.roleArn,
          },
          {
            "aws:PrincipalArn": session.principalArn,
            "aws:ResourceAccount": grant.accountId,
          },
        ),
      ];
  }
}

function readLogs(logGroupArn: string): Statement {
  return {
    Sid: "ReadInvocationLog",
    Effect: "Allow",
    Action: ["logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents"],
    Resource: [logGroupArn, `${logGroupArn}:*`],
  };
}

function useKey(grant: Grant, keyAlias: string): Statement {
  return {
    Sid: "ReadWithOwnKey",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:DescribeKey"],
    Resource: `arn:${grant.partition}:kms:${grant.region}:${grant.accountId}:key/*`,
    Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": keyAlias } },
  };
}
