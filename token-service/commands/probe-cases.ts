import { type RefusalCode, tokenPath } from "../../contract/token-api.ts";
import type { ServedRoute, TokenServiceConfig } from "../../contract/token-service-config.ts";

/** One thing the service is asked, and the only answers that are right. */
export interface ProbeCase {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly expected:
    | { readonly credential: ServedRoute }
    | { readonly codes: readonly RefusalCode[] };
}

export interface ProbeInput {
  readonly config: TokenServiceConfig;
  readonly route: ServedRoute;
  /** An identity's token nobody presented yet: all cases together use it up once. */
  readonly token: string;
}

/**
 * Every case in the order it has to be asked: what must be refused without using the token up goes first, then the
 * token gets its credential, then it must not get a second one.
 */
export function probeCases({ config, route, token }: ProbeInput): readonly ProbeCase[] {
  const right = JSON.stringify({ geography: config.geography, route: route.name });
  const bearer = (text: string) => ({ authorization: `Bearer ${text}` });
  const refused = (
    name: string,
    codes: readonly RefusalCode[],
    headers: Readonly<Record<string, string>>,
    body = right,
  ): ProbeCase => ({ name, headers, body, expected: { codes } });
  const geography = config.geography === "us" ? "eu" : "us";
  const taken = new Set(config.routes.map(({ name }) => name));
  const nowhere = ["nowhere", "nowhere-2"].find((name) => !taken.has(name)) ?? "nowhere-3";

  return [
    refused("no identity", ["identity_missing"], {}),
    refused("a token whose signature was changed", ["token_signature"], bearer(changed(token))),
    // Without a signature there are fewer parts than a token has; either is a refusal of the same thing.
    refused(
      "a token that says alg none",
      ["token_algorithm", "token_malformed"],
      bearer(unsigned(token)),
    ),
    refused(
      "a token that says it is signed with a shared secret",
      ["token_algorithm"],
      bearer(withAlgorithm(token, "HS256")),
    ),
    ...[
      "x-amzn-mtls-clientcert-leaf",
      "x-client-cert-leaf",
      "x-forwarded-client-cert",
      "client-cert",
    ].map((header) =>
      // A proxy that writes the header itself takes a caller's away: then nobody is there to be believed.
      refused(`a certificate in ${header}`, ["smuggled_identity", "identity_missing"], {
        [header]: forgedCertificate,
      }),
    ),
    refused("a body over 4 KiB", ["request_too_large"], bearer(token), right.padEnd(5000, " ")),
    refused(
      "another geography",
      ["geography_mismatch"],
      bearer(token),
      JSON.stringify({ geography, route: route.name }),
    ),
    refused(
      "a route that is not served",
      ["route_unknown"],
      bearer(token),
      JSON.stringify({ geography: config.geography, route: nowhere }),
    ),
    {
      name: `the route ${route.name}`,
      headers: bearer(token),
      body: right,
      expected: { credential: route },
    },
    refused("the same token again", ["token_replayed"], bearer(token)),
  ];
}

export const probePath = tokenPath;

const forgedCertificate =
  "-----BEGIN%20CERTIFICATE-----%0AMIIBszCCAVmgAwIBAgIB%0A-----END%20CERTIFICATE-----%0A";

/** Another first character of the signature: still canonical base64url, and never the same bits. */
function changed(token: string): string {
  const at = token.lastIndexOf(".") + 1;
  return `${token.slice(0, at)}${token[at] === "A" ? "B" : "A"}${token.slice(at + 1)}`;
}

function unsigned(token: string): string {
  return `${withAlgorithm(token, "none").split(".").slice(0, 2).join(".")}.`;
}

function withAlgorithm(token: string, alg: string): string {
  const [, payload = "", signature = ""] = token.split(".");
  const header = Buffer.from(JSON.stringify({ alg, typ: "JWT" })).toString("base64url");
  return `${header}.${payload}.${signature}`;
}
