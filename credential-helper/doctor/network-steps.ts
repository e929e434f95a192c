import { isIP } from "node:net";
import { connect } from "node:tls";

import type { HelperConfig } from "../../contract/helper-config.ts";
import { HelperFailure } from "../failure.ts";
import { skewSeconds } from "../freshness.ts";
import { isObject, parseJson } from "../record.ts";
import { boundedFetch, Unanswered } from "../sign-in/bounded-fetch.ts";
import { discoverIssuer } from "../sign-in/issuer.ts";
import { type Finding, failed, ok, skipped, warning } from "./step.ts";

/** What asking needs of its surroundings. */
export interface Asking {
  readonly fetch: typeof globalThis.fetch;
  /** PEM texts that are trusted. */
  readonly authorities: readonly string[];
  readonly now: () => number;
}

const limitMs = 8_000;

/** An answer that was read, or why there is none. */
interface Answer {
  readonly status: number;
  readonly value: unknown;
  /** Milliseconds since 1970-01-01 by the server's clock; undefined when it did not say. */
  readonly dateMs: number | undefined;
}

/** @returns a sentence when nobody answered. */
async function ask(url: string, { fetch }: Asking): Promise<Answer | string> {
  const bounds = { signal: AbortSignal.timeout(60_000), timeoutMilliseconds: limitMs };
  try {
    const answer = await boundedFetch(fetch, bounds)(url);
    return {
      status: answer.status,
      value: parseJson(await answer.text()),
      dateMs: dateOf(answer),
    };
  } catch (error) {
    if (error instanceof Unanswered) return error.message;
    throw error;
  }
}

function dateOf({ headers }: Response): number | undefined {
  const date = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(date) ? undefined : date;
}

const reachFix =
  "let this computer reach it (DNS, firewall, proxy), and put a company's own authority into certificateAuthorities";

/** Whether a run would take the issuer's metadata: it is read and checked as a run does. */
export async function issuerStep(
  config: HelperConfig | undefined,
  asking: Asking,
): Promise<{ readonly finding: Finding; readonly clock: Finding }> {
  const noClock = skipped("nobody answered with the time");
  if (config === undefined)
    return { finding: skipped("needs a valid configuration"), clock: noClock };
  const { signIn, exchange } = config;
  if (signIn.kind !== "oidc") {
    const service = exchange.kind === "token-service" ? exchange.url : undefined;
    const answer = service === undefined ? "none" : await ask(`${service}/healthz`, asking);
    const finding = skipped("the device certificate needs no issuer");
    return { finding, clock: typeof answer === "string" ? noClock : clockOf(answer, asking.now()) };
  }
  let dateMs: number | undefined;
  const dated: typeof fetch = async (input, init) => {
    const answer = await asking.fetch(input, init);
    dateMs = dateOf(answer);
    return answer;
  };
  const finding = await discoveryOf(signIn, dated);
  return { finding, clock: dateMs === undefined ? noClock : clockOf({ dateMs }, asking.now()) };
}

async function discoveryOf(
  signIn: Extract<HelperConfig["signIn"], { kind: "oidc" }>,
  fetch: Asking["fetch"],
): Promise<Finding> {
  try {
    await discoverIssuer(signIn, {
      context: "setup-test",
      fetch,
      signal: AbortSignal.timeout(limitMs),
    });
    return ok(`${signIn.issuer} answers and names itself as configured`);
  } catch (error) {
    if (!(error instanceof HelperFailure)) throw error;
    const [found = "", ...fix] = error.message.split("; ");
    if (fix.length > 0) return failed(found, fix.join("; "));
    return failed(found, error.failure === "unavailable" ? reachFix : "ask who runs the issuer");
  }
}

function clockOf({ dateMs }: Pick<Answer, "dateMs">, nowMs: number): Finding {
  if (dateMs === undefined) return skipped("the server did not say what time it is");
  const apartSeconds = Math.round((nowMs - dateMs) / 1000);
  if (Math.abs(apartSeconds) <= skewSeconds)
    return ok(`this computer's clock is within ${skewSeconds} s of the server's`);
  return warning(
    `this computer's clock is ${Math.abs(apartSeconds)} s ${apartSeconds > 0 ? "ahead of" : "behind"} the server's`,
    "turn on network time: tokens are refused when clocks differ",
  );
}

/** Whether the token service is alive and ready, and of the configured geography. */
export async function tokenServiceStep(
  config: HelperConfig | undefined,
  asking: Asking,
): Promise<Finding> {
  if (config === undefined) return skipped("needs a valid configuration");
  const { exchange, geography } = config;
  if (exchange.kind !== "token-service") return skipped("the sign-in is exchanged without one");
  const alive = await ask(`${exchange.url}/healthz`, asking);
  if (typeof alive === "string") return failed(alive, reachFix);
  if (alive.status !== 200)
    return failed(`${exchange.url} answers HTTP ${alive.status}`, "ask who runs the token service");
  const ready = await ask(`${exchange.url}/readyz`, asking);
  if (typeof ready === "string" || ready.status !== 200)
    return warning(`${exchange.url} is alive but not ready`, "ask who runs the token service");
  const metadata = await ask(`${exchange.url}/.well-known/oauth-authorization-server`, asking);
  const named = typeof metadata === "string" ? undefined : metadata.value;
  const theirs = isObject(named) ? named.geography : undefined;
  if (typeof theirs !== "string")
    return ok(`${exchange.url} is ready; its geography is checked with each credential`);
  return theirs === geography
    ? ok(`${exchange.url} is ready and serves geography ${geography}`)
    : failed(
        `${exchange.url} serves geography ${theirs.slice(0, 40)}, and this computer is set up for ${geography}`,
        "install the profile set and the helper's configuration of one and the same geography",
      );
}

/** Whether the provider's exchange can be reached; any answer will do. */
export async function providerStep(
  config: HelperConfig | undefined,
  asking: Asking,
): Promise<Finding> {
  const url = config === undefined ? undefined : exchangeHost(config);
  if (url === undefined) return skipped("nothing else is asked");
  const answer = await ask(url, asking);
  return typeof answer === "string"
    ? failed(answer, reachFix)
    : ok(`${new URL(url).host} can be reached`);
}

function exchangeHost({ exchange }: HelperConfig): string | undefined {
  if (exchange.kind === "bedrock")
    return exchange.stsUrl ?? `https://sts.${exchange.region}.amazonaws.com`;
  if (exchange.kind === "vertex-workforce") return exchange.stsUrl ?? "https://sts.googleapis.com";
  return undefined;
}

/** Who vouches for the server that is asked first, and until when. */
export async function certificateStep(
  config: HelperConfig | undefined,
  { authorities, now }: Asking,
): Promise<Finding> {
  const server =
    config === undefined
      ? undefined
      : config.signIn.kind === "oidc"
        ? config.signIn.issuer
        : config.exchange.kind === "token-service"
          ? config.exchange.url
          : undefined;
  if (server === undefined || !server.startsWith("https:")) return skipped("nothing asks over TLS");
  const { hostname, port } = new URL(server);
  const seen = await peer(hostname, port === "" ? 443 : Number(port), authorities);
  if (typeof seen === "string")
    return warning(
      `${hostname} cannot be asked for its certificate directly (${seen})`,
      "fine behind a proxy; otherwise put the company's authority into certificateAuthorities",
    );
  const leftDays = Math.floor((Date.parse(seen.validTo) - now()) / 86_400_000);
  const found = `${hostname} shows a certificate of ${seen.authority}, valid for ${leftDays} days`;
  return leftDays < 14 ? warning(found, "have it renewed") : ok(found);
}

interface Peer {
  readonly authority: string;
  readonly validTo: string;
}

function peer(host: string, port: number, ca: readonly string[]): Promise<Peer | string> {
  return new Promise((resolve) => {
    // An address is no server name (RFC 6066, 3).
    const name = isIP(host) === 0 ? { servername: host } : {};
    const socket = connect({ host, port, ...name, ca: [...ca], rejectUnauthorized: true });
    const settle = (answer: Peer | string) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(limitMs, () => settle("no answer"));
    socket.on("error", (error) => settle("code" in error ? String(error.code) : "refused"));
    socket.on("secureConnect", () => {
      const { issuer, valid_to: validTo } = socket.getPeerCertificate();
      const authority = issuer?.O ?? issuer?.CN ?? "an unnamed authority";
      settle({ authority: String(authority).slice(0, 80), validTo: validTo ?? "" });
    });
  });
}
