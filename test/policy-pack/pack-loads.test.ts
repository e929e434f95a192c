import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unknownText } from "../support/run-rule.ts";

// Starts the pack as the engine does and asks it over the wire; needs no Pulumi CLI.
// The protocol files of the SDK are not a public API, so this test is tied to the pinned SDK:
// it is also what proves that a report may carry its own enforcement level.
interface Diagnostic {
  getPolicyname(): string;
  getMessage(): string;
  getEnforcementlevel(): number;
}
interface Info {
  getName(): string;
  getPoliciesList(): { getName(): string }[];
}
type Reply<T> = (error: unknown, reply: T) => void;
interface Client {
  getAnalyzerInfo(request: unknown, reply: Reply<Info>): void;
  analyze(request: unknown, reply: Reply<{ getDiagnosticsList(): Diagnostic[] }>): void;
  close(): void;
}
const MANDATORY = 1;
const ADVISORY = 0;

const kit = createRequire(import.meta.url);
const sdk = createRequire(kit.resolve("@pulumi/pulumi"));
const messages = kit("@pulumi/pulumi/proto/analyzer_pb.js");
const { AnalyzerClient } = kit("@pulumi/pulumi/proto/analyzer_grpc_pb.js");
const { Empty } = sdk("google-protobuf/google/protobuf/empty_pb.js");
const { Struct } = sdk("google-protobuf/google/protobuf/struct_pb.js");

async function start(env: Record<string, string>) {
  const pack = fileURLToPath(new URL("../../policy-pack/", import.meta.url));
  const runner = kit.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const child = spawn(process.execPath, [runner, "127.0.0.1:1", pack], {
    cwd: pack,
    env: { ...process.env, ...env },
  });
  let complaints = "";
  child.stderr.on("data", (chunk) => {
    complaints += chunk;
  });
  const died = once(child, "exit").then(() => Promise.reject(new Error(complaints)));
  died.catch(() => undefined);
  const [port] = await Promise.race([once(child.stdout, "data"), died]);
  const credentials = sdk("@grpc/grpc-js").credentials.createInsecure();
  const client: Client = new AnalyzerClient(`127.0.0.1:${String(port).trim()}`, credentials);
  const stop = () => {
    client.close();
    child.kill();
  };
  return { client, stop };
}

function ask<T>(call: (reply: Reply<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, reply) => (error ? reject(error) : resolve(reply)));
  });
}

async function analyze(client: Client, type: string, props: Record<string, string>) {
  const request = new messages.AnalyzeRequest();
  request.setType(type);
  request.setUrn(`urn:pulumi:eu::test::${type}::it`);
  request.setName("it");
  request.setOptions(new messages.AnalyzerResourceOptions());
  request.setProperties(Struct.fromJavaScript(props));
  const reply = await ask<{ getDiagnosticsList(): Diagnostic[] }>((r) =>
    client.analyze(request, r),
  );
  return reply
    .getDiagnosticsList()
    .map((d) => [d.getPolicyname(), d.getEnforcementlevel(), d.getMessage().split("\n")[1]]);
}

const topic = "aws:sns/topic:Topic";
const running: Awaited<ReturnType<typeof start>>[] = [];
afterAll(() => {
  for (const { stop } of running) stop();
});

describe("the pack under Pulumi's runner", () => {
  let preview: Client;
  let up: Client;
  beforeAll(async () => {
    const stack = { PULUMI_NODEJS_STACK: "eu", PULUMI_STACK: "eu" };
    running.push(await start({ ...stack, PULUMI_NODEJS_DRY_RUN: "true", PULUMI_DRY_RUN: "true" }));
    running.push(await start({ ...stack, PULUMI_NODEJS_DRY_RUN: "false" }));
    [preview, up] = running.map(({ client }) => client) as [Client, Client];
  }, 60_000);

  it("lists every rule", async () => {
    const info = await ask<Info>((r) => preview.getAnalyzerInfo(new Empty(), r));
    expect(info.getName()).toBe("cowork-residency");
    expect(info.getPoliciesList().length).toBe(24);
  });

  it("blocks a resource outside the zone", async () => {
    expect(await analyze(preview, topic, { region: "us-east-1" })).toEqual([
      [
        "resources-stay-in-the-zone",
        MANDATORY,
        "its region is us-east-1: us-east-1 is in US, outside zone eu",
      ],
    ]);
  });

  it("reports a value not known yet as advisory at preview", async () => {
    expect(await analyze(preview, topic, { region: unknownText })).toEqual([
      [
        "resources-stay-in-the-zone",
        ADVISORY,
        "not proven, decided at up: `region` is not known yet",
      ],
    ]);
  });

  it("blocks a value that is still not known at up", async () => {
    expect(await analyze(up, topic, { region: unknownText })).toEqual([
      ["resources-stay-in-the-zone", MANDATORY, "undecidable: `region` is not known yet"],
    ]);
  });
});
