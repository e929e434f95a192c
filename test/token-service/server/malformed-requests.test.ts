import { afterEach, describe, expect, it } from "vitest";

import { startFake, stopAll } from "./fakes.ts";
import { body, bodyOf, host, json, length, raw, request, statuses, token } from "./raw-http.ts";

afterEach(stopAll);

describe("bytes another server could read differently", () => {
  it("are answered when they are plain", async () => {
    const { port } = await startFake();
    expect(statuses(await raw(port, [request([host, json, length, token()])]))).toEqual(["200"]);
  });

  it.each([
    { what: "two hosts", lines: () => [host, "Host: other", json, length, token()] },
    { what: "no host", lines: () => [json, length, token()] },
    { what: "two lengths", lines: () => [host, json, length, "Content-Length: 3", token()] },
    { what: "the same length twice", lines: () => [host, json, length, length, token()] },
    {
      what: "a length and an encoding",
      lines: () => [host, json, length, "Transfer-Encoding: chunked", token()],
    },
    {
      what: "an encoding and a length",
      lines: () => [host, json, "Transfer-Encoding: chunked", length, token()],
    },
    {
      what: "two encodings",
      lines: () => [
        host,
        json,
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: identity",
        token(),
      ],
    },
    {
      what: "an unknown encoding",
      lines: () => [host, json, "Transfer-Encoding: xchunked", token()],
    },
    {
      what: "a space before the colon",
      lines: () => [host, json, `Content-Length : ${body.length}`, token()],
    },
    { what: "a folded header", lines: () => [host, json, length, "X-One: a\r\n b", token()] },
    { what: "a zero byte in a header", lines: () => [host, json, length, "X-One: a\0b", token()] },
    {
      what: "a bare carriage return",
      lines: () => [host, json, length, "X-One: a\rTransfer-Encoding: chunked", token()],
    },
    { what: "a negative length", lines: () => [host, json, "Content-Length: -1", token()] },
    {
      what: "a length with a sign",
      lines: () => [host, json, `Content-Length: +${body.length}`, token()],
    },
    {
      what: "two content types",
      lines: () => [host, json, "Content-Type: text/plain", length, token()],
    },
  ])("$what: 400, closed, and no second request read from the rest", async ({ lines }) => {
    const service = await startFake();
    const smuggled = request([host, json, length, token()]);
    const answer = await raw(service.port, [request(lines()) + smuggled]);
    expect(statuses(answer)).toEqual(["400"]);
    expect(answer.toLowerCase()).toContain("connection: close");
    expect(bodyOf(answer)).toMatchObject({ error: "invalid_request", code: "malformed_request" });
    expect(service.events).toEqual([]);
  });

  it.each([
    { what: "HTTP/1.0", start: "POST /v1/token HTTP/1.0" },
    { what: "HTTP/2 over plain text", start: "PRI * HTTP/2.0" },
    { what: "no HTTP", start: "\x16\x03\x01\x02\x00\x01" },
    { what: "a method that is none", start: "STEAL /v1/token HTTP/1.1" },
  ])("$what is refused", async ({ start }) => {
    const service = await startFake();
    const answer = await raw(service.port, [
      [start, host, json, length, token(), "", body].join("\r\n"),
    ]);
    expect(statuses(answer)).toEqual(["400"]);
    expect(service.events).toEqual([]);
  });

  it("a bare line feed ends no header", async () => {
    const service = await startFake();
    const answer = await raw(service.port, [
      `POST /v1/token HTTP/1.1\n${host}\n${json}\n${length}\n\n${body}`,
    ]);
    expect(statuses(answer)).toEqual(["400"]);
    expect(service.events).toEqual([]);
  });
});
