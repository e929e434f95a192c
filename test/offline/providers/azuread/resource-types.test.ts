import { describe, expect, it } from "vitest";

import { azureadModel } from "../../../../offline/providers/azuread/model.ts";
import { modelledTypes, tokenOf } from "../../../../offline/providers/azuread/type-tokens.ts";
import { rows } from "./rows.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const model = azureadModel();
const config = { tenantId: "99999999-2222-4333-8444-555555555555" };

function targetOf(type: string) {
  const token = tokenOf(type);
  return { urn: `urn:pulumi:us::p::${token}::it`, type: token };
}

describe("every modelled type", () => {
  it("has a row in this table", () => {
    expect(Object.keys(rows).sort()).toEqual([...modelledTypes].sort());
  });

  it.each(Object.entries(rows))("%s is accepted, and exists with nothing unknown", (type, row) => {
    const [given, wantedId, wanted] = row;
    const target = targetOf(type);
    const { inputs, failures } = model.check(target, {}, given, config);
    expect(failures).toEqual([]);
    const { id, outputs } = model.create(target, inputs, config);
    if (typeof wantedId === "string") expect(id).toBe(wantedId);
    else expect(id).toMatch(wantedId);
    expect(outputs).toMatchObject(wanted);
    expect(JSON.stringify({ id, outputs })).not.toContain(unknown);
    expect(JSON.stringify({ id, outputs })).not.toMatch(/undefined|(?<!\$)\{[a-z]/i);
    expect(model.create(target, inputs, config)).toEqual({ id, outputs });
  });

  it.each(Object.entries(rows))("%s echoes its inputs in a preview", (type, [given]) => {
    const target = targetOf(type);
    const { inputs } = model.check(target, {}, given, config);
    const outputs = model.previewCreate(target, inputs, config);
    for (const [name, value] of Object.entries(outputs))
      if (inputs[name] === undefined) expect(value).toBe(unknown);
    expect(outputs).toMatchObject(given);
  });
});
