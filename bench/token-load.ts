import { readFileSync } from "node:fs";
import { connect } from "node:net";

/** What one run at a constant rate saw. */
export interface LoadReport {
  /** From when a request was due, not from when it could be sent: a service that stalls is not spared. */
  readonly latenciesMs: readonly number[];
  readonly seconds: number;
  /** Answers by code; `ok` for a credential, `lost` for no answer. */
  readonly codes: Readonly<Record<string, number>>;
}

// A process of its own, so that what it costs is not the service's time: node token-load.ts URL FILE RATE WARM-UP
//
// On bare connections with requests made beforehand: Node's own client takes half as long for a request as the
// service does, on processors that both share.
const [url = "", file = "", rate = "", warmUp = ""] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const body = JSON.stringify({ geography: "eu", route: "gateway" });
const requests = readFileSync(file, "utf8")
  .split("\n")
  .filter(Boolean)
  .map((token) =>
    Buffer.from(
      `POST /v1/token HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nauthorization: Bearer ${token}\r\n\r\n${body}`,
    ),
  );
const everyMs = 1000 / Number(rate);
const latenciesMs: number[] = [];
const codes: Record<string, number> = {};
const startMs = performance.now() + 100;
let answered = 0;

type Send = (index: number) => void;
const idle: Send[] = [];

/** A connection that carries one request at a time and waits among the idle ones for its next. */
function connection(): Send {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let underWay: number | undefined;
  let received = "";
  const send: Send = (index) => {
    underWay = index;
    received = "";
    socket.write(requests[index] ?? "");
  };
  socket.setEncoding("latin1").on("data", (text: string) => {
    received += text;
    const code = codeOf(received);
    if (underWay === undefined || code === undefined) return;
    noted(underWay, code);
    underWay = undefined;
    idle.push(send);
  });
  socket
    .on("error", () => undefined)
    .on("close", () => {
      if (underWay !== undefined) noted(underWay, "lost");
      underWay = undefined;
      const place = idle.indexOf(send);
      if (place >= 0) idle.splice(place, 1);
    });
  return send;
}

/** Of a whole answer; undefined while some of it is missing. */
function codeOf(text: string): string | undefined {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1]);
  if (text.length < end + 4 + length) return undefined;
  if (text.startsWith("HTTP/1.1 200 ")) return "ok";
  return /"code":"([a-z_]+)"/.exec(text.slice(end))?.[1] ?? "lost";
}

function noted(index: number, code: string): void {
  answered += 1;
  if (index < Number(warmUp)) return;
  latenciesMs.push(performance.now() - startMs - index * everyMs);
  codes[code] = (codes[code] ?? 0) + 1;
}

let next = 0;
// Timers come up to a millisecond late, which counts against the service; never early.
while (answered < requests.length) {
  while (next < requests.length && startMs + next * everyMs <= performance.now()) {
    const send = idle.pop() ?? connection();
    send(next);
    next += 1;
  }
  await new Promise((done) => setTimeout(done, 1));
}
const seconds = (performance.now() - startMs) / 1000;
const report: LoadReport = { latenciesMs, seconds, codes };
// A pipe takes a part at a time: leaving before it took all would cut the report.
process.stdout.write(JSON.stringify(report), () => process.exit());
