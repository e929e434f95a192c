import type { Problem } from "../../../residency/problem.ts";
import { issuerAddressProblems, textProblems } from "./check-values.ts";

/**
 * Hosts of Microsoft Entra ID, one a cloud.
 * https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud (read 2026-11-21)
 */
const entraHosts: readonly string[] = [
  "login.microsoftonline.com",
  "login.microsoftonline.us",
  "login.partner.microsoftonline.cn",
];

/** Tenants that are no company: any of them, or the one of all personal accounts. */
const sharedTenants: readonly string[] = [
  "common",
  "organizations",
  "consumers",
  "9188040d-6c67-4c5b-b112-36a304b66dad",
];

/** Issuers whose tokens anyone can have; the token's audience alone keeps nobody out. */
const publicIssuers: Readonly<Record<string, string>> = {
  "accounts.google.com":
    "signs in every Google account; for people with Google accounts use access kind google-group",
  "token.actions.githubusercontent.com":
    "signs for workflows of every GitHub repository and for no person; CI belongs in deployer",
  "github.com": "is open to every GitHub account",
  "gitlab.com": "is open to every GitLab account; CI belongs in deployer",
  "vstoken.dev.azure.com": "signs for pipelines and for no person; CI belongs in deployer",
  "app.terraform.io": "signs for runs of every organization and for no person",
  "login.live.com": "is open to every personal Microsoft account",
  "appleid.apple.com": "is open to every Apple account",
  "www.facebook.com": "is open to every Facebook account",
  "sts.windows.net":
    "signs Entra ID's older tokens; write https://login.microsoftonline.com/TENANT/v2.0",
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether people of the issuer are Entra ID's. */
export function isEntraIssuer(issuer: string): boolean {
  const host = URL.parse(issuer)?.hostname;
  return host !== undefined && entraHosts.includes(host);
}

/** An issuer of one company, and with Entra ID the tenant its tokens must name. */
export function issuerProblems(
  path: string,
  issuer: string | undefined,
  tenantId: string | undefined,
): Problem[] {
  const at = `${path}.issuer`;
  const wrong = issuerAddressProblems(at, issuer);
  const url = URL.parse(issuer ?? "");
  if (wrong.length > 0 || issuer === undefined || url === null) return wrong;
  const open = Object.hasOwn(publicIssuers, url.hostname) ? publicIssuers[url.hostname] : undefined;
  if (open !== undefined) return [{ path: at, reason: `"${issuer}" ${open}` }];
  if (isEntraIssuer(issuer)) return entraProblems(path, issuer, url, tenantId);
  return tenantId === undefined
    ? []
    : [
        {
          path: `${path}.tenantId`,
          reason: `"${tenantId}" is an Entra tenant, but ${issuer} is another issuer; leave it out`,
        },
      ];
}

function entraProblems(
  path: string,
  issuer: string,
  url: URL,
  tenantId: string | undefined,
): Problem[] {
  const at = `${path}.issuer`;
  const named = url.pathname.split("/")[1] ?? "";
  if (sharedTenants.includes(named.toLowerCase())) {
    const reason = `"${issuer}" signs in people of every tenant; write https://${url.hostname}/TENANT/v2.0 with your tenant's id`;
    return [{ path: at, reason }];
  }
  const missing = textProblems(`${path}.tenantId`, tenantId, "the Entra tenant's id");
  if (missing.length > 0 || tenantId === undefined) return missing;
  if (!uuid.test(tenantId)) {
    const reason = `"${tenantId}" is no tenant id: a UUID in lower case, as tokens spell it`;
    return [{ path: `${path}.tenantId`, reason }];
  }
  if (sharedTenants.includes(tenantId)) {
    const reason = `"${tenantId}" is the tenant of all personal accounts; give your own`;
    return [{ path: `${path}.tenantId`, reason }];
  }
  const wanted = `https://${url.hostname}/${tenantId}/v2.0`;
  return issuer === wanted
    ? []
    : [{ path: at, reason: `"${issuer}" is not the issuer of the tenant; write "${wanted}"` }];
}
