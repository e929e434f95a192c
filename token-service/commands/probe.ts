import { tokenRefusal, tokenResponse } from "../../contract/token-api.ts";
import type { ServedRoute } from "../../contract/token-service-config.ts";
import { didYouMean } from "../../residency/nearest.ts";
import { CommandFailed, type ExitCode, type Io } from "../config/io.ts";
import { neededConfig } from "./needed-config.ts";
import { type ProbeCase, probeCases, probePath } from "./probe-cases.ts";
import { neededOrigin } from "./service-origin.ts";
import { tokenFrom } from "./token-from.ts";

export interface ProbeOptions {
  readonly url: string;
  readonly config?: string;
  /** Default: the first one configured. */
  readonly route?: string;
  readonly json?: boolean;
}

interface Result {
  readonly name: string;
  readonly expected: string;
  /** What came, without any part of a credential. */
  readonly got: string;
  readonly ok: boolean;
}

/** Asks a running service what it has to give and everything it must refuse. 1 when any answer is not as it should be. */
export async function probeCommand(options: ProbeOptions, io: Io): Promise<ExitCode> {
  const config = await neededConfig(options.config, io);
  const names = config.routes.map(({ name }) => name);
  const wanted = options.route ?? names[0];
  const route = config.routes.find(({ name }) => name === wanted);
  if (route === undefined) {
    const given = String(wanted);
    const meant = didYouMean(given, names);
    throw new CommandFailed(`--route ${given}: there is ${names.join(", ")}${meant}`, 2);
  }
  const url = neededOrigin(options.url);
  const token = await tokenFrom("COWORK_PROBE_TOKEN", io);
  if (token.split(".").length !== 3) throw new CommandFailed("the token is no signed JWT", 2);
  const results: Result[] = [];
  for (const probe of probeCases({ config, route, token })) {
    results.push(await ask(url, probe, config.geography, io));
  }
  const ok = results.every((result) => result.ok);
  if (options.json) io.out(JSON.stringify({ ok, results }));
  else {
    const width = Math.max(...results.map(({ name }) => name.length));
    for (const result of results) {
      const mark = result.ok ? "ok   " : "WRONG";
      const but = result.ok ? "" : ` (expected ${result.expected})`;
      io.out(`${mark}  ${result.name.padEnd(width)}  ${result.got}${but}`);
    }
  }
  return ok ? 0 : 1;
}

async function ask(url: string, probe: ProbeCase, geography: string, io: Io): Promise<Result> {
  const { name, expected } = probe;
  const text = "credential" in expected ? "a credential" : expected.codes.join(" or ");
  try {
    const response = await io.fetch(new URL(probePath, url), {
      method: "POST",
      headers: { "content-type": "application/json", ...probe.headers },
      body: probe.body,
      redirect: "error",
      signal: AbortSignal.timeout(30_000),
    });
    const answer: unknown = await response.json().catch(() => undefined);
    const given = tokenResponse.safeParse(answer);
    if (given.success) {
      const problem =
        "credential" in expected
          ? credentialProblem(given.data, expected.credential, geography, io.now())
          : "a credential";
      return { name, expected: text, got: problem ?? "a credential", ok: problem === undefined };
    }
    const refusal = tokenRefusal.safeParse(answer);
    if (!refusal.success) {
      return {
        name,
        expected: text,
        got: `${response.status}, no answer of a token service`,
        ok: false,
      };
    }
    const { code } = refusal.data;
    const ok = "codes" in expected && response.status >= 400 && expected.codes.includes(code);
    return { name, expected: text, got: code, ok };
  } catch {
    return { name, expected: text, got: "no answer", ok: false };
  }
}

const kinds: Readonly<Record<ServedRoute["provider"], string>> = {
  bedrock: "bedrock-api-key",
  mantle: "bedrock-api-key",
  vertex: "google-access-token",
  foundry: "entra-access-token",
  gateway: "gateway-jwt",
};

/** Longest a credential of any route lives, in seconds: `sessionSeconds` of a trust policy ends there. */
const longestSessionSeconds = 43_200;

function credentialProblem(
  answer: { kind: string; geography: string; route: string; expiresAtEpochSeconds: number },
  route: ServedRoute,
  geography: string,
  nowMs: number,
): string | undefined {
  if (answer.kind !== kinds[route.provider]) return `a credential of kind ${answer.kind}`;
  if (answer.geography !== geography || answer.route !== route.name) {
    return "a credential of another geography or route";
  }
  const lifeSeconds = answer.expiresAtEpochSeconds - nowMs / 1000;
  if (lifeSeconds <= 0) return "a credential that is over";
  return lifeSeconds > longestSessionSeconds + 60 ? "a credential that lives too long" : undefined;
}
