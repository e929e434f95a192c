import type { Pin } from "./cel-pins.ts";

/** What is known of who signs tokens. */
export interface IssuerKind {
  /** Whom the issuer signs for, in a sentence that goes on after its address. */
  readonly signs: string;
  /** Claims one of which must be pinned; empty when no claim could name one customer for good. */
  readonly tenantClaims: readonly string[];
  /** Besides a tenant, one group, person or application has to be pinned. */
  readonly tenantIsNotEnough?: true;
  /** Claims that have one value for everybody of this issuer, or of the tenant. */
  readonly sameForAll?: readonly string[];
}

/**
 * Issuers whose tokens anyone can have, by host. Only ids that are never given to another name a tenant; pages
 * read 2026-11-21.
 */
const shared: Readonly<Record<string, IssuerKind>> = {
  // https://docs.github.com/actions/reference/security/oidc
  "token.actions.githubusercontent.com": {
    signs: "signs for every GitHub repository",
    tenantClaims: ["repository_id", "repository_owner_id"],
  },
  // https://docs.gitlab.com/ci/secrets/id_token_authentication
  "gitlab.com": {
    signs: "signs for every GitLab project",
    tenantClaims: ["project_id", "namespace_id"],
  },
  // https://developers.google.com/identity/openid-connect/openid-connect
  "accounts.google.com": {
    signs: "signs in every Google account",
    tenantClaims: ["hd", "sub"],
  },
  // https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens
  "app.terraform.io": {
    signs: "signs for every HCP Terraform organization",
    tenantClaims: ["terraform_organization_id", "terraform_project_id", "terraform_workspace_id"],
  },
  // https://buildkite.com/docs/pipelines/security/oidc
  "agent.buildkite.com": {
    signs: "signs for every Buildkite organization",
    tenantClaims: ["organization_id", "pipeline_id"],
  },
  // https://vercel.com/docs/oidc/reference
  "oidc.vercel.com": {
    signs: "signs for every Vercel team",
    tenantClaims: ["owner_id", "project_id"],
  },
  // https://www.pulumi.com/docs/esc/providers/login/debug-oidc-claims/
  "api.pulumi.com": {
    signs: "signs for every Pulumi organization",
    tenantClaims: ["https://pulumi.com/org_id"],
  },
  "github.com": { signs: "signs in every GitHub account", tenantClaims: ["sub"] },
  "login.live.com": { signs: "signs in every personal Microsoft account", tenantClaims: ["sub"] },
  "appleid.apple.com": { signs: "signs in every Apple account", tenantClaims: ["sub"] },
  "www.facebook.com": { signs: "signs in every Facebook account", tenantClaims: ["sub"] },
};

/** https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud (read 2026-11-21) */
const entraHosts: readonly string[] = [
  "login.microsoftonline.com",
  "login.microsoftonline.us",
  "login.partner.microsoftonline.cn",
  "sts.windows.net",
];
/** The tenant of all personal accounts. */
const personalTenant = "9188040d-6c67-4c5b-b112-36a304b66dad";
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const own: IssuerKind = { signs: "signs for everybody of its company", tenantClaims: [] };

/** Who an issuer signs for; `undefined` when its address cannot be read. */
export function issuerKind(issuer: string): (IssuerKind & { readonly many: boolean }) | undefined {
  const url = URL.parse(issuer);
  if (url === null || url.protocol !== "https:" || url.hostname === "") return undefined;
  const host = url.hostname.replace(/\.$/, "");
  const [place = ""] = url.pathname.split("/").slice(1);
  if (entraHosts.includes(host)) return entra(place.toLowerCase());
  // The address of Azure DevOps holds the organization's id.
  if (host === "vstoken.dev.azure.com" && !uuid.test(place)) {
    return { signs: "names no organization of Azure DevOps", tenantClaims: [], many: true };
  }
  const found = Object.hasOwn(shared, host) ? shared[host] : undefined;
  return found === undefined ? { ...own, many: false } : { ...found, many: true };
}

function entra(tenant: string): IssuerKind & { readonly many: boolean } {
  if (tenant === "consumers" || tenant === personalTenant) {
    const signs = "signs in every personal Microsoft account";
    return { signs, tenantClaims: ["oid", "sub"], many: true };
  }
  const sameForAll = ["tid"];
  // Anything that is no tenant's id: common, organizations, or a domain whose owner may change.
  return uuid.test(tenant)
    ? { signs: "signs for everybody of its tenant", tenantClaims: [], sameForAll, many: false }
    : {
        signs: "signs in people of every Entra tenant",
        tenantClaims: ["tid"],
        tenantIsNotEnough: true,
        sameForAll,
        many: true,
      };
}

/** Whether a pin names one tenant of an issuer that serves many. */
export function pinsTenant({ tenantClaims }: IssuerKind, { claim, value, how }: Pin): boolean {
  const [name = "", ...below] = claim;
  if (how !== "equals" || below.length > 0 || !tenantClaims.includes(name)) return false;
  return name !== "tid" || (uuid.test(value) && value.toLowerCase() !== personalTenant);
}

/** About the token and not about who holds it: the same for everybody, or chosen by whoever asks for it. */
const aboutTheToken: ReadonlySet<string> = new Set([
  ...["iss", "aud", "exp", "iat", "nbf", "jti", "nonce", "auth_time", "acr", "amr", "ver", "typ"],
  ...["token_type", "email_verified", "phone_number_verified", "at_hash", "c_hash", "s_hash"],
  ...["rh", "uti", "aio", "sid", "scp", "scope"],
]);
/** Claims that name the application: for people that is the desktop application, the same for all of them. */
const application: readonly string[] = ["azp", "appid", "client_id", "cid"];
/** Claims known to be lists; in any other `'x' in claim` may ask for a key of a map, which everybody has. */
const lists = /^(?:.*[:/_-])?(?:groups?|roles?|wids|entitlements|memberof|member_of)$/i;

/** Whether a pin sets some of an issuer's tokens apart from the rest. */
export function pinsSomebody(
  kind: IssuerKind,
  pin: Pin,
  about: { readonly people: boolean; readonly groups: readonly string[] | undefined },
): boolean {
  const [name = "", ...below] = pin.claim;
  if (aboutTheToken.has(name) || kind.sameForAll?.includes(name)) return false;
  if (about.people && application.includes(name)) return false;
  switch (pin.how) {
    case "equals":
      return true;
    case "member":
      return (
        (name === "attributes" && below.length === 1) ||
        lists.test(pin.claim.at(-1) ?? "") ||
        pin.claim.join("\0") === about.groups?.join("\0")
      );
    case "prefix":
      // A role of one account, to its end: https://docs.cloud.google.com/iam/docs/workload-identity-federation-with-other-clouds
      return (
        name === "arn" &&
        /^arn:aws[a-z-]*:sts::\d{12}:assumed-role\/[^/]+\/$/.test(pin.value) &&
        below.length === 0
      );
  }
}

/** Names people and repositories can change or leave to others. */
const changing: ReadonlySet<string> = new Set([
  ...["email", "mail", "upn", "unique_name", "preferred_username", "username", "user_name"],
  ...["login", "name", "display_name", "displayname", "nickname", "given_name", "family_name"],
  ...["phone_number", "user_login", "user_email", "samaccountname", "userprincipalname"],
  ...["actor", "repository", "repository_owner", "project_path", "namespace_path"],
]);
const lasting: ReadonlySet<string> = new Set(["sub", "oid", "arn", "objectguid", "entryuuid"]);

/** Whether what a claim says stays with one person or workload; `undefined` when that is not known. */
export function staysWithOne(claim: string): boolean | undefined {
  const name = claim.toLowerCase();
  if (changing.has(name) || /\/claims\/(emailaddress|upn|name)$/.test(name)) return false;
  return lasting.has(name) || /(?:^|_)u?id$/.test(name) ? true : undefined;
}
