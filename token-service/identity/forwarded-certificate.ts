import type { Refused } from "../identity.ts";
import { canonicalBase64, pemBlocks } from "./pem.ts";
import { refuse } from "./refused.ts";
import { sha256Hex } from "./token-verifier.ts";

/** Certificates a platform wrote into one header value, leaf first. */
export type Reader = (value: string) => readonly Uint8Array[] | Refused;

const unreadable = (what: string) =>
  refuse("certificate_untrusted", `the forwarded client certificate ${what}`);

/**
 * `x-amzn-mtls-clientcert-leaf`: URL-encoded PEM in which `+`, `=` and `/` may stand as they are
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html, 2026-11).
 */
export const readAmazonLeaf: Reader = (value) => {
  const blocks = urlEncodedPem(value);
  return blocks?.length === 1 ? blocks : unreadable("is no single URL-encoded PEM block");
};

/**
 * `x-client-cert-leaf` set to `{client_cert_leaf}`: base64 of the DER between colons, as RFC 9440 has it
 * (https://docs.cloud.google.com/load-balancing/docs/l7-internal/custom-headers, 2026-11). The platform fills
 * it in only for certificates its trust config accepted.
 */
export const readGoogleLeaf: Reader = (value) => {
  const der = /^:[^:]*:$/.test(value) ? canonicalBase64(value.slice(1, -1)) : undefined;
  return der === undefined ? unreadable("is no base64 between colons (RFC 9440)") : [der];
};

/**
 * `x-forwarded-client-cert` of Envoy and Container Apps: `Hash=...;Cert="...";Chain="..."`, URL-encoded PEM
 * (https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-client-cert,
 * https://learn.microsoft.com/azure/container-apps/client-certificate-authorization, 2026-11). One element
 * only: where there are more, the platform appended its own to one that somebody sent.
 */
export const readEnvoyElement: Reader = (value) => {
  const elements = elementsOf(value);
  if (elements === undefined) return unreadable("is no list of key=value pairs");
  const [pairs, ...more] = elements;
  if (pairs === undefined || more.length > 0) {
    return refuse("smuggled_identity", "the forwarded client certificate has several elements");
  }
  const valuesOf = (key: string) =>
    pairs.filter(([name]) => name.toLowerCase() === key).map(([, text]) => text);
  const [certs, chains, hashes] = [valuesOf("cert"), valuesOf("chain"), valuesOf("hash")];
  if ([certs, chains, hashes].some((texts) => texts.length > 1)) {
    return refuse("smuggled_identity", "the forwarded client certificate names a part twice");
  }
  const [leaf, ...others] = urlEncodedPem(certs[0] ?? "") ?? [];
  if (leaf === undefined || others.length > 0) return unreadable("has no single Cert");
  const chain = chains[0] === undefined ? [] : urlEncodedPem(chains[0]);
  if (chain === undefined) return unreadable("has a Chain that is no URL-encoded PEM");
  const hash = hashes[0]?.toLowerCase();
  if (hash !== undefined && hash !== sha256Hex(leaf))
    return unreadable("has another Hash than its Cert");
  // Envoy repeats the leaf in the chain, Container Apps does not.
  return [leaf, ...chain.filter((der) => !Buffer.from(der).equals(leaf))];
};

type Pair = readonly [key: string, value: string];

/** Elements are parted by commas, pairs by semicolons; quoted values may hold either, and `\\"`. */
function elementsOf(text: string): readonly (readonly Pair[])[] | undefined {
  const pair = /([A-Za-z]+)=(?:"((?:[^"\\]|\\.)*)"|([^",;]*))([,;]|$)/y;
  const elements: Pair[][] = [[]];
  for (let at = 0; at < text.length; at = pair.lastIndex) {
    pair.lastIndex = at;
    const found = pair.exec(text);
    if (found === null) return undefined;
    const [, key = "", quoted, bare = "", end] = found;
    elements.at(-1)?.push([key, quoted?.replace(/\\(.)/g, "$1") ?? bare]);
    if (end === ",") elements.push([]);
    if (end !== "" && pair.lastIndex === text.length) return undefined;
  }
  return elements;
}

function urlEncodedPem(text: string): readonly Uint8Array[] | undefined {
  try {
    const blocks = pemBlocks(decodeURIComponent(text), "CERTIFICATE");
    return blocks?.length === 0 ? undefined : blocks;
  } catch {
    return undefined;
  }
}
