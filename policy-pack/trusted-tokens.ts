import type { Statement } from "./iam-document.ts";

/** Operators that hold only when the key is there and has one of the texts given. */
const EXACT: ReadonlySet<string> = new Set([
  "StringEquals",
  "StringEqualsIgnoreCase",
  "ForAnyValue:StringEquals",
  "ForAnyValue:StringEqualsIgnoreCase",
]);
const PATTERN: ReadonlySet<string> = new Set(["StringLike", "ForAnyValue:StringLike"]);

/** Issuers a trust policy names by host instead of by a provider's ARN. */
const BUILT_IN: ReadonlySet<string> = new Set([
  "accounts.google.com",
  "cognito-identity.amazonaws.com",
]);

/**
 * Claims that say who holds the token. `azp` and `amr` do not: they name the client and how somebody signed in.
 * A claim AWS does not take from the issuer locks everyone out, so that listing one opens nothing.
 */
const WHO: readonly string[] = [
  "sub",
  "repository",
  "repository_id",
  "repository_owner",
  "repository_owner_id",
  "job_workflow_ref",
];

/** What signs people in at a `Federated` principal. */
export type Issuer =
  | { readonly kind: "saml" }
  /** `host` is the issuer without `https://`, in lower case, as condition keys are compared. */
  | { readonly kind: "web"; readonly host: string };

/** The issuer a `Federated` principal names; `undefined` for a form that is not known. */
export function issuerOf(principal: string): Issuer | undefined {
  const [, kind, named] =
    /^arn:[a-z-]+:iam::\d{12}:(oidc|saml)-provider\/([^*?$]+)$/.exec(principal) ?? [];
  if (kind === "saml") return { kind };
  const host = (named ?? principal).toLowerCase();
  return named !== undefined || BUILT_IN.has(host) ? { kind: "web", host } : undefined;
}

/** Whether a statement compares a key with fixed text, in a way that fails when the key is absent. */
export function pinsExactly(statement: Statement, key: string): boolean {
  return pins(statement, (operator, name, value) => {
    return name === key && EXACT.has(operator) && isFixed(value);
  });
}

/** Whether a statement says who of a host's people may sign in: by a claim, or a session tag the issuer sends. */
export function pinsSomebody(statement: Statement, host: string): boolean {
  const claims = new Set(WHO.map((claim) => `${host}:${claim}`));
  return pins(statement, (operator, name, value) => {
    if (name === `${host}:sub` && PATTERN.has(operator)) return namesOwner(value);
    return (
      EXACT.has(operator) &&
      isFixed(value) &&
      (claims.has(name) || name.startsWith("aws:requesttag/"))
    );
  });
}

function pins(
  { conditions }: Statement,
  pin: (operator: string, name: string, value: string) => boolean,
): boolean {
  return Object.entries(conditions).some(([operator, tests]) =>
    Object.entries(tests).some(
      ([name, values]) => values.length > 0 && values.every((value) => pin(operator, name, value)),
    ),
  );
}

/** A policy variable stands for text the caller may choose. */
function isFixed(value: string): boolean {
  return value !== "" && !value.includes("${");
}

/** `repo:acme/*` and `organization:acme:*` name whose subjects they are; `repo:*` and `repo:acme*` do not. */
function namesOwner(pattern: string): boolean {
  if (!isFixed(pattern)) return false;
  const [fixed = ""] = pattern.split(/[*?]/);
  return fixed === pattern || /^[^:]+:[^:/]+[:/]/.test(fixed);
}
