import type { Problem } from "../residency/problem.ts";
import { missing } from "./missing.ts";
import type { Settings } from "./setting-value.ts";

/** Keys of one credential kind. */
interface Fields {
  /** Without each of these the kind does not work. */
  readonly required: readonly string[];
  /** Read by this kind alone, together with the required ones that no other kind needs. */
  readonly own: readonly string[];
}

const HELPER: Fields = {
  required: ["inferenceCredentialHelper"],
  own: [
    "inferenceCredentialHelper",
    "inferenceCredentialHelperWindows",
    "inferenceCredentialHelperArgs",
    "inferenceCredentialHelperTtlSec",
    "inferenceCredentialHelperTimeoutSec",
    "inferenceCredentialHelperSilentRefreshEnabled",
  ],
};

const SSO_KEYS = [
  "inferenceBedrockSsoStartUrl",
  "inferenceBedrockSsoRegion",
  "inferenceBedrockSsoAccountId",
  "inferenceBedrockSsoRoleName",
];

const OAUTH_PAIR = ["inferenceVertexOAuthClientId", "inferenceVertexOAuthClientSecret"];
const WORKFORCE_PAIR = ["inferenceVertexWorkforceAudience", "inferenceVertexWorkforceOidc"];

/** Provider -> credential kind -> the keys that feed it. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, Fields>>>> = {
  bedrock: {
    static: {
      required: ["inferenceBedrockBearerToken"],
      own: ["inferenceBedrockBearerToken"],
    },
    "helper-script": HELPER,
    interactive: { required: SSO_KEYS, own: SSO_KEYS },
    "vendor-profile": {
      required: ["inferenceBedrockProfile"],
      own: ["inferenceBedrockProfile", "inferenceBedrockAwsCliPath"],
    },
    "external-idp": {
      required: ["inferenceIdpOidc", "inferenceBedrockBaseUrl", "inferenceModels"],
      own: ["inferenceIdpOidc", "inferenceIdpAuthFlow"],
    },
  },
  vertex: {
    "helper-script": HELPER,
    interactive: {
      required: OAUTH_PAIR,
      own: [...OAUTH_PAIR, "inferenceVertexOAuthScopes", "inferenceVertexOAuthLoginHint"],
    },
    // Without a file the device's own Application Default Credentials are used.
    "vendor-profile": { required: [], own: ["inferenceVertexCredentialsFile"] },
    workforce: {
      required: WORKFORCE_PAIR,
      own: [
        ...WORKFORCE_PAIR,
        "inferenceVertexWorkforceUserProject",
        "inferenceVertexWorkforceAuthFlow",
      ],
    },
  },
  foundry: {
    static: { required: ["inferenceFoundryApiKey"], own: ["inferenceFoundryApiKey"] },
    "helper-script": HELPER,
    interactive: {
      required: ["inferenceFoundryTenantId", "inferenceFoundryClientId"],
      own: ["inferenceFoundryTenantId", "inferenceFoundryClientId", "inferenceFoundryAuthFlow"],
    },
  },
  mantle: {
    static: {
      required: ["inferenceBedrockBearerToken"],
      own: ["inferenceBedrockBearerToken"],
    },
    "helper-script": HELPER,
  },
  gateway: {
    static: { required: ["inferenceGatewayApiKey"], own: ["inferenceGatewayApiKey"] },
    "helper-script": HELPER,
    // Without the older spelling the gateway itself is the authorization server.
    interactive: {
      required: [],
      own: ["inferenceGatewayOidc", "inferenceGatewayOidcAuthFlow"],
    },
    "external-idp": {
      required: ["inferenceIdpOidc"],
      own: ["inferenceIdpOidc", "inferenceIdpAuthFlow"],
    },
  },
  anthropic: {
    static: { required: ["inferenceAnthropicApiKey"], own: ["inferenceAnthropicApiKey"] },
    "helper-script": HELPER,
    interactive: { required: [], own: [] },
  },
};

/** Every key the credential kind lacks, and every key that belongs to another kind and is not read. */
export function credentialFields(settings: Settings): Problem[] {
  const { inferenceProvider: provider, inferenceCredentialKind: kind } = settings;
  if (typeof provider !== "string" || typeof kind !== "string") return [];
  const kinds = Object.hasOwn(FIELDS, provider) ? FIELDS[provider] : undefined;
  if (kinds === undefined) return [];
  const strangers = Object.entries(kinds).flatMap(([other, { own }]) =>
    other === kind
      ? []
      : own
          .filter((path) => path in settings)
          .map((path) => ({
            path,
            reason: `belongs to kind "${other}", but the kind is "${kind}"`,
          })),
  );
  const { required } = kinds[kind] ?? { required: [] };
  return [...missing(settings, required, `required for kind "${kind}"`), ...strangers];
}
