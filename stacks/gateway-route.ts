import { entraIssuer } from "../contract/entra-issuer.ts";
import { gatewayAddressProblem } from "../contract/gateway-address.ts";
import type { GatewayRouteOutputs } from "../contract/gateway-route.ts";
import {
  gatewayVerdictOf,
  type JudgedBy,
  mappingProblems,
  upstreamProblems,
} from "../contract/gateway-upstreams.ts";
import { headerProblems } from "../contract/plain-headers.ts";
import type { Problem } from "../residency/problem.ts";
import type { GatewayRouteConfig } from "./config-schema.ts";
import type { InstalledRoute } from "./installed-helper.ts";

/**
 * Everything wrong with a gateway route. The kit creates nothing for it: where prompts go is what the list
 * of upstreams declares, so each of them is judged and the worst decides.
 */
export function checkGatewayRoute(
  route: InstalledRoute<GatewayRouteConfig>,
  judged: JudgedBy,
): Problem[] {
  const { baseUrl, customHeaders = {}, upstreams } = route;
  const address = gatewayAddressProblem(baseUrl);
  return [
    ...(address === undefined ? [] : [{ path: "baseUrl", reason: address }]),
    ...headerProblems(customHeaders, "customHeaders"),
    ...undeclared(route, judged),
    ...upstreamProblems(upstreams, judged, (upstream, model) =>
      model === undefined ? `upstreams.${upstream}` : `upstreams.${upstream}.models.${model}`,
    ),
    ...mappingProblems(route, (path) => path.join(".")),
    ...signInProblems(route),
  ];
}

function undeclared(
  { upstreams }: Pick<GatewayRouteConfig, "upstreams">,
  judged: JudgedBy,
): Problem[] {
  if (upstreams.length > 0) return [];
  const { status, reason, alternative } = gatewayVerdictOf(upstreams, judged);
  const instead = alternative === undefined ? "" : ` or use ${alternative}`;
  return [{ path: "upstreams", reason: `${status}: ${reason}; list them all,${instead}` }];
}

function signInProblems({ authScheme, desktop }: InstalledRoute<GatewayRouteConfig>): Problem[] {
  if (desktop.kind !== "external-idp") return [];
  const { issuer, bearerTokenType, scopes, authFlow } = desktop;
  const problems: Problem[] = [];
  if (authScheme === "x-api-key") {
    const reason =
      '"x-api-key" cannot carry the token of an identity provider; use bearer, or desktop kind helper-script';
    problems.push({ path: "authScheme", reason });
  }
  if (!/^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[^\s?#]*)?$/.test(issuer)) {
    problems.push({
      path: "desktop.issuer",
      reason: "must be an https URL without credentials, query or fragment",
    });
  } else if (issuer.includes("/.well-known/")) {
    const reason = `"${issuer}" is the address of its metadata; write what stands before /.well-known/`;
    problems.push({ path: "desktop.issuer", reason });
  } else if (authFlow === "broker" && !entraIssuer.test(issuer)) {
    const reason = `"broker" signs in at Entra ID only, and the issuer is ${issuer}; use browser`;
    problems.push({ path: "desktop.authFlow", reason });
  }
  if (bearerTokenType === "access_token" && scopes === undefined) {
    const reason = "missing; an access token is made for scopes, offline_access among them";
    problems.push({ path: "desktop.scopes", reason });
  }
  return problems;
}

/** What laptops have to know, and what the verdicts say and do not say. */
export function gatewayOutputs(
  route: InstalledRoute<GatewayRouteConfig>,
  judged: JudgedBy,
): GatewayRouteOutputs {
  const { anthropicSees, caveats = [] } = gatewayVerdictOf(route.upstreams, judged);
  return { ...route, anthropicSees, caveats: [...new Set(caveats)] };
}
