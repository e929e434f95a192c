import { setTimeout as sleep } from "node:timers/promises";
import { type RedisServer, startRedisServer } from "../test/services/redis-server.ts";
import { bareWrites } from "./bare-writes.ts";
import type { Bench, Figure } from "./bench.ts";
import { medianOf, percentile, watchStolen } from "./measure.ts";
import { runScript } from "./process.ts";
import type { LoadReport } from "./token-load.ts";
import { openTokenWorld, type TokenWorld } from "./token-world.ts";

export interface TokenBenchSize {
  readonly requestsPerSecond: number;
  readonly seconds: number;
  /** Runs of each kind, one after the other: a neighbour's busy moment spoils one of them. */
  readonly runs: number;
  /** Users revoked one after the other. */
  readonly revocations: number;
}

/** The token service under a constant rate: signature, replay and revocation checked on every request. */
export function tokenServiceBench(size: TokenBenchSize): Bench {
  const { requestsPerSecond, seconds, runs, revocations } = size;
  return {
    name: "token-service",
    what: `${requestsPerSecond} requests/s for ${seconds} s, ${runs} times, open loop, single-use tokens (RS256 and ES256 in turn), gateway route with a file key`,
    target: "p99 < 10 ms, 0 errors; Redis killed in the middle: refused, never wrong",
    peer: "a gateway claims 22.7 ms",
    async run() {
      return [
        ...(await measured({ kind: "memory" }, (world) => steady(world, size, "store in memory"))),
        ...(await withRedis(async (redis, world) => [
          await alone(redis, size),
          ...(await steady(world, size, "Redis, appendfsync always")),
          await revoked(world, revocations),
          await killed(world, size, redis),
        ])),
      ];
    },
  };
}

async function measured(
  store: object,
  use: (world: TokenWorld) => Promise<readonly Figure[]>,
): Promise<readonly Figure[]> {
  const world = await openTokenWorld(store);
  try {
    return await use(world);
  } finally {
    await world.close();
  }
}

async function withRedis(
  use: (redis: RedisServer, world: TokenWorld) => Promise<readonly Figure[]>,
): Promise<readonly Figure[]> {
  const redis = await startRedisServer({ appendOnly: true });
  try {
    return await measured({ kind: "redis", url: redis.url }, (world) => use(redis, world));
  } finally {
    await redis.close();
  }
}

const warmUpSeconds = 3;

function load(world: TokenWorld, file: string, rate: number): Promise<LoadReport> {
  const args = ["bench/token-load.ts", world.url, file, String(rate), String(rate * warmUpSeconds)];
  return runScript(...args).then((text) => JSON.parse(text));
}

async function steady(
  world: TokenWorld,
  size: TokenBenchSize,
  where: string,
): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (let run = 1; run <= size.runs; run += 1) {
    figures.push(await steadyRun(world, size, `${where}, run ${run}`));
  }
  return figures;
}

async function steadyRun(
  world: TokenWorld,
  { requestsPerSecond: rate, seconds }: TokenBenchSize,
  which: string,
): Promise<Figure> {
  const file = world.writeTokens(rate * (seconds + warmUpSeconds));
  const before = world.processorSeconds() ?? Number.NaN;
  const stolen = watchStolen();
  const report = await load(world, file, rate);
  const busy = stolen();
  const used = (world.processorSeconds() ?? Number.NaN) - before;
  const wrong = Object.keys(report.codes).filter((code) => !honest.includes(code));
  if (wrong.length > 0) throw new Error(`${which}: ${JSON.stringify(report.codes)}`);
  const refused = report.codes.store_unavailable ?? 0;
  const cost = ((used * 1000) / (rate * (seconds + warmUpSeconds))).toFixed(2);
  return {
    figure: `${percentiles(report)}, ${refused} refused (store_unavailable) of ${rate * seconds}`,
    note: `${which}; ${cost} ms of the service's processor time a request; ${busy}`,
  };
}

/** The store's own part of the next figure. */
async function alone(redis: RedisServer, size: TokenBenchSize): Promise<Figure> {
  const stolen = watchStolen();
  const latenciesMs = await bareWrites(redis.url, size.requestsPerSecond, size.seconds);
  return {
    figure: percentiles({ latenciesMs }),
    note: `bare SETs at the same rate, Redis with appendfsync always, no service; ${stolen()}`,
  };
}

/** On a starved machine the store may be too slow to vouch; anything but that is a wrong answer. */
const honest: readonly string[] = ["ok", "store_unavailable"];

/** Redis is cut off for two seconds: what is answered meanwhile is a refusal, and no token ever counts twice. */
async function killed(
  world: TokenWorld,
  { requestsPerSecond: rate, seconds }: TokenBenchSize,
  redis: RedisServer,
): Promise<Figure> {
  const file = world.writeTokens(rate * (seconds + warmUpSeconds));
  const stolen = watchStolen();
  const running = load(world, file, rate);
  await sleep((warmUpSeconds + seconds / 2) * 1000);
  await redis.kill();
  await sleep(2000);
  await redis.restart();
  const first = await running;
  const wrong = Object.keys(first.codes).filter((code) => !honest.includes(code));
  if (wrong.length > 0) throw new Error(`Redis killed: ${JSON.stringify(first.codes)}`);
  // Every token once more: those that were answered are remembered across the SIGKILL, whatever happened.
  const again = await load(world, file, rate);
  const twice = (first.codes.ok ?? 0) + (again.codes.ok ?? 0) - rate * seconds;
  if (twice > 0) throw new Error(`${twice} tokens counted twice`);
  const refused = first.codes.store_unavailable ?? 0;
  return {
    figure: `${first.codes.ok} answered, ${refused} refused (store_unavailable), 0 other, 0 tokens accepted twice; ${percentiles(first)}`,
    note: `Redis killed (SIGKILL) for 2 s and restarted in the middle; ${stolen()}`,
  };
}

/** From the acknowledgement of a revocation to the refusal in hand. */
async function revoked(world: TokenWorld, count: number): Promise<Figure> {
  const times: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const user = `user-${10_000 + at}`;
    const [before, after] = [world.token(user), world.token(user)];
    if ((await post(world, "/v1/token", before, asked)).status !== 200)
      throw new Error("refused before");
    const subject = { by: "user", value: user };
    const body = { subject, reason: "bench" };
    const { status } = await post(world, "/v1/revocations", world.token("root"), body);
    const acknowledgedMs = performance.now();
    const answer = await post(world, "/v1/token", after, asked);
    times.push(performance.now() - acknowledgedMs);
    if (status !== 200 || answer.code !== "revoked") {
      throw new Error(
        `the request after a revocation was answered ${answer.code ?? answer.status}`,
      );
    }
  }
  const longest = Math.max(...times);
  return {
    figure: `revocation acknowledged -> next request refused: ${medianOf(times).toFixed(1)} ms median, ${longest.toFixed(1)} ms longest`,
    note: `${count} users, 0 accepted afterwards`,
  };
}

const asked = { geography: "eu", route: "gateway" };

async function post(world: TokenWorld, path: string, token: string, body: object) {
  const response = await fetch(`${world.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  const code = typeof answer === "object" && answer && "code" in answer ? answer.code : undefined;
  return { status: response.status, code };
}

function percentiles({ latenciesMs }: Pick<LoadReport, "latenciesMs">): string {
  const text = (part: number) => `${percentile(latenciesMs, part).toFixed(1)} ms`;
  return `p50 ${text(0.5)}, p99 ${text(0.99)}, max ${text(1)}`;
}
