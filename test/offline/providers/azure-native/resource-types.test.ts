import { describe, expect, it } from "vitest";

import { azureNativeModel } from "../../../../offline/providers/azure-native/model.ts";
import { modelledTypes } from "../../../../offline/providers/azure-native/type-tokens.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";
import { config, targetOf } from "./checked.ts";
import { rows } from "./rows/all.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("every modelled type", () => {
  it("has a row in this table", () => {
    expect(Object.keys(rows).sort()).toEqual([...modelledTypes].sort());
  });

  it.each(Object.entries(rows))("%s is accepted, and exists with nothing unknown", (type, row) => {
    const [given, wantedId, wanted] = row;
    const model = azureNativeModel();
    const target = targetOf(type);
    const { inputs, failures } = model.check(target, {}, given, config);
    expect(failures).toEqual([]);
    const { id, outputs } = model.create(target, inputs, config);
    expect(id).toBe(wantedId);
    expect(outputs).toMatchObject(wanted);
    expect(JSON.stringify({ id, outputs })).not.toContain(unknown);
    expect(JSON.stringify({ id, outputs })).not.toMatch(/undefined|(?<!\$)\{[a-z]/i);
    expect(outputs.name).not.toBe("");
    expect(outputs).not.toHaveProperty("__defaults");
    expect(azureNativeModel().create(target, inputs, config)).toEqual({ id, outputs });
  });

  it.each(Object.entries(rows))("%s echoes its inputs in a preview", (type, [given]) => {
    const model = azureNativeModel();
    const target = targetOf(type);
    const { inputs } = model.check(target, {}, given, config);
    const outputs = model.previewCreate(target, inputs, config);
    const created = model.create(target, inputs, config).outputs;
    for (const [name, value] of Object.entries(outputs))
      if (inputs[name] === undefined) expect(value).toBe(unknown);
    expect(outputs).toMatchObject(pick(inputs, Object.keys(outputs)));
    expect(created).toMatchObject(pick(inputs, Object.keys(outputs)));
  });
});

function pick(properties: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => names.includes(name)));
}
