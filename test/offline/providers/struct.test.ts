import fc from "fast-check";
import struct_pb from "google-protobuf/google/protobuf/struct_pb.js";
import { describe, expect, it } from "vitest";

import {
  fromStruct,
  holdsUnknown,
  type Properties,
  reveal,
  seal,
  toStruct,
  type Value,
} from "../../../offline/providers/struct.ts";

const signature = "4dabf18193072939515e22adb298388d";
const secretOf = (value: Value) => ({
  [signature]: "1b47061264138c4ac30d75fd1eb44270",
  value,
});
const resourceOf = (id: string) => ({
  [signature]: "5cf8f73096256a8f31e491e813e4eb8e",
  urn: "urn:pulumi:eu::p::aws:iam/role:Role::r",
  id,
});
const outputOf = (rest: Properties) => ({
  [signature]: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
  ...rest,
});

// google-protobuf keeps maps in plain objects and so loses this one key, in Pulumi's SDK as here.
const key = fc.string().filter((text) => text !== "__proto__");

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.string({ unit: "grapheme" }),
    fc.array(tie("value")),
    fc.dictionary(key, tie("value")),
  ),
}));

describe("the conversion to and from protobuf structs", () => {
  it("gives back what went in, whatever the value", () => {
    fc.assert(
      fc.property(fc.dictionary(key, value), (properties) => {
        const bytes = toStruct(properties).serializeBinary();
        const back = fromStruct(struct_pb.Struct.deserializeBinary(bytes));
        expect(new Map(Object.entries(back))).toEqual(new Map(Object.entries(properties)));
      }),
    );
  });

  it("reads an absent struct as no properties", () => {
    expect(fromStruct(undefined)).toEqual({});
  });
});

describe("reveal", () => {
  it("takes secrets off at any depth and remembers the property they were in", () => {
    const revealed = reveal({ plain: "a", hidden: secretOf("b"), deep: { list: [secretOf(1)] } });
    expect(revealed.properties).toEqual({ plain: "a", hidden: "b", deep: { list: [1] } });
    expect([...revealed.secrets]).toEqual(["hidden", "deep"]);
  });

  it("reads a resource as its id, and as unknown while it has none", () => {
    expect(reveal({ a: resourceOf("role-1"), b: resourceOf("") }).properties).toEqual({
      a: "role-1",
      b: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    });
  });

  it("reads an output as its value, and as unknown while it has none", () => {
    const revealed = reveal({ a: outputOf({ value: 1, secret: true }), b: outputOf({}) });
    expect(revealed.properties).toEqual({ a: 1, b: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" });
    expect([...revealed.secrets]).toEqual(["a"]);
  });

  it("drops nulls in maps and keeps them in lists, where they hold a place", () => {
    expect(reveal({ a: null, b: { c: null, d: 1 }, e: [null, 2] }).properties).toEqual({
      b: { d: 1 },
      e: [null, 2],
    });
  });
});

describe("seal", () => {
  it("wraps the named properties as secrets and leaves the others", () => {
    const sealed = seal({ properties: { a: "x", b: "y" }, secrets: new Set(["a", "gone"]) });
    expect(sealed).toEqual({ a: secretOf("x"), b: "y" });
  });
});

describe("holdsUnknown", () => {
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  it.each<[string, Value, boolean]>([
    ["an unknown itself", unknown, true],
    ["a list with one", [1, unknown], true],
    ["a map with one deep inside", { a: [{ b: unknown }] }, true],
    ["a text that merely contains it", `x${unknown}`, false],
    ["a map without one", { a: [{ b: "known" }] }, false],
    ["null", null, false],
  ])("sees it in %s", (_, given, expected) => {
    expect(holdsUnknown(given)).toBe(expected);
  });
});
