import { isRecord } from "../../residency/is-record.ts";
import type { Refused } from "../identity.ts";
import { unambiguousJson } from "../unambiguous-json.ts";
import { refuse } from "./refused.ts";

/** Longest compact token that is looked at, in bytes. Entra's largest, with 200 groups, has about 10 KiB. */
export const maxTokenBytes = 16_384;

/** A compact JWS taken apart; nothing in it is proven yet. */
export interface TokenShape {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly algorithm: string;
  readonly keyId: string | undefined;
  readonly type: string | undefined;
  /** What the signature covers. */
  readonly signingInput: string;
}

/**
 * Takes a token apart before any of it is believed. Base64url that another text could stand for is refused
 * (RFC 4648, 3.5): otherwise one token has many spellings, and a hash of it says nothing.
 */
export function shapeOf(token: string): TokenShape | Refused {
  const malformed = (reason: string) => refuse("token_malformed", reason);
  if (token.length > maxTokenBytes) {
    return malformed(`the token is longer than ${maxTokenBytes} bytes`);
  }
  const parts = token.split(".");
  if (parts.length === 5) return malformed("encrypted tokens are not accepted, only signed ones");
  const [head, body, signature] = parts;
  if (parts.length !== 3 || head === undefined || body === undefined || signature === undefined) {
    return malformed("the token is no compact JWS of three parts");
  }
  if (![head, body, signature].every(isCanonicalBase64url)) {
    return malformed("a part of the token is not canonical base64url");
  }
  const header = jsonObject(head);
  if (header === undefined)
    return malformed("the token's header is no JSON object, or names a member twice");
  const { alg, kid, typ, cty } = header;
  if (typeof alg !== "string") return malformed("the token's header names no algorithm");
  if (!isOptionalText(kid)) return malformed("the header's kid is no text");
  if (!isOptionalText(typ)) return malformed("the header's typ is no text");
  for (const name of ["crit", "b64", "zip", "enc"]) {
    if (Object.hasOwn(header, name)) return malformed(`the header's ${name} is not accepted`);
  }
  if (cty !== undefined) return malformed("nested tokens are not accepted");
  const payload = jsonObject(body);
  if (payload === undefined)
    return malformed("the token's content is no JSON object, or names a member twice");
  return {
    header,
    payload,
    algorithm: alg,
    keyId: kid,
    type: typ?.toLowerCase().replace(/^application\//, ""),
    signingInput: `${head}.${body}`,
  };
}

/** An empty text is canonical too: `alg: none` comes without a signature and is refused for its algorithm. */
function isCanonicalBase64url(text: string): boolean {
  return Buffer.from(text, "base64url").toString("base64url") === text;
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === "string" && value !== "" && value.length <= 512);
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function jsonObject(base64url: string): Record<string, unknown> | undefined {
  try {
    const value = unambiguousJson(utf8.decode(Buffer.from(base64url, "base64url")));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
