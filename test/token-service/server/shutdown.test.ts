import { Agent, request } from "node:http";
import { afterEach, expect, it } from "vitest";

import { newToken, nowSeconds, startFake, stopAll } from "./fakes.ts";
import { host, json, length, raw, statuses, token, request as wire } from "./raw-http.ts";

afterEach(stopAll);

function gate() {
  let open = () => {};
  const opened = new Promise<void>((done) => {
    open = done;
  });
  return { open: () => open(), opened };
}

const credential = () => ({
  token: "t",
  kind: "gateway-jwt" as const,
  expiresAtEpochSeconds: nowSeconds() + 900,
});
const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));

it("readiness fails first while requests are still served, then nothing new is accepted, and work under way ends well", async () => {
  const { open, opened } = gate();
  const service = await startFake({
    exchange: async () => {
      await opened;
      return credential();
    },
  });
  const under = [service.ask(newToken()), service.ask(newToken())];
  while (service.underWay.count < 2) await sleep(5);
  const stopped = service.stop({ drainSeconds: 0.4, graceSeconds: 10 });

  const ready = await service.ask(undefined, { path: "/readyz", method: "GET" });
  expect([ready.status, ready.body]).toEqual([
    503,
    { status: "unready", unready: [{ part: "service", reason: "it is shutting down" }] },
  ]);
  expect(ready.headers.get("connection")).toBe("close");
  const late = service.ask(newToken());
  while (service.underWay.count < 3) await sleep(5);

  await sleep(600);
  await expect(service.ask(newToken())).rejects.toThrow("fetch failed");
  open();
  await stopped;
  expect((await Promise.all([...under, late])).map(({ status }) => status)).toEqual([
    200, 200, 200,
  ]);
  expect(service.events.filter(({ decision }) => decision === "allow")).toHaveLength(3);
});

it("a request whose headers came before is answered, and its connection closed", async () => {
  const { open, opened } = gate();
  const service = await startFake({
    exchange: async () => {
      await opened;
      return credential();
    },
  });
  const begun = (agent: Agent) => {
    const sent = request(`${service.url}/v1/token`, {
      method: "POST",
      agent,
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${newToken()}`,
        "content-length": "36",
      },
    });
    sent.flushHeaders();
    const answered = new Promise<unknown>((done) => {
      sent.on("response", (response) =>
        done([response.resume().statusCode, response.headers.connection]),
      );
    });
    const connected = new Promise<void>((done) => {
      sent.once("socket", (socket) => socket.once("connect", () => done()));
    });
    return { sent, answered, connected };
  };
  const agent = new Agent({ keepAlive: true });
  const early = begun(agent);
  await early.connected;
  // Connections are served in turn: once these are answered, the headers were read.
  for (let n = 0; n < 5; n += 1) await service.ask(undefined, { path: "/healthz", method: "GET" });
  const stopped = service.stop({ drainSeconds: 0, graceSeconds: 10 });
  early.sent.end('{"geography":"eu","route":"gateway"}');
  await sleep(50);
  open();
  expect(await early.answered).toEqual([200, "close"]);
  await stopped;
  agent.destroy();
});

it("a request that comes behind one under way gets nothing any more", async () => {
  const { open, opened } = gate();
  let exchanges = 0;
  const service = await startFake({
    exchange: async () => {
      exchanges += 1;
      await opened;
      return credential();
    },
  });
  const one = () => wire([host, json, length, token()]);
  const answered = raw(service.port, [one(), one()], 5_000, 300);
  while (service.underWay.count < 1) await sleep(5);
  const stopped = service.stop({ drainSeconds: 0, graceSeconds: 10 });
  await sleep(500);
  open();
  expect(statuses(await answered)).toEqual(["200"]);
  await stopped;
  expect([exchanges, service.events.length]).toEqual([1, 1]);
});

it("what takes longer than the grace is ended, answered and recorded", async () => {
  const service = await startFake({ exchange: () => new Promise(() => {}) });
  const under = service.ask(newToken());
  while (service.underWay.count < 1) await sleep(5);
  await service.stop({ drainSeconds: 5, graceSeconds: 0.2 });
  const { status, body } = await under;
  expect([status, body]).toMatchObject([503, { code: "upstream_unavailable" }]);
  expect(service.events).toMatchObject([{ decision: "refuse", code: "upstream_unavailable" }]);
});
