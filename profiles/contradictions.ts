import { entraIssuer } from "../contract/entra-issuer.ts";
import type { Problem } from "../residency/problem.ts";
import { credentialFields } from "./credential-fields.ts";
import { foundryValues } from "./foundry-values.ts";
import { findKey } from "./keys/keys.ts";
import { missing } from "./missing.ts";
import type { Settings } from "./setting-value.ts";
import { isList } from "./text.ts";

type Rule = (settings: Settings) => readonly Problem[];

/** Keys that each make sense alone but not together; all are reported. */
export function contradictions(settings: Settings): Problem[] {
  return rules.flatMap((rule) => rule(settings));
}

/** Keys a provider cannot do without. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  bedrock: ["inferenceBedrockRegion"],
  mantle: ["inferenceBedrockRegion", "inferenceModels"],
  vertex: ["inferenceVertexProjectId", "inferenceVertexRegion", "inferenceModels"],
  foundry: ["inferenceFoundryResource", "inferenceModels"],
  gateway: ["inferenceGatewayBaseUrl"],
};

/** Credential kinds each provider accepts. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  bedrock: ["static", "helper-script", "interactive", "vendor-profile", "external-idp"],
  mantle: ["static", "helper-script"],
  vertex: ["helper-script", "interactive", "vendor-profile", "workforce"],
  foundry: ["static", "helper-script", "interactive"],
  gateway: ["static", "helper-script", "interactive", "external-idp"],
  anthropic: ["static", "helper-script", "interactive"],
};

const URL_KEYS = [
  "inferenceBedrockBaseUrl",
  "inferenceBedrockSsoStartUrl",
  "inferenceFoundryBaseUrl",
  "inferenceGatewayBaseUrl",
  "inferenceVertexBaseUrl",
  "bootstrapUrl",
  "modelCatalogUrl",
  "otlpEndpoint",
  "userContentRendererUrl",
];

const rules: readonly Rule[] = [
  credentialKind,
  requiredByProvider,
  otherProviders,
  credentialFields,
  modelsWithoutDiscovery,
  addresses,
  helperPaths,
  broker,
  gatewaySignIn,
  foundryValues,
  pairs,
];

function credentialKind(settings: Settings): Problem[] {
  const { inferenceProvider: provider, inferenceCredentialKind: kind } = settings;
  const path = "inferenceCredentialKind";
  if (typeof provider !== "string") return [];
  if (kind === undefined) {
    return [{ path, reason: "missing: without it the application guesses its credential" }];
  }
  const accepted = KINDS[provider];
  if (accepted === undefined || typeof kind !== "string" || accepted.includes(kind)) return [];
  return [
    { path, reason: `"${kind}" does not suit ${provider}; use one of ${accepted.join(", ")}` },
  ];
}

function requiredByProvider(settings: Settings): Problem[] {
  const { inferenceProvider: provider, bootstrapUrl } = settings;
  if (provider === undefined) {
    if (bootstrapUrl !== undefined) return [];
    return [
      { path: "inferenceProvider", reason: "missing: the application would not start in 3P" },
    ];
  }
  return missing(settings, REQUIRED[String(provider)] ?? [], `required for ${String(provider)}`);
}

function otherProviders(settings: Settings): Problem[] {
  const provider = settings.inferenceProvider;
  if (typeof provider !== "string") return [];
  return Object.keys(settings).flatMap((path) => {
    const key = findKey(path);
    if (key === undefined || key.status !== "current") return [];
    if (key.providers.includes("all") || key.providers.includes(provider)) return [];
    return [
      { path, reason: `is ignored with ${provider}; it belongs to ${key.providers.join(", ")}` },
    ];
  });
}

/** Only a bearer token lets Bedrock discover models; with discovery off nobody does. */
function modelsWithoutDiscovery(settings: Settings): Problem[] {
  const { inferenceProvider, inferenceCredentialKind, inferenceModels: models } = settings;
  const path = "inferenceModels";
  if (models !== undefined) {
    return isList(models) && models.length === 0 ? [{ path, reason: "is empty" }] : [];
  }
  if (settings.modelDiscoveryEnabled === false) {
    return [{ path, reason: "missing: required while modelDiscoveryEnabled is false" }];
  }
  const signsIn =
    inferenceCredentialKind === "interactive" || inferenceCredentialKind === "vendor-profile";
  if (inferenceProvider !== "bedrock" || !signsIn) return [];
  return [{ path, reason: `missing: required for kind "${inferenceCredentialKind}"` }];
}

function addresses(settings: Settings): Problem[] {
  return URL_KEYS.flatMap((path) => {
    const value = settings[path];
    if (typeof value !== "string") return [];
    const reason = addressProblem(path, value, settings.inferenceProvider);
    return reason === undefined ? [] : [{ path, reason }];
  });
}

function addressProblem(key: string, value: string, provider: unknown): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined) return `"${value}" is not a URL`;
  const loopback = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback)) {
    return `"${value}" must start with https://`;
  }
  if (url.username !== "" || url.password !== "") return "holds a credential; it would be rejected";
  if (key === "inferenceBedrockBaseUrl" && provider === "bedrock" && value !== url.origin) {
    return `must be an origin without a path: ${url.origin}`;
  }
  if (key === "inferenceBedrockBaseUrl" && provider === "mantle" && url.pathname !== "/anthropic") {
    return `must be the full base URL: ${url.origin}/anthropic`;
  }
  if (key === "otlpEndpoint" && /\/v1\/(logs|metrics|traces)\/?$/.test(url.pathname)) {
    return "must be the collector's base URL, without /v1/...";
  }
  return undefined;
}

/** The value is a path, not a command line; neither `~` nor variables are expanded. */
function helperPaths(settings: Settings): Problem[] {
  return ["inferenceCredentialHelper", "inferenceCredentialHelperWindows"].flatMap((path) => {
    const value = settings[path];
    if (typeof value !== "string") return [];
    const windows = /^[A-Za-z]:[\\/]/.test(value);
    const absolute = windows || (value.startsWith("/") && path === "inferenceCredentialHelper");
    if (absolute && !/[~%$]/.test(value)) return [];
    return [{ path, reason: `"${value}" must be an absolute path without ~, % or $` }];
  });
}

/** Key that chooses the flow -> the block that names the issuer. */
const SIGN_INS: Readonly<Record<string, string>> = {
  inferenceVertexWorkforceAuthFlow: "inferenceVertexWorkforceOidc",
  inferenceIdpAuthFlow: "inferenceIdpOidc",
  inferenceGatewayOidcAuthFlow: "inferenceGatewayOidc",
};

/** The Microsoft broker signs in at Entra ID only. */
function broker(settings: Settings): Problem[] {
  return Object.entries(SIGN_INS).flatMap(([path, block]) => {
    if (settings[path] !== "broker") return [];
    const oidc = settings[block];
    const issuer = typeof oidc === "object" && "issuer" in oidc ? oidc.issuer : undefined;
    if (typeof issuer === "string" && entraIssuer.test(issuer)) return [];
    return [{ path, reason: '"broker" needs an issuer of Entra ID; use "browser"' }];
  });
}

/** What a gateway's sign-in needs besides its own keys: a header that carries tokens, and scopes. */
function gatewaySignIn(settings: Settings): Problem[] {
  return ["inferenceIdpOidc", "inferenceGatewayOidc"].flatMap((block) => {
    const oidc = settings[block];
    if (typeof oidc !== "object" || isList(oidc)) return [];
    const problems: Problem[] = [];
    if (settings.inferenceGatewayAuthScheme === "x-api-key") {
      const reason = `"x-api-key" cannot carry the token of ${block}; use "bearer"`;
      problems.push({ path: "inferenceGatewayAuthScheme", reason });
    }
    if (oidc.bearerTokenType === "access_token" && oidc.scopes === undefined) {
      problems.push({ path: `${block}.scopes`, reason: "missing: required for access_token" });
    }
    return problems;
  });
}

function pairs(settings: Settings): Problem[] {
  const found: Problem[] = [];
  const together = (path: string, other: string) => {
    if (path in settings && !(other in settings)) {
      found.push({ path, reason: `has no effect without ${other}` });
    }
  };
  together("inferenceMaxTokensPerWindow", "inferenceTokenWindowHours");
  together("inferenceTokenWindowHours", "inferenceMaxTokensPerWindow");
  together("deploymentDisplaySubtitle", "deploymentDisplayName");
  together("otlpProtocol", "otlpEndpoint");
  const { banner, disableAutoUpdates, autoUpdaterEnforcementHours } = settings;
  if (typeof banner === "object" && !("enabled" in banner && banner.enabled === true)) {
    found.push({ path: "banner", reason: "shows nothing unless enabled is true" });
  }
  if (disableAutoUpdates === true && autoUpdaterEnforcementHours !== undefined) {
    found.push({
      path: "autoUpdaterEnforcementHours",
      reason: "has no effect while disableAutoUpdates is true",
    });
  }
  return found;
}
