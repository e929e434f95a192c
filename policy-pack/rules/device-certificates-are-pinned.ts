import { parseDocument, type Statement } from "../iam-document.ts";
import { defineRule, type Finding, fail, undecidable } from "../rule.ts";

/** Operators that hold only when the key is there; the `IfExists` and `ForAllValues` forms pass without it. */
const HOLDING: ReadonlySet<string> = new Set([
  "StringEquals",
  "StringEqualsIgnoreCase",
  "StringLike",
  "ForAnyValue:StringEquals",
  "ForAnyValue:StringEqualsIgnoreCase",
  "ForAnyValue:StringLike",
]);

/** What Roles Anywhere reads from a certificate: fields as tags, the common name as source identity. */
const FROM_CERTIFICATE =
  /^(aws:(principaltag|requesttag)\/x509(subject|issuer|san)\/|sts:sourceidentity$)/;

/** A role that certificates open says which certificates, and whose trust anchors. */
export const deviceCertificatesArePinned = defineRule({
  name: "device-certificates-are-pinned",
  description:
    "Trust policies for Roles Anywhere pin a certificate's fields and the account or trust anchor.",
  remediation:
    "Add StringEquals on aws:PrincipalTag/x509Subject/<field>, and on aws:SourceAccount or aws:SourceArn.",
  scope: "resource",
  appliesTo: (type) => type === "aws:iam/role:Role",
  judge({ props }) {
    const parsed = parseDocument(props.assumeRolePolicy);
    if ("problem" in parsed) return [undecidable(`\`assumeRolePolicy\`: ${parsed.problem}`)];
    return parsed.statements.filter(opensToCertificates).flatMap(judgeStatement);
  },
});

function opensToCertificates({ effect, principals, hasNotPrincipal }: Statement): boolean {
  if (effect === "Deny") return false;
  const services = principals.Service ?? [];
  return (
    hasNotPrincipal ||
    services.some((service) => service === "*" || service.startsWith("rolesanywhere."))
  );
}

function judgeStatement(statement: Statement): readonly Finding[] {
  const at = `\`assumeRolePolicy\` ${statement.label}`;
  const pinned = (key: (name: string) => boolean) =>
    Object.entries(statement.conditions).some(([operator, tests]) =>
      Object.entries(tests).some(
        ([name, values]) =>
          key(name) && values.length > 0 && values.every((value) => pins(operator, name, value)),
      ),
    );
  return [
    ...(pinned((name) => FROM_CERTIFICATE.test(name))
      ? []
      : [
          fail(
            `${at} pins no field of the certificate: every one the authority issued may sign in`,
          ),
        ]),
    ...(pinned((name) => name === "aws:sourceaccount" || name === "aws:sourcearn")
      ? []
      : [
          fail(
            `${at} pins neither aws:SourceAccount nor aws:SourceArn: any account's anchor may do`,
          ),
        ]),
  ];
}

/** A pattern may end a value, never stand for all of it; in an ARN it may not stand for the account. */
function pins(operator: string, name: string, value: string): boolean {
  if (value.includes("${")) return false;
  if (name === "aws:sourcearn") {
    return (
      (HOLDING.has(operator) || operator === "ArnEquals" || operator === "ArnLike") &&
      /^arn:[a-z-]+:rolesanywhere:[a-z0-9-]+:\d{12}:trust-anchor\/./.test(value)
    );
  }
  if (name === "aws:sourceaccount") return HOLDING.has(operator) && /^\d{12}$/.test(value);
  return HOLDING.has(operator) && /^[^*?]/.test(value);
}
