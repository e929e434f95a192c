import * as oidc from "openid-client";

import type { HelperSignIn } from "../../contract/helper-config.ts";
import { mayAsk } from "../context.ts";
import { HelperFailure } from "../failure.ts";
import type { ObtainContext } from "../obtain-types.ts";
import { boundedFetch } from "./bounded-fetch.ts";
import { signInFailure } from "./sign-in-failure.ts";

export type OidcSignIn = Extract<HelperSignIn, { kind: "oidc" }>;

/** The company's issuer, discovered and checked, and this helper as its public client. */
export interface Issuer {
  readonly configuration: oidc.Configuration;
  readonly signIn: OidcSignIn;
  /** For messages. */
  readonly host: string;
}

/**
 * Metadata can be asked for again at any time, so a silent run does not wait long for it: what is kept serves sooner,
 * and the refresh token, whose answer must not get lost, has the rest of the time.
 */
const silentDiscoveryMilliseconds = 6_000;

/**
 * Reads the issuer's metadata. What it names must be the configured issuer itself, and every address in it
 * must be https (http only where the issuer is on this machine): a browser is sent there, and tokens.
 *
 * @throws HelperFailure `configuration` when it is another issuer, `unavailable` when nobody answers.
 */
export async function discoverIssuer(
  signIn: OidcSignIn,
  around: Pick<ObtainContext, "context" | "fetch" | "signal">,
): Promise<Issuer> {
  const issuer = new URL(signIn.issuer);
  refuseSharedTenant(issuer);
  const isLoopback = issuer.protocol === "http:" && issuer.hostname === "127.0.0.1";
  const { signal } = around;
  const patient = boundedFetch(around.fetch, { signal });
  const bounded = mayAsk(around.context)
    ? patient
    : boundedFetch(around.fetch, { signal, timeoutMilliseconds: silentDiscoveryMilliseconds });
  let configuration: oidc.Configuration;
  try {
    configuration = await oidc.discovery(issuer, signIn.clientId, undefined, oidc.None(), {
      [oidc.customFetch]: (url, options) => bounded(url, options as RequestInit),
      // Without it the library trusts an ID token's signature to TLS; here the keys are always asked.
      execute: [
        oidc.enableNonRepudiationChecks,
        ...(isLoopback ? [oidc.allowInsecureRequests] : []),
      ],
    });
  } catch (error) {
    if (error instanceof oidc.ClientError) refuseWrongIssuer(error, signIn.issuer);
    throw signInFailure(error, { host: issuer.host, doing: "reading the issuer's metadata" });
  }
  checkMetadata(configuration.serverMetadata(), signIn.issuer, isLoopback);
  configuration[oidc.customFetch] = (url, options) => patient(url, options as RequestInit);
  return { configuration, signIn, host: issuer.host };
}

/** RFC 8707: said at each request, or the issuer would give the token of another audience. */
export function resourceOf({ signIn }: Pick<Issuer, "signIn">): Record<string, string> {
  return signIn.resource === undefined ? {} : { resource: signIn.resource };
}

/** Entra's shared endpoints sign in anybody's accounts, and their metadata names no tenant. */
function refuseSharedTenant(issuer: URL): void {
  const tenant = issuer.pathname.split("/")[1]?.toLowerCase() ?? "";
  const isEntra = /(^|\.)(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn)$/;
  if (isEntra.test(issuer.hostname) && /^(common|organizations|consumers)$/.test(tenant)) {
    throw new HelperFailure(
      "configuration",
      `signIn.issuer: ${issuer.href} signs in every tenant's accounts; use the tenant's own, https://${issuer.host}/<tenant id>/v2.0`,
    );
  }
}

function refuseWrongIssuer(error: oidc.ClientError, issuer: string): void {
  if (error.code === "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED") throw anotherIssuer(issuer);
  if (error.cause instanceof Response && error.cause.status === 404) {
    throw new HelperFailure(
      "configuration",
      `signIn.issuer: ${issuer} has no metadata below /.well-known/openid-configuration (HTTP 404); write the issuer itself, as its ID tokens carry it in iss`,
    );
  }
}

const anotherIssuer = (issuer: string) =>
  new HelperFailure(
    "configuration",
    `signIn.issuer: the metadata of ${issuer} names another issuer; write the one its ID tokens carry as iss`,
  );

const withoutSlash = (address: string) => address.replace(/\/$/, "");

function checkMetadata(
  metadata: Readonly<oidc.ServerMetadata>,
  issuer: string,
  isLoopback: boolean,
): void {
  if (withoutSlash(metadata.issuer) !== withoutSlash(issuer)) throw anotherIssuer(issuer);
  const endpoints = {
    authorization_endpoint: metadata.authorization_endpoint,
    token_endpoint: metadata.token_endpoint,
    jwks_uri: metadata.jwks_uri,
    device_authorization_endpoint: metadata.device_authorization_endpoint,
  };
  const bad = Object.entries(endpoints).flatMap(([name, value]) =>
    value === undefined || isSound(value, isLoopback) ? [] : [name],
  );
  const missing = [
    ...(metadata.token_endpoint === undefined ? ["token_endpoint"] : []),
    ...(metadata.jwks_uri === undefined ? ["jwks_uri"] : []),
  ];
  const said = [
    ...(missing.length > 0 ? [`without ${missing.join(" and ")}`] : []),
    ...(bad.length > 0 ? [`whose ${bad.join(" and ")} is no https address`] : []),
  ];
  if (said.length > 0) {
    throw new HelperFailure(
      "signInFailed",
      `the issuer ${new URL(issuer).host} publishes metadata ${said.join(", ")}`,
    );
  }
}

/** Whether an address may be opened in a browser or be given a token. */
export function isSound(address: unknown, isLoopback: boolean): boolean {
  if (typeof address !== "string" || !URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== "" || url.password !== "") return false;
  if (url.protocol === "https:") return true;
  return isLoopback && url.protocol === "http:" && url.hostname === "127.0.0.1";
}
