import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";

import { openAudit } from "../../../token-service/audit/audit.ts";
import { auditLine } from "../../../token-service/audit/line.ts";
import { lineWriter } from "../../../token-service/audit/line-writer.ts";
import { otlpSink } from "../../../token-service/audit/otlp.ts";
import type { AuditEvent } from "../../../token-service/decision.ts";
import { closeServer, freePort, listen } from "../../services/loopback.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const event: AuditEvent = {
  event: "token.decision",
  time: "2026-11-21T12:00:00.000Z",
  traceId: "0af7651916cd43dd8448eb211c80319c",
  geography: "eu",
  decision: "allow",
  user: "alice",
};

describe("a line", () => {
  it("holds the listed fields in order and nothing else an object carries", () => {
    const more = { token: "secret", ...event, claims: { email: "a" } };
    expect(auditLine(more)).toBe(
      '{"event":"token.decision","time":"2026-11-21T12:00:00.000Z","traceId":"0af7651916cd43dd8448eb211c80319c","geography":"eu","decision":"allow","user":"alice"}\n',
    );
  });

  it("is one line of ASCII that gives back what was written, whatever a name holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 500 }), (user) => {
        const line = auditLine({ ...event, user });
        expect(line).toMatch(/^[\x20-\x7e]+\n$/);
        expect(JSON.parse(line).user).toBe(user);
      }),
    );
  });

  it("cuts what is longer than a log store keeps", () => {
    const parsed = JSON.parse(
      auditLine({
        ...event,
        user: "u".repeat(10_000),
        wouldAllow: Array(100).fill("p".repeat(1000)),
      }),
    );
    expect(parsed.user).toBe(`${"u".repeat(512)}...`);
    expect(parsed.wouldAllow).toEqual(Array(32).fill(`${"p".repeat(512)}...`));
  });
});

function file(): { readonly fd: number; readonly text: () => string } {
  const folder = mkdtempSync(join(tmpdir(), "cowork-audit-"));
  closers.push(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "out");
  return { fd: openSync(path, "a"), text: () => readFileSync(path, "utf8") };
}

describe("standard output", () => {
  it("has every line, whole and in order, once write() resolved", async () => {
    const { fd, text } = file();
    const writer = lineWriter({ fd });
    const lines = Array.from(
      { length: 2000 },
      (_, index) => `${index} ${"x".repeat(index % 300)}\n`,
    );
    const written = lines.map((line) => writer.write(line));
    await written[999];
    expect(text().startsWith(lines.slice(0, 1000).join(""))).toBe(true);
    await writer.flush();
    expect(text()).toBe(lines.join(""));
    expect(writer.lost()).toBe(0);
  });

  it("that is not read lets nothing wait without end, and says what is lost", async () => {
    const { fd } = file();
    const writer = lineWriter({ fd, maxWaiting: 25 });
    const first = writer.write("0123456789\n");
    const second = writer.write("0123456789\n");
    await expect(writer.write("0123456789\n")).rejects.toThrow(
      "standard output is not read: too many events wait",
    );
    await Promise.all([first, second]);
    expect(writer.lost()).toBe(1);
    await writer.write("0123456789\n");
  });

  it("that is closed fails each write, and the writer goes on", async () => {
    const writer = lineWriter({ fd: 99_999 });
    await expect(writer.write("a\n")).rejects.toThrow("standard output cannot be written to");
    await expect(writer.write("b\n")).rejects.toThrow("standard output cannot be written to");
    expect(writer.lost()).toBe(2);
  });
});

async function collector(status = 200) {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    bodies.push(`${request.url} ${body}`);
    response.writeHead(status, { "content-type": "application/json" }).end("{}");
  });
  const endpoint = `http://127.0.0.1:${await listen(server)}`;
  closers.push(() => closeServer(server));
  return { endpoint, bodies };
}

describe("the collector", () => {
  it("gets the same fields, in batches", async () => {
    const { endpoint, bodies } = await collector();
    const { fd, text } = file();
    const audit = openAudit(lineWriter({ fd }), otlpSink({ endpoint }));
    await audit.record({ ...event, wouldAllow: ["a", "b"], durationMilliseconds: 1.5 });
    await audit.record({ ...event, user: "bob" });
    await audit.close();
    expect(text().split("\n")).toHaveLength(3);
    expect(bodies).toHaveLength(1);
    const [path, body] = [bodies[0]!.slice(0, 8), JSON.parse(bodies[0]!.slice(9))];
    expect(path).toBe("/v1/logs");
    const records = body.resourceLogs[0].scopeLogs[0].logRecords;
    expect(records.map(({ eventName }: { eventName: string }) => eventName)).toEqual([
      "token.decision",
      "token.decision",
    ]);
    const attributes = records[0].attributes.map(
      ({ key, value }: { key: string; value: object }) => [key, Object.values(value)[0]],
    );
    expect(attributes).toEqual([
      ["event", "token.decision"],
      ["time", "2026-11-21T12:00:00.000Z"],
      ["traceId", "0af7651916cd43dd8448eb211c80319c"],
      ["geography", "eu"],
      ["decision", "allow"],
      ["wouldAllow", { values: [{ stringValue: "a" }, { stringValue: "b" }] }],
      ["user", "alice"],
      ["durationMilliseconds", 1.5],
    ]);
    expect(audit.lost()).toEqual({ output: 0, collector: 0 });
  });

  it.each(["refuses", "is not there", "never answers"])(
    "that %s blocks nothing, ends nothing, and what it misses is counted",
    async (how) => {
      let endpoint = (await collector(400)).endpoint;
      if (how === "is not there") endpoint = `http://127.0.0.1:${await freePort()}`;
      if (how === "never answers") {
        const server = createServer(() => undefined);
        endpoint = `http://127.0.0.1:${await listen(server)}`;
        closers.push(() => closeServer(server));
      }
      const { fd, text } = file();
      const sink = otlpSink({ endpoint, maxWaiting: 10, exportTimeoutMs: 300 });
      const audit = openAudit(lineWriter({ fd }), sink);
      for (let at = 0; at < 25; at += 1) await audit.record(event);
      expect(text().split("\n")).toHaveLength(26);
      await vi.waitFor(() => expect(audit.lost()).toEqual({ output: 0, collector: 25 }), 10_000);
      await audit.close();
    },
  );
});
