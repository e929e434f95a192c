import { matches } from "../iam-actions.ts";
import { parseDocument, type Statement } from "../iam-document.ts";
import { pinsPrincipals } from "../principal-pins.ts";
import { defineRule, type Finding, fail, undecidable } from "../rule.ts";
import { issuerOf, pinsExactly, pinsSomebody } from "../trusted-tokens.ts";

/** Actions by which somebody becomes the role; the tags and names that go with it open nothing. */
const WEB = "sts:AssumeRoleWithWebIdentity";
const SAML = "sts:AssumeRoleWithSAML";
const ASSUMING = ["sts:AssumeRole", WEB, SAML];

/** Nobody becomes a role just by having an account somewhere. */
export const rolesNameWhomTheyTrust = defineRule({
  name: "roles-name-whom-they-trust",
  description:
    "Trust policies name who may assume a role: no open principal, and tokens by client and holder.",
  remediation:
    "Name principals, or pin them with aws:PrincipalOrgID or aws:PrincipalAccount; for tokens add StringEquals on the issuer's aud and on its sub or a session tag (aws:RequestTag/<key>), for SAML on SAML:aud.",
  scope: "resource",
  appliesTo: (type) => type === "aws:iam/role:Role",
  judge({ props }) {
    const parsed = parseDocument(props.assumeRolePolicy);
    if ("problem" in parsed) return [undecidable(`\`assumeRolePolicy\`: ${parsed.problem}`)];
    return parsed.statements
      .filter((statement) => statement.effect === "Allow" && ASSUMING.some(allowedBy(statement)))
      .flatMap(judgeStatement);
  },
});

function allowedBy({ actions, notActions }: Statement): (action: string) => boolean {
  return (action) =>
    actions.some((pattern) => matches(pattern, action)) ||
    (notActions.length > 0 && !notActions.some((pattern) => matches(pattern, action)));
}

function judgeStatement(statement: Statement): readonly Finding[] {
  const at = `\`assumeRolePolicy\` ${statement.label}`;
  if (statement.hasNotPrincipal) return [fail(`${at} trusts everybody but those it names`)];
  const trusted = Object.entries(statement.principals).flatMap(([kind, values]) =>
    values.map((value) => ({ kind, value })),
  );
  if (trusted.length === 0) return [undecidable(`${at} names no Principal`)];
  return trusted.flatMap(({ kind, value }) => judgePrincipal(at, kind, value, statement));
}

function judgePrincipal(
  at: string,
  kind: string,
  value: string,
  statement: Statement,
): readonly Finding[] {
  const open = /[*?]/.test(value);
  switch (kind) {
    case "*":
    case "AWS":
      return open && !pinsPrincipals(statement)
        ? [fail(`${at} trusts any principal ("${value}") of any account`)]
        : [];
    case "Service":
      // Certificates, which come through a service, are judged by device-certificates-are-pinned.
      return open ? [fail(`${at} trusts any service ("${value}")`)] : [];
    case "CanonicalUser":
      return [];
    case "Federated":
      return open
        ? [fail(`${at} trusts any issuer ("${value}")`)]
        : judgeIssuer(at, value, statement);
    default:
      return [undecidable(`${at} trusts a kind of principal this rule does not know, "${kind}"`)];
  }
}

function judgeIssuer(at: string, principal: string, statement: Statement): readonly Finding[] {
  const issuer = issuerOf(principal);
  if (issuer === undefined) {
    return [
      undecidable(`${at} trusts an issuer in a form this rule does not know, "${principal}"`),
    ];
  }
  const allowed = allowedBy(statement);
  if (issuer.kind === "saml") {
    return allowed(SAML) && !pinsExactly(statement, "saml:aud")
      ? [fail(`${at} does not pin SAML:aud: assertions made for somebody else may sign in`)]
      : [];
  }
  if (!allowed(WEB)) return [];
  const { host } = issuer;
  return [
    ...(pinsExactly(statement, `${host}:aud`)
      ? []
      : [fail(`${at} does not pin ${host}:aud: tokens made for any client may sign in`)]),
    ...(pinsSomebody(statement, host)
      ? []
      : [
          fail(
            `${at} pins neither ${host}:sub nor a session tag: anyone with an account at the issuer may sign in`,
          ),
        ]),
  ];
}
