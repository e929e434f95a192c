import { isRecord } from "../../residency/is-record.ts";

/** The part of `fetch` that is used; tests put their own in its place. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const timeoutMilliseconds = 5_000;
const maxBytes = 262_144;

/**
 * A JSON object from an issuer. No redirect is followed, nothing but 200 is believed, and neither a slow nor
 * an endless answer holds a request up. Throws an error whose message names the address and what is wrong.
 */
export async function fetchJson(
  url: string,
  fetchImplementation: Fetch,
): Promise<Readonly<Record<string, unknown>>> {
  let text: string;
  try {
    const response = await fetchImplementation(url, {
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMilliseconds),
      headers: { accept: "application/json" },
    });
    if (response.status !== 200) throw new Error(`answered ${response.status}`);
    text = await limitedText(response);
  } catch (error) {
    throw new Error(`${url}: ${reasonOf(error)}`);
  }
  const value = parsed(text);
  if (!isRecord(value)) throw new Error(`${url}: the answer is no JSON object`);
  return value;
}

/** An https address without embedded credentials. */
export function isHttps(url: string): boolean {
  const at = URL.parse(url);
  return at?.protocol === "https:" && at.username === "" && at.password === "";
}

/** Plain http that never leaves the machine. */
export function isLoopback(url: string): boolean {
  const at = URL.parse(url);
  return at?.protocol === "http:" && at.hostname === "127.0.0.1" && at.username === "";
}

async function limitedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new Error(`the answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Undici hides why a connection failed in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "failed";
  if (error.name === "TimeoutError") return `no answer within ${timeoutMilliseconds / 1000} s`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
