import { describe, expect, it } from "vitest";

import { gcpModel } from "../../../../offline/providers/gcp/model.ts";
import { modelledTypes, tokenOf } from "../../../../offline/providers/gcp/type-tokens.ts";
import { accessRows } from "./rows/access.ts";
import { computeRows } from "./rows/compute.ts";
import { identityRows } from "./rows/identity.ts";
import type { Row } from "./rows/row.ts";
import { storeRows } from "./rows/stores.ts";
import { tokenServiceRows } from "./rows/token-service.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const model = gcpModel();
const config = { project: "cowork-eu", region: "europe-west1" };

const table: Readonly<Record<string, Row>> = {
  ...accessRows,
  ...computeRows,
  ...identityRows,
  ...storeRows,
  ...tokenServiceRows,
};

function targetOf(type: string) {
  const token = tokenOf(type);
  return { urn: `urn:pulumi:eu::p::${token}::it`, type: token };
}

describe("every modelled type", () => {
  it("has a row in this table", () => {
    expect(Object.keys(table).sort()).toEqual([...modelledTypes].sort());
  });

  it.each(Object.entries(table))("%s is accepted, and exists with nothing unknown", (type, row) => {
    const [given, wantedId, wanted] = row;
    const target = targetOf(type);
    const { inputs, failures } = model.check(target, {}, given, config);
    expect(failures).toEqual([]);
    const { id, outputs } = model.create(target, inputs, config);
    expect(id).toMatch(wantedId instanceof RegExp ? wantedId : literally(wantedId));
    const named = Object.entries(wanted).map(([name, value]) => [
      name,
      typeof value === "string" ? value.replace("{id}", id) : value,
    ]);
    expect(outputs).toMatchObject(Object.fromEntries(named));
    expect(JSON.stringify({ id, outputs })).not.toContain(unknown);
    expect(JSON.stringify({ id, outputs })).not.toMatch(/undefined|(?<!\$)\{[a-z]/i);
    expect(outputs.name).not.toBe("");
    expect(model.create(target, inputs, config)).toEqual({ id, outputs });
  });

  it.each(Object.entries(table))("%s echoes its inputs in a preview", (type, [given]) => {
    const target = targetOf(type);
    const { inputs } = model.check(target, {}, given, config);
    const outputs = model.previewCreate(target, inputs, config);
    const created = model.create(target, inputs, config).outputs;
    for (const name of Object.keys(outputs))
      expect([unknown, created[name]]).toContainEqual(outputs[name]);
    for (const name of Object.keys(given)) expect(outputs[name]).toEqual(given[name]);
  });
});

function literally(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}
