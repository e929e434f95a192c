import { tokenPath } from "../../contract/token-api.ts";
import type { Dependencies } from "./dependencies.ts";

/**
 * Metadata after RFC 8414, for what looks up a signer's keys by its issuer. The service is no OAuth server: it has
 * no clients and no authorization endpoint, which `none` and a grant type of its own say.
 */
export function metadataOf({
  publicUrl,
  geography,
}: Pick<Dependencies, "publicUrl" | "geography">): object {
  return {
    issuer: publicUrl,
    token_endpoint: `${publicUrl}${tokenPath}`,
    jwks_uri: `${publicUrl}/.well-known/jwks.json`,
    response_types_supported: ["none"],
    grant_types_supported: ["urn:cowork-landing-zone:grant-type:identity"],
    token_endpoint_auth_methods_supported: ["none"],
    // Ours: what a laptop's configuration is compared with.
    geography,
    dpop_signing_alg_values_supported: ["ES256", "ES384", "PS256", "RS256", "EdDSA"],
  };
}
