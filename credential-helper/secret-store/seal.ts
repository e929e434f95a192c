import { joined } from "./bytes.ts";

/**
 * AES-256-GCM (NIST SP 800-38D) by the runtime's own Web Crypto: no module to load. A record is bound to its
 * name, so that one cannot stand in for another.
 */

/** First bytes of a sealed record; a plain one starts with `{`. */
const mark = new TextEncoder().encode("CWH1");
const nonceBytes = 12;

export function isSealed(bytes: Uint8Array): boolean {
  return mark.every((byte, at) => bytes[at] === byte);
}

export async function seal(
  key: Uint8Array<ArrayBuffer>,
  label: string,
  text: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = crypto.getRandomValues(new Uint8Array(nonceBytes));
  const algorithm = { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(label) };
  const body = await crypto.subtle.encrypt(
    algorithm,
    await imported(key),
    new TextEncoder().encode(text),
  );
  return joined(mark, iv, new Uint8Array(body));
}

/** Undefined when it was not sealed with this key under this label, or is damaged. */
export async function unseal(
  key: Uint8Array<ArrayBuffer>,
  label: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string | undefined> {
  if (!isSealed(bytes)) return undefined;
  const body = mark.length + nonceBytes;
  const algorithm = {
    name: "AES-GCM",
    iv: bytes.slice(mark.length, body),
    additionalData: new TextEncoder().encode(label),
  };
  try {
    const text = await crypto.subtle.decrypt(algorithm, await imported(key), bytes.slice(body));
    return new TextDecoder().decode(text);
  } catch {
    return undefined;
  }
}

function imported(key: Uint8Array<ArrayBuffer>) {
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
}
