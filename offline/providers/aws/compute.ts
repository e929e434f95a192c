import { type Properties, unknown, type Value } from "../struct.ts";
import { withoutDefaultLists } from "./default-lists.ts";
import type { Kind } from "./kind.ts";
import type { Modelled } from "./resource-types.ts";
import { partitionNameOf, type Settings } from "./settings.ts";
import { type Facts, fill } from "./template.ts";

/** A resource about to exist, or a preview of it. */
export interface Wanted {
  readonly type: Modelled;
  readonly urn: string;
  readonly inputs: Properties;
  readonly settings: Settings;
}

/** Region a resource lies in: its own, else its provider's. */
export function regionOf({ inputs, settings }: Pick<Wanted, "inputs" | "settings">): Value {
  return inputs.region ?? settings.region ?? "us-east-1";
}

/**
 * Outputs shown in a preview: inputs echoed, tags merged, what the service makes unknown, unless
 * the resource exists already (`olds`, its outputs) and keeps what it has.
 */
export function previewOutputs(wanted: Wanted, olds: Properties = {}): Properties {
  return withComputed(wanted, (name) => olds[name] ?? unknown);
}

/** Outputs after a change in place: the service keeps what it once computed. */
export function updatedOutputs(wanted: Wanted, olds: Properties): Properties {
  const fresh = createdState(wanted).outputs;
  return withComputed(wanted, (name) => olds[name] ?? fresh[name]);
}

/** Id and outputs of a resource that now exists; the same for the same URN, account and region. */
export function createdState(wanted: Wanted): { id: string; outputs: Properties } {
  const template = (name: string) => wanted.type.computed?.[name];
  const facts: Facts = {
    seed: seedOf(wanted),
    named: (name) => {
      if (name === "id") return id();
      if (wanted.inputs[name] !== undefined) return wanted.inputs[name];
      const own = template(name);
      return own === undefined ? factOf(name, wanted) : fill(own, facts, name);
    },
  };
  const id = () => fill(wanted.type.id, facts, "id");
  const outputs = withComputed(wanted, (name, kind) => {
    const own = template(name);
    return own === undefined ? conventional(name, kind, wanted) : fill(own, facts, name);
  });
  return { id: String(id()), outputs };
}

function withComputed(
  { type, inputs, settings }: Wanted,
  compute: (name: string, kind: Kind) => Value | undefined,
): Properties {
  const outputs: Record<string, Value> = {};
  for (const [name, { kind, required }] of type.schema.outputs) {
    const given = inputs[name];
    if (given !== undefined) outputs[name] = withoutDefaultLists(given);
    else if (name === "tagsAll") outputs[name] = allTags(inputs, settings);
    else if (required) {
      const value = compute(name, kind);
      if (value !== undefined) outputs[name] = value;
    }
  }
  return outputs;
}

function allTags(inputs: Properties, settings: Settings): Value {
  if (inputs.tags === unknown) return unknown;
  const own = typeof inputs.tags === "object" ? inputs.tags : {};
  return { ...settings.defaultTags, ...own };
}

/** What the services answer where a type says nothing of its own. */
function conventional(name: string, kind: Kind, wanted: Wanted): Value | undefined {
  if (name === "region") return regionOf(wanted);
  if (name === "ownerId") return wanted.settings.accountId;
  const prefix = wanted.inputs[`${name}Prefix`];
  if (prefix !== undefined) return `${prefix}20260101000000000000000001`;
  if (kind.is === "string") return "";
  if (kind.is === "number") return 0;
  if (kind.is === "boolean") return false;
  if (kind.is === "list") return [];
  if (kind.is === "map") return {};
  return undefined;
}

/** What makes a resource this one: replacing it must give another id. */
function seedOf(wanted: Wanted): string {
  const { type, urn, inputs, settings } = wanted;
  const identity = type.replaceOn.map((name) => [name, inputs[name] ?? null]);
  return JSON.stringify([urn, settings.accountId, regionOf(wanted), identity]);
}

function factOf(name: string, wanted: Wanted): Value | undefined {
  const { inputs, settings, urn } = wanted;
  const region = String(regionOf(wanted));
  const service = text(inputs.serviceName);
  switch (name) {
    case "account":
      return settings.accountId;
    case "region":
      return region;
    case "partition":
      return partitionNameOf(region);
    case "urnName":
      return urn.slice(urn.lastIndexOf("::") + 2);
    case "urlWithoutScheme":
      return text(inputs.url).replace("https://", "");
    case "serviceShortName":
      // com.amazonaws.eu-central-1.bedrock-runtime -> bedrock-runtime
      return service.split(".").slice(3).join(".") || service;
    case "serviceRegionOrOwn":
      return inputs.serviceRegion ?? region;
    case "lastOfInstanceArn":
      return lastSegment(inputs.instanceArn);
    case "lastOfManagedPolicyArn":
      return lastSegment(inputs.managedPolicyArn);
    case "lastOfPrimaryKeyArn":
      return lastSegment(inputs.primaryKeyArn);
    case "lastOfTargetKeyId":
      return lastSegment(inputs.targetKeyId);
    default: {
      // A name the service made from its prefix.
      const kind = wanted.type.schema.outputs.get(name)?.kind;
      return kind && conventional(name, kind, wanted);
    }
  }
}

function text(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}

function lastSegment(value: Value | undefined): string {
  const whole = text(value);
  return whole.slice(whole.lastIndexOf("/") + 1);
}
