import { type DesktopKey, desktopKeys, keyListDate } from "../profiles/keys/keys.ts";
import { residencyDefaults } from "../profiles/residency-defaults.ts";
import { standard } from "../profiles/security/standard.ts";
import { table } from "./marked.ts";

/** Keys whose value follows from a stack's outputs; a test holds them against the golden profiles. */
const fromTheStack: readonly string[] = [
  "banner",
  "deploymentOrganizationUuid",
  "inferenceBedrockBaseUrl",
  "inferenceBedrockProfile",
  "inferenceBedrockRegion",
  "inferenceBedrockSsoAccountId",
  "inferenceBedrockSsoRegion",
  "inferenceBedrockSsoRoleName",
  "inferenceBedrockSsoStartUrl",
  "inferenceCredentialHelper",
  "inferenceCredentialHelperTtlSec",
  "inferenceCredentialHelperWindows",
  "inferenceCredentialKind",
  "inferenceCustomHeaders",
  "inferenceFoundryAuthFlow",
  "inferenceFoundryBaseUrl",
  "inferenceFoundryClientId",
  "inferenceFoundryResource",
  "inferenceFoundryTenantId",
  "inferenceGatewayAuthScheme",
  "inferenceGatewayBaseUrl",
  "inferenceGatewayOidc",
  "inferenceGatewayOidcAuthFlow",
  "inferenceIdpAuthFlow",
  "inferenceIdpOidc",
  "inferenceModels",
  "inferenceProvider",
  "inferenceVertexBaseUrl",
  "inferenceVertexCredentialsFile",
  "inferenceVertexOAuthClientId",
  "inferenceVertexOAuthClientSecret",
  "inferenceVertexOAuthLoginHint",
  "inferenceVertexProjectId",
  "inferenceVertexRegion",
  "inferenceVertexWorkforceAudience",
  "inferenceVertexWorkforceAuthFlow",
  "inferenceVertexWorkforceOidc",
  "otlpContentCapture",
  "otlpEndpoint",
  "otlpProtocol",
];

const fixed = new Map([...residencyDefaults, ...standard].map(({ key, value }) => [key, value]));

/** Every key a profile may hold, and what the kit writes into it. */
export function currentKeysTable(): string {
  return table(
    ["key", "type", "since", "providers", "the kit writes", "delivered by", "source"],
    desktopKeys
      .filter(({ status }) => status === "current")
      .map((key) => [
        `\`${key.key}\``,
        key.type,
        key.since ?? "not stated",
        key.providers.join(", "),
        written(key.key),
        deliveries[key.availability],
        sourceOf(key),
      ]),
  );
}

/** Every name the kit refuses to write, and why. */
export function refusedKeysTable(): string {
  return table(
    ["key", "why it is refused", "write instead", "source"],
    desktopKeys
      .filter(({ status }) => status !== "current")
      .map((key) => [
        `\`${key.key}\``,
        key.status === "legacy" ? (key.deprecated ?? "retired") : "no effect in third-party mode",
        key.replacedBy === undefined ? "—" : `\`${key.replacedBy}\``,
        sourceOf(key),
      ]),
  );
}

const deliveries: Readonly<Record<DesktopKey["availability"], string>> = {
  "mdm+bootstrap": "MDM, bootstrap",
  mdm: "MDM",
  "admin-console": "Anthropic's admin console only",
  none: "nobody",
};

function written(key: string): string {
  if (fixed.has(key)) return `\`${JSON.stringify(fixed.get(key))}\``;
  return fromTheStack.includes(key) ? "from the stack" : "—";
}

/** The day is the list's: every key was looked up on it. */
function sourceOf({ source }: DesktopKey): string {
  return `[${keyListDate}](${source[0] ?? ""})`;
}
