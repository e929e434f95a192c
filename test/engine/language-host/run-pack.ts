import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import type * as grpc from "@grpc/grpc-js";
import type { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb.js";
import languageProto, { type RunPluginRequest } from "@pulumi/pulumi/proto/language_pb.js";
import { startPackProxy } from "./pack-proxy.ts";
import { moduleFor, programOf, runtimeOptions } from "./run-program.ts";

type Call = grpc.ServerWritableStream<RunPluginRequest, languageProto.RunPluginResponse>;

/**
 * Starts a policy pack. The SDK's pack server reads the stack's name and configuration from its environment, the
 * engine sends them over gRPC to a pack that already runs: as in the official host a proxy stands in between.
 */
export async function runPack(call: Call): Promise<void> {
  const proxy = await startPackProxy();
  call.on("cancelled", () => proxy.close());
  try {
    if (call.request.getKind() !== "analyzer") throw new Error("only policy packs are run here");
    say(call, "Stdout", `${proxy.port}\n`);
    const child = startPack(call.request, await proxy.configuration);
    call.on("cancelled", () => child.kill());
    child.stderr.on("data", (chunk: Buffer) => say(call, "Stderr", chunk));
    const ended = new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? 1)));
    proxy.attach(await firstLine(child, (rest) => say(call, "Stdout", rest)));
    finish(call, await ended);
    proxy.close();
  } catch (error) {
    proxy.fail(error instanceof Error ? error.message : String(error));
    finish(call, 1);
  }
}

type Pack = ChildProcessByStdio<null, Readable, Readable>;

function startPack(
  request: RunPluginRequest,
  stack: AnalyzerStackConfigureRequest | undefined,
): Pack {
  const info = programOf(request);
  const folder = info.getProgramDirectory();
  const runner = moduleFor(folder, "@pulumi/pulumi/cmd/run-policy-pack");
  // The folder comes last, and is the working directory too.
  return spawn("node", [runner, ...request.getArgsList(), folder], {
    cwd: folder,
    env: {
      ...Object.fromEntries(request.getEnvList().map(split)),
      ...runtimeOptions(info),
      ...(stack === undefined ? {} : stackEnvironment(stack)),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function stackEnvironment(stack: AnalyzerStackConfigureRequest): Record<string, string> {
  return {
    PULUMI_NODEJS_ORGANIZATION: stack.getOrganization(),
    PULUMI_NODEJS_PROJECT: stack.getProject(),
    PULUMI_NODEJS_STACK: stack.getStack(),
    PULUMI_NODEJS_DRY_RUN: String(stack.getDryRun()),
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(stack.getConfigMap().toObject())),
  };
}

/** The pack says its port first; what follows is ordinary output. */
function firstLine(child: Pack, onRest: (text: string) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    let seen = "";
    child.on("error", reject);
    child.on("close", (code) => reject(new Error(`the pack ended (${code}) before it listened`)));
    child.stdout.on("data", (chunk: Buffer) => {
      if (seen.includes("\n")) return onRest(chunk.toString());
      seen += chunk.toString();
      const end = seen.indexOf("\n");
      if (end < 0) return;
      resolve(Number(seen.slice(0, end)));
      if (seen.length > end + 1) onRest(seen.slice(end + 1));
    });
  });
}

function split(entry: string): [name: string, value: string] {
  const at = entry.indexOf("=");
  return [entry.slice(0, at), entry.slice(at + 1)];
}

function say(call: Call, stream: "Stdout" | "Stderr", text: string | Buffer): void {
  const response = new languageProto.RunPluginResponse();
  response[`set${stream}`](Buffer.from(text));
  call.write(response);
}

function finish(call: Call, code: number): void {
  const response = new languageProto.RunPluginResponse();
  response.setExitcode(code);
  call.write(response);
  call.end();
}
