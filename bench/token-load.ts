import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { json } from "node:stream/consumers";

/** What one run at a constant rate saw. */
export interface LoadReport {
  /** From when a request was due, not from when it could be sent: a service that stalls is not spared. */
  readonly latenciesMs: readonly number[];
  readonly seconds: number;
  /** Answers by code; `ok` for a credential, `lost` for no answer. */
  readonly codes: Readonly<Record<string, number>>;
}

// A process of its own, so that what it costs is not the service's time: node token-load.ts URL FILE RATE WARM-UP
const [url = "", file = "", rate = "", warmUp = ""] = process.argv.slice(2);
const tokens = readFileSync(file, "utf8").split("\n").filter(Boolean);
const everyMs = 1000 / Number(rate);
const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const target = new URL("/v1/token", url);
const body = JSON.stringify({ geography: "eu", route: "gateway" });
const latenciesMs: number[] = [];
const codes: Record<string, number> = {};

const startMs = performance.now() + 100;
const all = tokens.map(async (token, index) => {
  const dueMs = startMs + index * everyMs;
  await due(dueMs);
  const code = await ask(token);
  if (index < Number(warmUp)) return;
  latenciesMs.push(performance.now() - dueMs);
  codes[code] = (codes[code] ?? 0) + 1;
});
await Promise.all(all);
const seconds = (performance.now() - startMs) / 1000;
const report: LoadReport = { latenciesMs, seconds, codes };
// A pipe takes a part at a time: leaving before it took all would cut the report.
process.stdout.write(JSON.stringify(report), () => process.exit());

/** Timers come up to a millisecond late, which counts against the service; never early. */
function due(atMs: number): Promise<void> {
  return new Promise((done) => setTimeout(done, Math.max(0, atMs - performance.now())));
}

function ask(token: string): Promise<string> {
  return new Promise((done) => {
    const sent = request(target, {
      method: "POST",
      agent,
      headers: {
        "content-type": "application/json",
        "content-length": body.length,
        authorization: `Bearer ${token}`,
      },
    });
    sent.on("error", () => done("lost"));
    sent.on("response", async (response) => {
      const answer = await json(response).catch(() => ({}));
      const code: unknown =
        typeof answer === "object" && answer && "code" in answer ? answer.code : undefined;
      done(response.statusCode === 200 ? "ok" : String(code ?? "lost"));
    });
    sent.end(body);
  });
}
