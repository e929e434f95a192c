import { createServer, type RequestListener } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { fetchJson } from "../../../token-service/identity/fetch-json.ts";
import { closeServer, listen } from "../../services/loopback.ts";

async function answering(handle: RequestListener): Promise<string> {
  const server = createServer(handle);
  onTestFinished(() => closeServer(server));
  return `http://127.0.0.1:${await listen(server, 0)}/keys`;
}

const said = (url: string) =>
  fetchJson(url, fetch).then(JSON.stringify, (error: Error) => error.message);

describe("an issuer's answer", () => {
  it("is an object of JSON", async () => {
    expect(await said(await answering((_, response) => response.end('{"keys":[]}')))).toBe(
      '{"keys":[]}',
    );
  });

  it.each<[string, RequestListener, string]>([
    [
      "sends on",
      (_, response) => response.writeHead(302, { location: "/other" }).end(),
      "unexpected redirect",
    ],
    ["is an error", (_, response) => response.writeHead(500).end("{}"), "answered 500"],
    ["is a list", (_, response) => response.end("[]"), "the answer is no JSON object"],
    ["is a page", (_, response) => response.end("<html>"), "the answer is no JSON object"],
    [
      "does not end",
      (_, response) => {
        const more = () => response.write(" ".repeat(65_536), () => setImmediate(more));
        response.on("error", () => {});
        more();
      },
      "the answer is longer than 262144 bytes",
    ],
  ])("is refused when it %s", async (_, handle, reason) => {
    const url = await answering(handle);
    expect(await said(url)).toBe(`${url}: ${reason}`);
  });

  it("is not waited for longer than 5 s", async () => {
    const url = await answering((_, response) => void response.writeHead(200).write("{"));
    expect(await said(url)).toBe(`${url}: no answer within 5 s`);
  });
});
