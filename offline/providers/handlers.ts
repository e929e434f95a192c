import * as grpc from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

import type { Configurations } from "./configurations.ts";
import { changesBetween } from "./diff.ts";
import type { ProviderModel } from "./provider-model.ts";
import { diffResponse, failureList } from "./responses.ts";
import { fromStruct, type Properties, type Revealed, reveal, seal, toStruct } from "./struct.ts";

/** One request served. */
export interface LogLine {
  readonly verb: string;
  /** URN of the resource, token of the invoke, or empty. */
  readonly about: string;
}

type Struct = ReturnType<typeof toStruct>;
type Call<Request> = grpc.ServerUnaryCall<Request, unknown>;

/** The wire side of a provider: turns gRPC requests into calls of the model, and back. */
export function handlers(
  model: ProviderModel,
  configurations: Configurations,
  onLog: (line: LogLine) => void,
): grpc.UntypedServiceImplementation {
  const answer =
    <Request, Response>(verb: string, respond: (request: Request, peer: string) => Response) =>
    (call: Call<Request>, callback: grpc.sendUnaryData<Response>): void => {
      try {
        onLog({ verb, about: aboutOf(call.request) });
        callback(null, respond(call.request, call.getPeer()));
      } catch (error) {
        const details = error instanceof Error ? error.message : String(error);
        callback({ code: grpc.status.INVALID_ARGUMENT, details });
      }
    };
  const refuse =
    (what: string) =>
    (_: unknown, callback: grpc.sendUnaryData<never>): void =>
      callback({
        code: grpc.status.UNIMPLEMENTED,
        details: `the offline ${model.name} stand-in does not ${what}`,
      });
  const nothing = () => new empty.Empty();

  return {
    handshake: answer("handshake", (_: pb.ProviderHandshakeRequest, peer) => {
      configurations.opened(peer);
      return new pb.ProviderHandshakeResponse().setAcceptSecrets(true).setAcceptResources(true);
    }),
    attach: answer("attach", (_: plugin.PluginAttach, peer) => {
      configurations.opened(peer);
      return nothing();
    }),
    getPluginInfo: answer("getPluginInfo", () => new plugin.PluginInfo().setVersion(model.version)),
    getSchema: answer("getSchema", () =>
      new pb.GetSchemaResponse().setSchema(
        JSON.stringify({ name: model.name, version: model.version }),
      ),
    ),
    cancel: answer("cancel", nothing),
    configure: answer("configure", (request: pb.ConfigureRequest, peer) => {
      configurations.configured(peer, bare(request.getArgs()).properties);
      return new pb.ConfigureResponse()
        .setAcceptsecrets(true)
        .setAcceptresources(true)
        .setSupportspreview(true)
        .setAcceptoutputs(false);
    }),
    checkConfig: answer("checkConfig", (request: pb.CheckRequest) => {
      const news = bare(request.getNews());
      return checkResponse(model.checkConfig(news.properties), news);
    }),
    // A provider's own settings never replace it: the resources that depend on them are replaced.
    diffConfig: answer("diffConfig", (request: pb.DiffRequest) =>
      diffResponse(
        changesBetween(oldInputsOf(request), bare(request.getNews()).properties, new Set()),
      ),
    ),
    check: answer("check", (request: pb.CheckRequest, peer) => {
      const news = bare(request.getNews());
      const olds = bare(request.getOlds()).properties;
      const config = configurations.of(peer);
      return checkResponse(model.check(targetOf(request), olds, news.properties, config), news);
    }),
    diff: answer("diff", (request: pb.DiffRequest, peer) => {
      const target = targetOf(request);
      const config = configurations.of(peer);
      const from = bare(request.getOlds()).properties;
      const olds = oldInputsOf(request);
      const news = bare(request.getNews()).properties;
      const changes = changesBetween(
        model.compared(target, { inputs: olds, from }, config),
        model.compared(target, { inputs: news }, config),
        model.replaceOn(target.type),
        model.alignedOn?.(target.type),
      );
      const replaces = changes.some((change) => change.replaces);
      return diffResponse(changes).setDeletebeforereplace(
        replaces && (model.deletesFirst?.(olds) ?? false),
      );
    }),
    create: answer("create", (request: pb.CreateRequest, peer) => {
      const { properties, secrets } = bare(request.getProperties());
      const target = targetOf(request);
      const config = configurations.of(peer);
      const { id, outputs } = request.getPreview()
        ? { id: "", outputs: model.previewCreate(target, properties, config) }
        : model.create(target, properties, config);
      return new pb.CreateResponse().setId(id).setProperties(sealed(outputs, secrets));
    }),
    update: answer("update", (request: pb.UpdateRequest, peer) => {
      const { properties: news, secrets } = bare(request.getNews());
      const olds = bare(request.getOlds());
      const change = { olds: olds.properties, news, preview: request.getPreview() };
      const outputs = model.update(targetOf(request), change, configurations.of(peer));
      return new pb.UpdateResponse().setProperties(sealed(outputs, secrets));
    }),
    read: answer("read", (request: pb.ReadRequest) => readResponse(model, request)),
    delete: answer("delete", (request: pb.DeleteRequest) => {
      model.remove(targetOf(request), bare(request.getProperties()).properties);
      return nothing();
    }),
    invoke: answer("invoke", (request: pb.InvokeRequest, peer) => {
      const args = bare(request.getArgs()).properties;
      const result = model.invoke(request.getTok(), args, configurations.of(peer));
      const response = new pb.InvokeResponse();
      return "answer" in result
        ? response.setReturn(toStruct(result.answer))
        : response.setFailuresList(failureList(result.failures));
    }),
    parameterize: refuse("take parameters"),
    call: refuse("answer method calls"),
    construct: refuse("construct components"),
    getMapping: answer("getMapping", () => new pb.GetMappingResponse()),
    getMappings: answer("getMappings", () => new pb.GetMappingsResponse()),
    list: refuse("list resources"),
  };
}

function bare(struct: Struct | undefined): Revealed {
  return reveal(fromStruct(struct));
}

function sealed(properties: Properties, secrets: ReadonlySet<string>): Struct {
  return toStruct(seal({ properties, secrets }));
}

function oldInputsOf(request: pb.DiffRequest): Properties {
  const inputs = request.getOldInputs();
  return bare(inputs ?? request.getOlds()).properties;
}

function checkResponse(
  { inputs, failures }: ReturnType<ProviderModel["check"]>,
  { secrets }: Revealed,
): pb.CheckResponse {
  return new pb.CheckResponse()
    .setInputs(sealed(inputs, secrets))
    .setFailuresList(failureList(failures));
}

/** There is no cloud to look into: only what the state already holds can be read again. */
function readResponse(model: ProviderModel, request: pb.ReadRequest): pb.ReadResponse {
  const state = request.getProperties();
  if (state === undefined || state.getFieldsMap().getLength() === 0)
    throw new Error(
      `the offline ${model.name} stand-in has no ${targetOf(request).type} "${request.getId()}" to read: nothing exists before a run`,
    );
  return new pb.ReadResponse()
    .setId(request.getId())
    .setProperties(state)
    .setInputs(request.getInputs());
}

/** `urn:pulumi:stack::project::parent$type::name` */
function targetOf(request: { getUrn(): string }): { urn: string; type: string } {
  const urn = request.getUrn();
  const qualified = urn.split("::")[2] ?? "";
  return { urn, type: qualified.slice(qualified.lastIndexOf("$") + 1) };
}

function aboutOf(request: unknown): string {
  if (request instanceof pb.InvokeRequest) return request.getTok();
  const hasUrn =
    request instanceof pb.CheckRequest ||
    request instanceof pb.DiffRequest ||
    request instanceof pb.CreateRequest ||
    request instanceof pb.UpdateRequest ||
    request instanceof pb.DeleteRequest ||
    request instanceof pb.ReadRequest;
  if (hasUrn) return request.getUrn();
  return request instanceof pb.ConfigureRequest ? (request.getUrn() ?? "") : "";
}
