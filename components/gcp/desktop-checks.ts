import type { Problem } from "../../residency/problem.ts";
import { isEntraIssuer } from "./iam/issuers.ts";
import type { VertexAccess, VertexDesktop } from "./vertex-route.ts";

/** Which credential kinds can work with which sign-in. */
const desktopKinds: Readonly<Record<VertexAccess["kind"], readonly VertexDesktop["kind"][]>> = {
  workforce: ["workforce", "vendor-profile", "helper-script"],
  "google-group": ["interactive", "vendor-profile", "helper-script"],
  principal: ["helper-script", "vendor-profile"],
};

/** Whether the application's credential can be one that the access lets in. Pure. */
export function checkDesktop(access: VertexAccess, desktop: VertexDesktop): Problem[] {
  const fitting = desktopKinds[access.kind];
  if (!fitting.includes(desktop.kind)) {
    const reason = `"${desktop.kind}" cannot work with access "${access.kind}"; use ${fitting.join(" or ")}`;
    return [{ path: "desktop.kind", reason }];
  }
  if (access.kind !== "workforce" || desktop.kind !== "workforce") return [];
  return [...brokerProblems(access.issuer, desktop.authFlow), ...scopeProblems(desktop.scopes)];
}

/** https://claude.com/docs/third-party/claude-desktop/vertex (read 2026-11-20) */
function brokerProblems(issuer: string, authFlow: "browser" | "broker"): Problem[] {
  if (authFlow !== "broker" || isEntraIssuer(issuer)) return [];
  const reason = `"broker" is the operating system's own sign-in to Entra ID, and ${issuer} is another issuer; use browser`;
  return [{ path: "desktop.authFlow", reason }];
}

/** What Google's token service is sent is an ID token, and only this scope asks for one. */
function scopeProblems(scopes: string | undefined): Problem[] {
  if (scopes === undefined || scopes.split(/\s+/).includes("openid")) return [];
  const reason = `"${scopes}" lacks openid, without which the issuer sends no ID token`;
  return [{ path: "desktop.scopes", reason }];
}
