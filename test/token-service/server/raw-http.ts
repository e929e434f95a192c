import { connect } from "node:net";

import { newToken } from "./fakes.ts";

/** Sends bytes as they are, a piece at a time, and gives what comes back until the server closes or `quietMs` pass. */
export function raw(
  port: number,
  pieces: readonly string[],
  quietMs = 300,
  everyMs = 0,
): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let got = "";
    let quiet: NodeJS.Timeout;
    const end = () => {
      clearTimeout(quiet);
      socket.destroy();
      resolve(got);
    };
    const wait = () => {
      clearTimeout(quiet);
      quiet = setTimeout(end, quietMs);
    };
    socket.on("data", (bytes) => {
      got += bytes;
      wait();
    });
    socket.on("close", end);
    socket.on("error", () => undefined);
    socket.on("connect", async () => {
      wait();
      for (const piece of pieces) {
        if (socket.destroyed) return;
        socket.write(piece);
        if (everyMs > 0) {
          await new Promise((done) => setTimeout(done, everyMs));
          wait();
        }
      }
    });
  });
}

/** Of every answer on the connection, in order. */
export const statuses = (answer: string) =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => status);

/** Of the only answer. */
export const bodyOf = (answer: string) => JSON.parse(answer.slice(answer.indexOf("\r\n\r\n") + 4));

/** What a right request sends. */
export const body = JSON.stringify({ geography: "eu", route: "gateway" });

export function request(lines: readonly string[], sent = body): string {
  return ["POST /v1/token HTTP/1.1", ...lines, "", sent].join("\r\n");
}

export const host = "Host: tokens";
export const json = "Content-Type: application/json";
export const length = `Content-Length: ${body.length}`;
export const token = () => `Authorization: Bearer ${newToken()}`;
