import type { Failure } from "../failure.ts";
import type { Modelled } from "../shared/modelled.ts";
import { isList, isMap, type Properties, unknown, type Value } from "../struct.ts";

/** What Entra refuses beyond the rules of a type. */
export function refusals(inputs: Properties, { token }: Modelled): Failure[] {
  switch (token) {
    case "azuread:index/applicationRedirectUris:ApplicationRedirectUris":
      return redirectFailures(inputs.redirectUris, inputs.type, "redirectUris");
    case "azuread:index/application:Application":
      return [
        ...redirectFailures(inside(inputs.web), "Web", "web.redirectUris"),
        ...redirectFailures(
          inside(inputs.singlePageApplication),
          "SPA",
          "singlePageApplication.redirectUris",
        ),
        ...redirectFailures(
          inside(inputs.publicClient),
          "PublicClient",
          "publicClient.redirectUris",
        ),
      ];
    case "azuread:index/applicationApiAccess:ApplicationApiAccess":
      return isEmpty(inputs.roleIds) && isEmpty(inputs.scopeIds)
        ? [
            {
              property: "scopeIds",
              reason: "one of `roleIds` and `scopeIds` must name a permission",
            },
          ]
        : [];
    case "azuread:index/group:Group":
      return inputs.mailEnabled === undefined && inputs.securityEnabled === undefined
        ? [
            {
              property: "securityEnabled",
              reason: "one of `mailEnabled` and `securityEnabled` must be set",
            },
          ]
        : [];
    default:
      return [];
  }
}

/**
 * A web or single-page application is reached over TLS, or on the machine itself; a public client may use
 * any scheme. Sources: https://learn.microsoft.com/en-us/entra/identity-platform/reply-url and
 * github.com/hashicorp/terraform-provider-azuread, internal/helpers/tf/validation, read 2026-11-21.
 */
function redirectFailures(uris: Value | undefined, type: Value | undefined, at: string): Failure[] {
  if (!isList(uris)) return [];
  const seen = new Set<Value>();
  return uris.flatMap((uri, index) => {
    const refuse = (reason: string) => [{ property: `${at}[${index}]`, reason }];
    if (typeof uri !== "string" || uri === unknown) return [];
    if (seen.has(uri)) return refuse(`"${uri}" is in the list twice`);
    seen.add(uri);
    if (uri.length > 256) return refuse(`"${uri}" has more than 256 characters`);
    const isUrl = URL.canParse(uri) && /^[a-z][-+.\w]*:\/\/[^/?#]/i.test(uri);
    if (!isUrl) return refuse(`"${uri}" is not a URI with a scheme and a host`);
    if (uri.includes("*")) return refuse(`"${uri}" holds a wildcard`);
    const isLocal = /^http:\/\/(localhost|127\.0\.0\.1)([:/]|$)/i.test(uri);
    const isJudged = type === "Web" || type === "SPA";
    return !isJudged || isLocal || /^(https|ms-appx-web):\/\//i.test(uri)
      ? []
      : refuse(`"${uri}" is not an https:// address, nor http:// on localhost`);
  });
}

function inside(value: Value | undefined): Value | undefined {
  return isMap(value) ? value.redirectUris : undefined;
}

function isEmpty(value: Value | undefined): boolean {
  return value === undefined || (isList(value) && value.length === 0);
}
