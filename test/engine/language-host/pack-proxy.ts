import * as grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzerProto, {
  type AnalyzerStackConfigureRequest,
} from "@pulumi/pulumi/proto/analyzer_pb.js";

// Whole stacks travel in one message.
const unlimited = {
  "grpc.max_receive_message_length": -1,
  "grpc.max_send_message_length": -1,
};

/** Stands before a pack that does not run yet; after {@link startPackProxy}'s `attach` it hands everything over. */
export interface PackProxy {
  readonly port: number;
  /** The stack as the engine describes it; undefined when the engine asks something else first. */
  readonly configuration: Promise<AnalyzerStackConfigureRequest | undefined>;
  attach(port: number): void;
  /** The pack did not come up: whoever waits for it is told. */
  fail(reason: string): void;
  close(): void;
}

/** Modelled on sdk/policy_proxy.go of github.com/pulumi/pulumi, read 2026-11-21. */
export async function startPackProxy(): Promise<PackProxy> {
  const configured = Promise.withResolvers<AnalyzerStackConfigureRequest | undefined>();
  const attached = Promise.withResolvers<grpc.Client>();
  // Nobody may be waiting when it fails.
  attached.promise.catch(() => undefined);
  const methods: grpc.ServiceDefinition = services.AnalyzerService;
  const handed = Object.entries(methods).map(([name, method]) => [
    name,
    (call: grpc.ServerUnaryCall<unknown, unknown>, callback: grpc.sendUnaryData<unknown>) => {
      configured.resolve(undefined);
      attached.promise.then((pack) => {
        const { path, requestSerialize, responseDeserialize } = method;
        pack.makeUnaryRequest(path, requestSerialize, responseDeserialize, call.request, callback);
      }, callback);
    },
  ]);
  const server = new grpc.Server(unlimited);
  server.addService(methods, {
    ...Object.fromEntries(handed),
    handshake: (_: unknown, callback: grpc.sendUnaryData<unknown>) =>
      callback(null, new analyzerProto.AnalyzerHandshakeResponse()),
    configureStack: (
      call: grpc.ServerUnaryCall<AnalyzerStackConfigureRequest, unknown>,
      callback: grpc.sendUnaryData<unknown>,
    ) => {
      configured.resolve(call.request);
      callback(null, new analyzerProto.AnalyzerStackConfigureResponse());
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    port,
    configuration: configured.promise,
    attach: (packPort) =>
      attached.resolve(
        new grpc.Client(`127.0.0.1:${packPort}`, grpc.credentials.createInsecure(), unlimited),
      ),
    fail: (reason) => attached.reject(new Error(`policy pack not started: ${reason}`)),
    close: () => server.forceShutdown(),
  };
}
