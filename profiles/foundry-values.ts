import type { Problem } from "../residency/problem.ts";
import type { Settings } from "./setting-value.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Values of a Foundry profile that Claude Desktop takes and Azure refuses only when somebody signs in or asks
 * something.
 *
 * @see https://claude.com/docs/third-party/claude-desktop/foundry (2026-07)
 */
export function foundryValues(settings: Settings): Problem[] {
  if (settings.inferenceProvider !== "foundry") return [];
  return [...resource(settings), ...baseUrl(settings), ...entraIds(settings)];
}

function resource({ inferenceFoundryResource: name }: Settings): Problem[] {
  if (typeof name !== "string" || /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(name)) return [];
  const path = "inferenceFoundryResource";
  return [{ path, reason: `"${name}" must be the resource's name alone, not a URL or a host` }];
}

/** Requests go to `<value>/v1/messages`, and Foundry answers below `/anthropic` only. */
function baseUrl({ inferenceFoundryBaseUrl: value }: Settings): Problem[] {
  const url = typeof value === "string" ? URL.parse(value) : null;
  if (url === null || !/\.services\.ai\.azure\.com$/i.test(url.hostname)) return [];
  if (url.pathname === "/anthropic" && url.search === "" && url.hash === "") return [];
  const path = "inferenceFoundryBaseUrl";
  return [{ path, reason: `must be https://${url.host}/anthropic, below which Foundry answers` }];
}

/** `common` and `organizations` sign in people of any tenant; two swapped or equal ids end in AADSTS700016. */
function entraIds(settings: Settings): Problem[] {
  const { inferenceFoundryTenantId: tenant, inferenceFoundryClientId: client } = settings;
  const ids = { inferenceFoundryTenantId: tenant, inferenceFoundryClientId: client };
  const found = Object.entries(ids).flatMap(([path, id]) =>
    typeof id !== "string" || UUID.test(id)
      ? []
      : [{ path, reason: `"${id}" must be a UUID: one tenant, one application` }],
  );
  if (typeof tenant === "string" && tenant === client) {
    const path = "inferenceFoundryClientId";
    found.push({ path, reason: "is the tenant's id; give the application's own client id" });
  }
  return found;
}
