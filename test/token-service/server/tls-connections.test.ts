import { connect, type Socket } from "node:net";
import { afterEach, it } from "vitest";

import { createAuthority, issueServerCertificate } from "../../services/certificates.ts";
import { startFake, stopAll } from "./fakes.ts";

afterEach(stopAll);

async function startTls(headersTimeoutMs: number) {
  const { chainPem, keyPem } = await issueServerCertificate(await createAuthority());
  const tls = {
    certificate: Buffer.from(chainPem),
    privateKey: Buffer.from(keyPem),
    askForCertificate: true,
  };
  return startFake({}, { tls, limits: { headersTimeoutMs, receiveTimeoutMs: headersTimeoutMs } });
}

/** A caller that never hangs up by itself. */
function opened(port: number, first: string) {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  socket.on("error", () => undefined);
  const ended = new Promise<void>((done) => socket.resume().once("end", done));
  return new Promise<{ socket: Socket; ended: Promise<void> }>((done) =>
    socket.once("connect", () => {
      if (first !== "") socket.write(Buffer.from(first, "latin1"));
      done({ socket, ended });
    }),
  );
}

it.each([
  ["says nothing", ""],
  ["stops after a few bytes", "\x16\x03\x01\x02\x00\x01"],
  ["speaks plain HTTP", "GET /healthz HTTP/1.1\r\nHost: tokens\r\n\r\n"],
])(
  "a connection on which TLS does not come about, for it %s, is closed",
  async (_, first) => {
    const { port } = await startTls(100);
    const { socket, ended } = await opened(port, first);
    await ended;
    socket.destroy();
  },
  20_000,
);

it("a connection on which TLS has not come about does not hold up the end", async () => {
  const service = await startTls(600_000);
  const { socket, ended } = await opened(service.port, "");
  await service.stop({ drainSeconds: 0, graceSeconds: 0 });
  await ended;
  socket.destroy();
}, 20_000);
