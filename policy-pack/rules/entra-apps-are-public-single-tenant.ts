import { madeBy } from "../arm-template.ts";
import { azureKind, isAzure } from "../azure-types.ts";
import { setting, settled } from "../azure-view.ts";
import { issuerKind } from "../federation-issuers.ts";
import { type Leaf, leavesOf } from "../leaves.ts";
import { textOf } from "../placement.ts";
import { defineRule, type Finding, fail, type Resource, undecidable } from "../rule.ts";
import { isUnknown, isUnknownRead, whenKnown } from "../unknown.ts";

type Judge = (resource: Resource) => readonly Finding[];

const index = (name: string) =>
  `azuread:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;

/** Resources that give an application a credential of its own. */
const CREDENTIALS: Readonly<Record<string, string>> = {
  [index("ApplicationPassword")]: "a password",
  [index("ApplicationCertificate")]: "a certificate",
  [index("ServicePrincipalPassword")]: "a password",
  [index("ServicePrincipalCertificate")]: "a certificate",
};

const JUDGES: Readonly<Record<string, Judge>> = {
  [index("Application")]: judgeApplication,
  [index("ApplicationRegistration")]: judgeAudience,
  [index("ApplicationRedirectUris")]: judgeRedirects,
  [index("ApplicationFederatedIdentityCredential")]: judgeApplicationTrust,
  [index("ApplicationFlexibleFederatedIdentityCredential")]: judgeFlexible,
  "azure-native:managedidentity:FederatedIdentityCredential": judgeCredential,
};

/** An identity's credential as ARM calls it: in a template, or made by a resource of any type. */
const IN_TEMPLATES = "managedidentity/userassignedidentities/federatedidentitycredentials";

/** What a workload at Azure signs in as, with an object id that Azure chooses. */
const IDENTITY = "managedidentity/UserAssignedIdentity";

const mayMakeOthers = (type: string) => isAzure(type) && azureKind(type).startsWith("resources/");

/** Applications people sign in to belong to one tenant and hold no secret, and nobody unnamed signs in for them. */
export const entraAppsArePublicSingleTenant = defineRule({
  name: "entra-apps-are-public-single-tenant",
  description:
    "Entra applications serve one tenant, hold no secret, and trust only the redirects and workloads they name.",
  remediation:
    "Set signInAudience AzureADMyOrg; register redirect URIs of type PublicClient with 127.0.0.1 instead of localhost; remove passwords and certificates and federate CI by an exact issuer and subject.",
  scope: "stack",
  appliesTo: (type) =>
    Object.hasOwn(JUDGES, type) || Object.hasOwn(CREDENTIALS, type) || mayMakeOthers(type),
  judge(resource) {
    if (mayMakeOthers(resource.type)) return judgeTemplates(resource);
    const credential = CREDENTIALS[resource.type];
    if (credential !== undefined) {
      return [
        fail(`it gives the application ${credential}, which a laptop cannot keep: sign people in`),
      ];
    }
    return JUDGES[resource.type]?.(resource) ?? [];
  },
});

/** What of a template cannot be seen at all is said by the rule over deployments. */
function judgeTemplates(resource: Resource): readonly Finding[] {
  return madeBy(resource)
    .views.filter(({ kind }) => kind === IN_TEMPLATES)
    .flatMap((view) =>
      settled(view, () => {
        const props = { issuer: setting(view, "issuer"), subject: setting(view, "subject") };
        return judgeCredential({ props });
      }),
    );
}

/** Absent, the provider asks for accounts of the own tenant (`signInAudience` of `@pulumi/azuread` 6.9.1). */
function judgeAudience({ props }: Resource): readonly Finding[] {
  return known(() => {
    const audience = props.signInAudience;
    if (audience === undefined || audience === "AzureADMyOrg") return [];
    return [fail(`\`signInAudience\` is ${String(audience)}: people of other tenants may sign in`)];
  });
}

/** The resource that holds everything at once, redirects and credentials included. */
function judgeApplication(resource: Resource): readonly Finding[] {
  const { props } = resource;
  return [
    ...judgeAudience(resource),
    ...known(() =>
      isGiven(props.password) ? [fail("`password` is given, which a laptop cannot keep")] : [],
    ),
    ...leavesOf(props).flatMap((leaf) => {
      const { path, text } = leaf;
      if (text === undefined && /^(?:web|web\.redirectUris)$/.test(path)) return [notKnown(path)];
      if (path.startsWith("web.redirectUris.")) return [web(`\`${path}\` is given`)];
      return PUBLIC_REDIRECT.test(path) ? judgeRedirect(leaf) : [];
    }),
  ];
}

/** Redirects of an application, or what holds them while it is not known. */
const PUBLIC_REDIRECT =
  /^(?:publicClient|singlePageApplication)(?:$|\.redirectUris$|\.redirectUris\.)/;

function judgeRedirects({ props }: Resource): readonly Finding[] {
  return [
    ...known(() => {
      if (props.type === "PublicClient" || props.type === "SPA") return [];
      if (props.type === "Web") return [web("`type` is Web")];
      const given = textOf(props.type);
      return [undecidable(given === undefined ? "`type` is absent" : `\`type\` is ${given}`)];
    }),
    ...leavesOf(props)
      .filter(({ path }) => path === "redirectUris" || path.startsWith("redirectUris."))
      .flatMap(judgeRedirect),
  ];
}

function web(lead: string): Finding {
  return fail(
    `${lead}: an application on the web needs a secret, and sign-in on a laptop fails with AADSTS7000218`,
  );
}

/** Where the answer to a sign-in may be sent. */
function judgeRedirect({ path, text }: Leaf): readonly Finding[] {
  if (text === undefined) return [notKnown(path)];
  const at = `\`${path}\` ${text}`;
  if (text.includes("*")) return [fail(`${at} is a pattern: name each address`)];
  const url = URL.parse(text);
  if (url === null) return [undecidable(`${at} is not an address`)];
  const host = url.hostname.toLowerCase().replace(/\.$/, "");
  if (host === "localhost" || host.endsWith(".localhost")) {
    return [
      fail(`${at}: whatever answers to that name gets the sign-in; use 127.0.0.1, as the app does`),
    ];
  }
  const isLoopback = host === "127.0.0.1" || host === "[::1]";
  return url.protocol === "http:" && !isLoopback
    ? [fail(`${at} sends the sign-in over a network in the clear`)]
    : [];
}

/** A workload that signs in instead of a secret: one issuer and one subject, both written out. */
function judgeCredential({ props }: Pick<Resource, "props">): readonly Finding[] {
  return [...judgeIssuer(props), ...judgeSubject(props)];
}

function judgeSubject(props: Resource["props"]): readonly Finding[] {
  return known(() => {
    const subject = textOf(props.subject);
    if (subject === undefined) return [undecidable("`subject` is absent")];
    return /[*?]/.test(subject)
      ? [fail(`\`subject\` ${subject} is a pattern: name one workload`)]
      : [];
  });
}

/** The same, where the one workload may be an identity this run makes: only then does Azure choose the subject. */
function judgeApplicationTrust(resource: Resource): readonly Finding[] {
  const { props } = resource;
  const isHidden = isUnknown(() => props.subject);
  return [
    ...judgeIssuer(props),
    ...(isHidden && isOwnIdentity(resource) ? [] : judgeSubject(props)),
  ];
}

/**
 * Whether a subject that is not known yet is one managed identity of this run, and the issuer the tenant it is made
 * in. A tenant nobody wrote down is no proof.
 * @see https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity (looked up 2026-11-21)
 */
function isOwnIdentity({ props, dependenciesOf }: Resource): boolean {
  const [identity, ...others] = dependenciesOf("subject");
  if (identity === undefined || others.length > 0) return false;
  if (!isAzure(identity.type) || azureKind(identity.type) !== IDENTITY) return false;
  const tenant = whenKnown(() => textOf(identity.providerProps?.tenantId));
  const issuer = whenKnown(() => textOf(props.issuer));
  return (
    tenant !== undefined &&
    issuer?.toLowerCase() === `https://login.microsoftonline.com/${tenant.toLowerCase()}/v2.0`
  );
}

/** An expression may match as many workloads as it likes, unless it only compares the subject with one text. */
function judgeFlexible({ props }: Resource): readonly Finding[] {
  return [
    ...judgeIssuer(props),
    ...known(() => {
      const text = textOf(props.claimsMatchingExpression);
      if (text === undefined) return [undecidable("`claimsMatchingExpression` is absent")];
      if (/^\s*claims\['sub'\]\s+eq\s+'[^'*?]+'\s*$/.test(text)) return [];
      const at = "`claimsMatchingExpression`";
      return /\bmatches\b/i.test(text)
        ? [fail(`${at} ${text} is a pattern: compare claims['sub'] with one text`)]
        : [undecidable(`${at} ${text} is not a comparison of claims['sub'] with one text`)];
    }),
  ];
}

function judgeIssuer(props: Resource["props"]): readonly Finding[] {
  return known(() => {
    const issuer = textOf(props.issuer);
    if (issuer === undefined) return [undecidable("`issuer` is absent")];
    if (/[*?]/.test(issuer)) return [fail(`\`issuer\` ${issuer} is a pattern: name one issuer`)];
    return issuerKind(issuer) === undefined
      ? [fail(`\`issuer\` ${issuer} is not the https address of an issuer`)]
      : [];
  });
}

function isGiven(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  return !Array.isArray(value) || value.length > 0;
}

/** What a judge says; a value it needs that is not known yet becomes a finding beside the others. */
function known(judge: () => readonly Finding[]): readonly Finding[] {
  try {
    return judge();
  } catch (error) {
    if (!isUnknownRead(error)) throw error;
    return [notKnown(error.props.map(String).join("."))];
  }
}

function notKnown(path: string): Finding {
  return { status: "not-proven", message: `\`${path}\` is not known yet` };
}
