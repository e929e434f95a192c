import struct_pb from "google-protobuf/google/protobuf/struct_pb.js";

/** A property value as providers see it. {@link unknown} stands for a value not known yet. */
export type Value =
  | null
  | boolean
  | number
  | string
  | readonly Value[]
  | { readonly [key: string]: Value };

/** A resource's properties. */
export type Properties = { readonly [key: string]: Value };

/** What the engine sends for a value that is not known yet. Fixed by Pulumi's wire protocol. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

// Signatures of Pulumi's wire protocol (sdk/proto, "resource.proto" and the property encoding).
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Properties without wrappers, and the top-level names that held a secret somewhere. */
export interface Revealed {
  readonly properties: Properties;
  readonly secrets: ReadonlySet<string>;
}

/** True for a map of values: neither a list nor a plain value. */
export function isMap(value: Value | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for a list of values. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** True when the value, or anything inside it, is not known yet. */
export function holdsUnknown(value: Value): boolean {
  if (value === unknown) return true;
  if (isList(value)) return value.some(holdsUnknown);
  return isMap(value) && Object.values(value).some(holdsUnknown);
}

/** Reads a protobuf struct; an absent one is empty. */
export function fromStruct(struct: struct_pb.Struct | undefined): Properties {
  const entries: [string, Value][] = [];
  struct?.getFieldsMap().forEach((value: struct_pb.Value, key: string) => {
    entries.push([key, fromValue(value)]);
  });
  return Object.fromEntries(entries);
}

function fromValue(value: struct_pb.Value): Value {
  switch (value.getKindCase()) {
    case struct_pb.Value.KindCase.BOOL_VALUE:
      return value.getBoolValue();
    case struct_pb.Value.KindCase.NUMBER_VALUE:
      return value.getNumberValue();
    case struct_pb.Value.KindCase.STRING_VALUE:
      return value.getStringValue();
    case struct_pb.Value.KindCase.LIST_VALUE:
      return (value.getListValue()?.getValuesList() ?? []).map(fromValue);
    case struct_pb.Value.KindCase.STRUCT_VALUE:
      return fromStruct(value.getStructValue());
    default:
      return null;
  }
}

/** Writes a protobuf struct. */
export function toStruct(properties: Properties): struct_pb.Struct {
  const struct = new struct_pb.Struct();
  for (const [key, value] of Object.entries(properties))
    struct.getFieldsMap().set(key, toValue(value));
  return struct;
}

function toValue(value: Value): struct_pb.Value {
  const wrapped = new struct_pb.Value();
  if (typeof value === "boolean") return wrapped.setBoolValue(value);
  if (typeof value === "number") return wrapped.setNumberValue(value);
  if (typeof value === "string") return wrapped.setStringValue(value);
  if (isList(value)) {
    const list = new struct_pb.ListValue();
    list.setValuesList(value.map(toValue));
    return wrapped.setListValue(list);
  }
  if (isMap(value)) return wrapped.setStructValue(toStruct(value));
  return wrapped.setNullValue(struct_pb.NullValue.NULL_VALUE);
}

/**
 * Takes off the wire's wrappers: a secret becomes its value, a resource its id, an output its value
 * or {@link unknown}. Nulls inside maps go, as the engine means "not given" by them.
 */
export function reveal(wire: Properties): Revealed {
  const secrets = new Set<string>();
  const entries = Object.entries(wire).flatMap(([key, value]): [string, Value][] => {
    const bare = bareValue(value, () => secrets.add(key));
    return bare === null ? [] : [[key, bare]];
  });
  return { properties: Object.fromEntries(entries), secrets };
}

function bareValue(value: Value, onSecret: () => void): Value {
  if (isList(value)) return value.map((item) => bareValue(item, onSecret));
  if (!isMap(value)) return value;
  const signature = value[signatureKey];
  if (signature === secretSignature) {
    onSecret();
    return bareValue(value.value ?? null, onSecret);
  }
  if (signature === resourceSignature) return bareValue(value.id || unknown, onSecret);
  if (signature === outputSignature) {
    if (value.secret === true) onSecret();
    return bareValue(value.value ?? unknown, onSecret);
  }
  const entries = Object.entries(value).flatMap(([key, inner]): [string, Value][] => {
    const bare = bareValue(inner, onSecret);
    return bare === null ? [] : [[key, bare]];
  });
  return Object.fromEntries(entries);
}

/** Wraps the named properties as secrets again, so that the engine goes on encrypting them. */
export function seal({ properties, secrets }: Revealed): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]): [string, Value] => [
      key,
      secrets.has(key) ? { [signatureKey]: secretSignature, value } : value,
    ]),
  );
}
