import type * as grpc from "@grpc/grpc-js";
import languageProto from "@pulumi/pulumi/proto/language_pb.js";
import pluginProto from "@pulumi/pulumi/proto/plugin_pb.js";
import { runPack } from "./run-pack.ts";
import { runProgram } from "./run-program.ts";

/**
 * The part of the official Node language host that `preview`, `up` and `destroy` use, for engines that come without
 * it. A stand-in of the tests, never shipped: what it leaves out answers "unimplemented", so nothing passes by luck.
 *
 * Modelled on the official one: sdk/nodejs/cmd/pulumi-language-nodejs/main.go of github.com/pulumi/pulumi,
 * read 2026-11-21. Left out: the resource monitor proxy for synchronous invokes, debugger, tracing, bun.
 */
export function languageRuntime(engineAddress: string): grpc.UntypedServiceImplementation {
  const unary =
    <Request, Response>(answer: (request: Request) => Promise<Response>) =>
    (call: grpc.ServerUnaryCall<Request, Response>, callback: grpc.sendUnaryData<Response>) => {
      answer(call.request).then(
        (response) => callback(null, response),
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
      );
    };
  return {
    handshake: unary(async () => new languageProto.LanguageHandshakeResponse()),
    getPluginInfo: unary(async () => new pluginProto.PluginInfo()),
    // The official host looks for node_modules below the program's folder. Ours stand beside it, so it finds none
    // and the engine fetches a provider when the first resource asks for one.
    getRequiredPackages: unary(async () => new languageProto.GetRequiredPackagesResponse()),
    run: unary((request: languageProto.RunRequest) => runProgram(request, engineAddress)),
    runPlugin: runPack,
  };
}
