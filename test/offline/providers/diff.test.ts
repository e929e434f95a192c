import { describe, expect, it } from "vitest";

import { changesBetween } from "../../../offline/providers/diff.ts";

const none = new Set<string>();

describe("changesBetween", () => {
  it("finds nothing between equal inputs", () => {
    const inputs = { a: 1, b: { c: ["x"] } };
    expect(changesBetween(inputs, structuredClone(inputs), none)).toEqual([]);
  });

  it("names the deepest place of every addition, deletion and update", () => {
    const changes = changesBetween(
      { gone: 1, rules: [{ status: "Enabled" }], tags: { "a b": "1" } },
      { rules: [{ status: "Disabled" }, { status: "Enabled" }], tags: { "a b": "2" }, added: true },
      none,
    );
    expect(changes).toEqual([
      { path: "added", kind: "add", replaces: false },
      { path: "gone", kind: "delete", replaces: false },
      { path: "rules[0].status", kind: "update", replaces: false },
      { path: "rules[1]", kind: "add", replaces: false },
      { path: 'tags["a b"]', kind: "update", replaces: false },
    ]);
  });

  it("marks only the inputs that force a replacement", () => {
    expect(
      changesBetween(
        { region: "eu-west-1", tags: {} },
        { region: "us-east-1" },
        new Set(["region"]),
      ),
    ).toEqual([
      { path: "region", kind: "update", replaces: true },
      { path: "tags", kind: "delete", replaces: false },
    ]);
  });

  it("sees no change between JSON documents that differ in spacing and order of keys", () => {
    expect(
      changesBetween({ policy: '{"a":1,"b":[2]}' }, { policy: '{ "b": [2], "a": 1 }' }, none),
    ).toEqual([]);
  });

  it("sees a change between JSON documents that differ in the order of a list", () => {
    expect(changesBetween({ policy: '{"a":[1,2]}' }, { policy: '{"a":[2,1]}' }, none)).toEqual([
      { path: "policy", kind: "update", replaces: false },
    ]);
  });

  it("compares broken JSON as text", () => {
    expect(changesBetween({ policy: "{broken" }, { policy: "{ broken" }, none)).toEqual([
      { path: "policy", kind: "update", replaces: false },
    ]);
  });

  it("takes an unknown for a change", () => {
    expect(
      changesBetween(
        { vpcId: "vpc-1" },
        { vpcId: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" },
        new Set(["vpcId"]),
      ),
    ).toEqual([{ path: "vpcId", kind: "update", replaces: true }]);
  });

  it("overlooks the list of defaults the engine keeps among the inputs", () => {
    expect(changesBetween({ __defaults: ["name"] }, {}, none)).toEqual([]);
  });
});
