import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

import { fromStruct, type Properties, toStruct } from "../../../offline/providers/struct.ts";

/** URN of a resource in the stack `eu`. */
const urnOf = (type: string, name: string) => `urn:pulumi:eu::p::${type}::${name}`;

/** A provider instance as the engine makes one: a connection of its own. */
export function connect(port: number) {
  const client = new services.ResourceProviderClient(
    `127.0.0.1:${port}`,
    grpc.credentials.createInsecure(),
    // Two clients of one process share a connection otherwise; the engine's never do.
    { "grpc.use_local_subchannel_pool": 1 },
  );
  const send = <Request, Response>(
    method: (
      request: Request,
      callback: (error: Error | null, response: Response) => void,
    ) => unknown,
    request: Request,
  ): Promise<Response> =>
    promisify(method.bind(client) as typeof method)(request) as Promise<Response>;

  return {
    close: () => client.close(),
    handshake: () =>
      send<pb.ProviderHandshakeRequest, pb.ProviderHandshakeResponse>(
        client.handshake,
        new pb.ProviderHandshakeRequest(),
      ),
    attach: () => send<plugin.PluginAttach, empty.Empty>(client.attach, new plugin.PluginAttach()),
    getPluginInfo: () =>
      send<empty.Empty, plugin.PluginInfo>(client.getPluginInfo, new empty.Empty()),
    getSchema: () =>
      send<pb.GetSchemaRequest, pb.GetSchemaResponse>(client.getSchema, new pb.GetSchemaRequest()),
    cancel: () => send<empty.Empty, empty.Empty>(client.cancel, new empty.Empty()),
    parameterize: () =>
      send<pb.ParameterizeRequest, pb.ParameterizeResponse>(
        client.parameterize,
        new pb.ParameterizeRequest(),
      ),
    async checkConfig(news: Properties) {
      const request = new pb.CheckRequest().setNews(toStruct(news));
      return checked(await send<pb.CheckRequest, pb.CheckResponse>(client.checkConfig, request));
    },
    async diffConfig(olds: Properties, news: Properties) {
      const request = new pb.DiffRequest().setOldInputs(toStruct(olds)).setNews(toStruct(news));
      return differing(await send<pb.DiffRequest, pb.DiffResponse>(client.diffConfig, request));
    },
    configure: (config: Properties) =>
      send<pb.ConfigureRequest, pb.ConfigureResponse>(
        client.configure,
        new pb.ConfigureRequest().setArgs(toStruct(config)),
      ),
    async check(type: string, news: Properties, olds: Properties = {}, name = "it") {
      const request = new pb.CheckRequest()
        .setUrn(urnOf(type, name))
        .setOlds(toStruct(olds))
        .setNews(toStruct(news));
      return checked(await send<pb.CheckRequest, pb.CheckResponse>(client.check, request));
    },
    async diff(type: string, olds: Properties, news: Properties, state: Properties = {}) {
      const request = new pb.DiffRequest()
        .setUrn(urnOf(type, "it"))
        .setOlds(toStruct(state))
        .setOldInputs(toStruct(olds))
        .setNews(toStruct(news));
      return differing(await send<pb.DiffRequest, pb.DiffResponse>(client.diff, request));
    },
    async create(type: string, inputs: Properties, preview = false, name = "it") {
      const request = new pb.CreateRequest()
        .setUrn(urnOf(type, name))
        .setProperties(toStruct(inputs))
        .setPreview(preview);
      const response = await send<pb.CreateRequest, pb.CreateResponse>(client.create, request);
      return { id: response.getId(), outputs: fromStruct(response.getProperties()) };
    },
    async update(type: string, olds: Properties, news: Properties, preview = false) {
      const request = new pb.UpdateRequest()
        .setUrn(urnOf(type, "it"))
        .setOlds(toStruct(olds))
        .setNews(toStruct(news))
        .setPreview(preview);
      const response = await send<pb.UpdateRequest, pb.UpdateResponse>(client.update, request);
      return fromStruct(response.getProperties());
    },
    async read(type: string, id: string, state: Properties, inputs: Properties = {}) {
      const request = new pb.ReadRequest()
        .setUrn(urnOf(type, "it"))
        .setId(id)
        .setProperties(toStruct(state))
        .setInputs(toStruct(inputs));
      const response = await send<pb.ReadRequest, pb.ReadResponse>(client.read, request);
      return {
        id: response.getId(),
        outputs: fromStruct(response.getProperties()),
        inputs: fromStruct(response.getInputs()),
      };
    },
    delete: (type: string, id: string, state: Properties = {}) =>
      send<pb.DeleteRequest, empty.Empty>(
        client.delete,
        new pb.DeleteRequest().setUrn(urnOf(type, "it")).setId(id).setProperties(toStruct(state)),
      ),
    async invoke(token: string, args: Properties = {}) {
      const request = new pb.InvokeRequest().setTok(token).setArgs(toStruct(args));
      const response = await send<pb.InvokeRequest, pb.InvokeResponse>(client.invoke, request);
      return { answer: fromStruct(response.getReturn()), failures: failuresOf(response) };
    },
  };
}

export type Client = ReturnType<typeof connect>;

function checked(response: pb.CheckResponse) {
  return { inputs: fromStruct(response.getInputs()), failures: failuresOf(response) };
}

function failuresOf(response: { getFailuresList(): pb.CheckFailure[] }): string[] {
  return response.getFailuresList().map((one) => `${one.getProperty()}: ${one.getReason()}`);
}

function differing(response: pb.DiffResponse) {
  const details: Record<string, number> = {};
  response.getDetaileddiffMap().forEach((detail: pb.PropertyDiff, path: string) => {
    details[path] = detail.getKind();
  });
  return {
    changes: response.getChanges(),
    ...(response.getDeletebeforereplace() ? { deletesFirst: true } : {}),
    diffs: response.getDiffsList(),
    replaces: response.getReplacesList(),
    details,
  };
}
