import * as pulumi from "@pulumi/pulumi";

import { gcpModel } from "../../../../offline/providers/gcp/model.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";
import type { Registered } from "../../../support/deploy.ts";

const config = { project: "example-claude-eu", region: "europe-west3" };

/** What a program made of the stand-in for Google, and what that refused. */
export interface OnStandIn {
  readonly resources: readonly Registered[];
  readonly refused: readonly string[];
}

/** Runs a program with the outputs the stand-in gives, so that references look as they do in life. */
export async function onStandIn(program: () => unknown): Promise<OnStandIn> {
  const model = gcpModel();
  const resources: Registered[] = [];
  const refused: string[] = [];
  await pulumi.runtime.setMocks({
    newResource({ type, name, inputs }) {
      if (!type.startsWith("gcp:")) return { id: name, state: inputs };
      const target = { urn: `urn:pulumi:eu::p::${type}::${name}`, type };
      const checked = model.check(target, {}, plain(inputs) as Properties, config);
      refused.push(...checked.failures.map((f) => `${type} ${name}.${f.property}: ${f.reason}`));
      resources.push({ type, name, inputs: checked.inputs });
      const { id, outputs } = model.create(target, checked.inputs, config);
      return { id, state: outputs };
    },
    call({ token, inputs }) {
      if (token !== "gcp:organizations/getProject:getProject") {
        throw new Error(`unexpected provider call: ${token}`);
      }
      return { ...inputs, number: "210987654321" };
    },
  });
  try {
    program();
  } finally {
    await pulumi.runtime.disconnect();
  }
  return { resources, refused };
}

/** A provider that takes no secrets gets them as they are, from the engine that mocks leave out. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value);
  const isSecret = fields.some(([name]) => name === "4dabf18193072939515e22adb298388d");
  return isSecret
    ? plain(Reflect.get(value, "value"))
    : Object.fromEntries(fields.map(([name, field]) => [name, plain(field)]));
}
