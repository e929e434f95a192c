import { describe, expect, it } from "vitest";

import { changesBetween } from "../../../offline/providers/diff.ts";
import type { Properties, Value } from "../../../offline/providers/struct.ts";

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

describe("lists whose items are told apart by type and name", () => {
  const aligned = new Set(["template.resources"]);
  const item = (name: string, size = 1): Properties => ({ type: "t", name, size });
  const between = (old: readonly Value[], now: readonly Value[]) =>
    changesBetween(
      { template: { resources: old } },
      { template: { resources: now } },
      none,
      aligned,
    ).map(({ kind, path }) => `${kind} ${path}`);

  it("show an item at the front as one addition, and one that goes as one deletion", () => {
    expect(between([item("b")], [item("a"), item("b")])).toEqual(["add template.resources[0]"]);
    expect(between([item("a"), item("b")], [item("b")])).toEqual(["delete template.resources[0]"]);
  });

  it("show no change when only the order changes", () => {
    expect(between([item("a"), item("b")], [item("b"), item("a")])).toEqual([]);
  });

  it("show the changed place of an item that stayed where it was", () => {
    expect(between([item("a"), item("b")], [item("a"), item("b", 2)])).toEqual([
      "update template.resources[1].size",
    ]);
  });

  it.each<[string, Value[], Value[]]>([
    ["one moved and changed", [item("a"), item("b")], [item("b", 2), item("a")]],
    ["one goes where another comes", [item("a")], [item("b")]],
    ["two have one name", [item("a"), item("a")], [item("a", 2), item("a")]],
    ["one has no name", [{ size: 1 }], [{ size: 2 }]],
  ])("are compared place by place when %s", (_, old, now) => {
    const plain = changesBetween({ list: old }, { list: now }, none);
    expect(between(old, now)).toEqual(
      plain.map(({ kind, path }) => `${kind} template.resources${path.slice("list".length)}`),
    );
    expect(between(old, now)).not.toEqual([]);
  });

  it("are only those that are named", () => {
    const changes = changesBetween(
      { other: [item("b")] },
      { other: [item("a"), item("b")] },
      none,
      aligned,
    );
    expect(changes.map(({ path }) => path)).toEqual(["other[0].name", "other[1]"]);
  });
});
