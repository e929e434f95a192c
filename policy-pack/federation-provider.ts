import { type Cel, parseCel } from "./cel.ts";
import { type Pin, type Standing, standingOf } from "./cel-pins.ts";
import {
  type IssuerKind,
  issuerKind,
  pinsSomebody,
  pinsTenant,
  staysWithOne,
} from "./federation-issuers.ts";
import { readersOf } from "./lists.ts";
import { textOf } from "./placement.ts";
import { type Finding, fail, type Resource, undecidable } from "./rule.ts";
import { isUnknownRead, orNotProven } from "./unknown.ts";

const PEOPLE = "gcp:iam/workforcePoolProvider:WorkforcePoolProvider";
const WORKLOADS = "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider";

/** Whether a type makes identities of a third party known to Google Cloud. */
export function isFederationProvider(type: string): boolean {
  return type === PEOPLE || type === WORKLOADS;
}

type Issuer = (IssuerKind & { readonly many: boolean }) | undefined;

/** What is wrong with whom a provider trusts. A provider that is switched off trusts nobody. */
export function judgeProvider(resource: Resource): readonly Finding[] {
  const { props } = resource;
  if (isOff(props)) return [];
  const findings = [judgeIssuer, judgeAudience, judgeCondition, judgeSubject].flatMap((judge) =>
    orNotProven(() => judge(resource)),
  );
  // Several parts may wait for the same unknown value.
  return findings.filter(
    ({ message }, index) => findings.findIndex((other) => other.message === message) === index,
  );
}

/** A switch that is not known yet is taken for on. */
function isOff(props: Resource["props"]): boolean {
  try {
    return props.disabled === true;
  } catch (error) {
    if (isUnknownRead(error)) return false;
    throw error;
  }
}

function judgeIssuer({ props }: Resource): readonly Finding[] {
  const issuer = issuerOf(props);
  return "finding" in issuer ? [issuer.finding] : [];
}

const elsewhere: IssuerKind & { readonly many: boolean } = {
  signs: "signs for everybody it knows",
  tenantClaims: [],
  many: false,
};

/** Providers of SAML, AWS accounts and certificates name their one party in a block of their own. */
function issuerOf(
  props: Resource["props"],
): { readonly kind: NonNullable<Issuer>; readonly name: string } | { readonly finding: Finding } {
  const oidc = blockOf(props.oidc);
  if (oidc === undefined) {
    if (blockOf(props.saml) !== undefined) return { kind: elsewhere, name: "the SAML provider" };
    if (blockOf(props.aws) !== undefined) {
      return { kind: { ...elsewhere, sameForAll: ["account"] }, name: "the AWS account" };
    }
    return blockOf(props.x509) === undefined
      ? { finding: undecidable("neither `oidc`, `saml`, `aws` nor `x509` says whom it trusts") }
      : { kind: elsewhere, name: "the certificate authority" };
  }
  const address = textOf(oidc.issuerUri);
  if (address === undefined) return { finding: undecidable("`oidc.issuerUri` is absent") };
  const kind = issuerKind(address);
  return kind === undefined
    ? { finding: undecidable(`\`oidc.issuerUri\` "${address}" is no https address`) }
    : { kind, name: address };
}

function judgeAudience({ type, props }: Resource): readonly Finding[] {
  const oidc = blockOf(props.oidc);
  if (oidc === undefined) return [];
  if (type === PEOPLE) {
    return textOf(oidc.clientId) === undefined
      ? [fail("`oidc.clientId` is absent: a token for any application of the issuer would do")]
      : [];
  }
  // Without a list Google takes the provider's own name and nothing else.
  const { allowedAudiences = [] } = oidc;
  if (!Array.isArray(allowedAudiences)) return [undecidable("`oidc.allowedAudiences` is no list")];
  return readersOf(allowedAudiences).flatMap((read, index) =>
    orNotProven(() => {
      const audience = textOf(read());
      return audience === undefined || /[*?]/.test(audience)
        ? [fail(`\`oidc.allowedAudiences.${index}\` is no exact audience`)]
        : [];
    }),
  );
}

function judgeCondition({ type, props }: Resource): readonly Finding[] {
  const issuer = issuerOf(props);
  // Reported by judgeIssuer.
  if ("finding" in issuer) return [];
  const { kind, name } = issuer;
  const text = textOf(props.attributeCondition)?.trim();
  if (text === undefined || text === "") {
    return [fail(`\`attributeCondition\` is absent, and ${name} ${kind.signs}`)];
  }
  const condition = parseCel(text);
  if ("problem" in condition) {
    return [undecidable(`\`attributeCondition\` proves nothing: ${condition.problem}`)];
  }
  const mapped = mappingReader(props);
  const groups = mapped("google.groups");
  const about = {
    people: type === PEOPLE,
    groups: groups?.kind === "path" && groups.root === "assertion" ? groups.steps : undefined,
  };
  const ask = (counts: (pin: Pin) => boolean) => standingOf(condition, { counts, mapped });
  const somebody = ask((pin) => pinsSomebody(kind, pin, about));
  if (!kind.many) return conditionFindings(somebody, `${name} ${kind.signs}`);
  const tenant = ask((pin) => pinsTenant(kind, pin));
  if (holds(tenant)) {
    return kind.tenantIsNotEnough
      ? conditionFindings(somebody, "the tenant is pinned, but nobody in it")
      : [];
  }
  if (tenant === "unclear") return conditionFindings(tenant, "");
  const claims = kind.tenantClaims.map((claim) => `\`${claim}\``).join(" or ");
  const cure = claims === "" ? "name the organization's id in the issuer" : `pin ${claims}`;
  return [fail(`\`attributeCondition\` lets in others: ${name} ${kind.signs}; ${cure}`)];
}

function conditionFindings(standing: Standing, why: string): readonly Finding[] {
  if (holds(standing)) return [];
  if (standing === "always") {
    return [fail(`\`attributeCondition\` is true for everybody, and ${why}`)];
  }
  return standing === "open"
    ? [fail(`\`attributeCondition\` can hold without any claim that tells people apart: ${why}`)]
    : [undecidable("`attributeCondition` has a part in a form that proves nothing")];
}

function holds(standing: Standing): boolean {
  return standing === "pins" || standing === "never";
}

function judgeSubject({ props }: Resource): readonly Finding[] {
  const mapping = blockOf(props.attributeMapping);
  if (mapping?.["google.subject"] === undefined) {
    // Google maps AWS principals by itself, and refuses any other provider without a subject.
    return blockOf(props.oidc) === undefined
      ? []
      : [undecidable("`attributeMapping` does not say what `google.subject` is")];
  }
  const text = textOf(mapping["google.subject"]);
  const at = "`attributeMapping` takes `google.subject` from";
  const parsed = text === undefined ? undefined : parseCel(text);
  if (parsed === undefined || "problem" in parsed) {
    return [undecidable(`${at} "${text ?? ""}", which cannot be read`)];
  }
  const claims = claimsIn(parsed);
  const unfit = claims.find((claim) => staysWithOne(claim) === false);
  if (unfit !== undefined) {
    return [fail(`${at} \`${unfit}\`, which can change or pass to somebody else`)];
  }
  // What a NameID holds is set at the SAML provider and seen nowhere here.
  if (blockOf(props.saml) !== undefined || blockOf(props.x509) !== undefined) return [];
  return claims.length > 0 &&
    isOfClaims(parsed) &&
    claims.every((claim) => staysWithOne(claim) === true)
    ? []
    : [undecidable(`${at} "${text}", of which nothing shows that it stays with one identity`)];
}

/** A claim, or claims and fixed text put together. */
function isOfClaims(cel: Cel): boolean {
  if (cel.kind === "path") return cel.root === "assertion" && cel.steps.length > 0;
  if (cel.kind === "constant") return true;
  return (
    cel.kind === "binary" && cel.operator === "+" && isOfClaims(cel.left) && isOfClaims(cel.right)
  );
}

function claimsIn(cel: Cel): readonly string[] {
  switch (cel.kind) {
    case "path":
      return cel.root === "assertion" ? [cel.steps.join(".")] : [];
    case "constant":
      return [];
    case "list":
      return cel.items.flatMap(claimsIn);
    case "not":
      return claimsIn(cel.of);
    case "binary":
      return [...claimsIn(cel.left), ...claimsIn(cel.right)];
    case "choice":
      return [cel.test, cel.yes, cel.no].flatMap(claimsIn);
    case "call":
      return [...(cel.on === undefined ? [] : [cel.on]), ...cel.args].flatMap(claimsIn);
  }
}

function mappingReader(props: Resource["props"]): (name: string) => Cel | undefined {
  const mapping = blockOf(props.attributeMapping) ?? {};
  return (name) => {
    const text = Object.hasOwn(mapping, name) ? textOf(mapping[name]) : undefined;
    const parsed = text === undefined ? undefined : parseCel(text);
    return parsed === undefined || "problem" in parsed ? undefined : parsed;
  };
}

function blockOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
