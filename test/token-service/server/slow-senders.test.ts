import { connect, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";

import { newToken, startFake, stopAll } from "./fakes.ts";

afterEach(stopAll);

it("whoever sends slowly and shows nothing takes nobody's place", async () => {
  const { ask, port, underWay } = await startFake({}, { limits: { maxUnderWay: 2 } });
  const head = [
    "POST /v1/token HTTP/1.1",
    "Host: tokens",
    "Content-Type: application/json",
    "Content-Length: 35",
    "",
    "{",
  ];
  const slow = await Promise.all(
    Array.from(
      { length: 10 },
      () =>
        new Promise<Socket>((done) => {
          const socket = connect(port, "127.0.0.1", () =>
            socket.write(head.join("\r\n"), () => done(socket)),
          );
          socket.on("error", () => undefined);
        }),
    ),
  );
  // Answered after theirs were read: connections are served in turn.
  for (let n = 0; n < 3; n += 1) expect((await ask(newToken())).status).toBe(200);
  expect(underWay.count).toBe(0);
  for (const socket of slow) socket.destroy();
});
