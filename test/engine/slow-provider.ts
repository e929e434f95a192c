import * as grpc from "@grpc/grpc-js";
import pluginProto from "@pulumi/pulumi/proto/plugin_pb.js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import { onTestFinished } from "vitest";

type Call<Request> = grpc.ServerUnaryCall<Request, unknown>;
type Answer = grpc.sendUnaryData<unknown>;

// The generated file has no type of its own for the service definition.
const { ResourceProviderService: resourceProviderService } = providerGrpc as unknown as {
  ResourceProviderService: grpc.ServiceDefinition;
};

const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * A provider of one resource type, `slow:index:Thing`, whose `address` is unknown at preview.
 * Its creations call `onCreate` and end when that settles. Returns the value of PULUMI_DEBUG_PROVIDERS.
 */
export async function startSlowProvider(onCreate: () => Promise<void>): Promise<string> {
  const server = new grpc.Server();
  const answer =
    <Request>(make: (request: Request) => unknown) =>
    (call: Call<Request>, done: Answer) =>
      done(null, make(call.request));
  const nothing = answer(() => new emptyProto.Empty());
  const checked = answer((request: provider.CheckRequest) => {
    const response = new provider.CheckResponse();
    response.setInputs(request.getNews());
    return response;
  });
  const configured = answer(() => {
    const response = new provider.ConfigureResponse();
    response.setSupportspreview(true);
    response.setAcceptsecrets(true);
    response.setAcceptresources(true);
    return response;
  });
  server.addService(resourceProviderService, {
    handshake: answer(() => new provider.ProviderHandshakeResponse()),
    attach: nothing,
    cancel: nothing,
    delete: nothing,
    getPluginInfo: answer(() => {
      const info = new pluginProto.PluginInfo();
      info.setVersion("1.0.0");
      return info;
    }),
    checkConfig: checked,
    check: checked,
    diffConfig: answer(() => new provider.DiffResponse()),
    diff: answer(() => {
      const response = new provider.DiffResponse();
      response.setChanges(provider.DiffResponse.DiffChanges.DIFF_NONE);
      return response;
    }),
    configure: configured,
    create: (call: Call<provider.CreateRequest>, done: Answer) => {
      const preview = call.request.getPreview();
      const response = new provider.CreateResponse();
      const outputs: Record<string, JavaScriptValue> = {
        ...call.request.getProperties()?.toJavaScript(),
        address: preview ? unknownText : "10.0.0.1",
      };
      response.setId(preview ? "" : "thing-1");
      response.setProperties(structProto.Struct.fromJavaScript(outputs));
      void (preview ? Promise.resolve() : onCreate()).then(() => done(null, response));
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  onTestFinished(() => server.forceShutdown());
  return `slow:${port}`;
}
