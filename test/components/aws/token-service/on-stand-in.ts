import * as pulumi from "@pulumi/pulumi";

import { awsModel } from "../../../../offline/providers/aws/model.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";
import type { Registered } from "../../../support/deploy.ts";

const config = { region: "eu-central-1", allowedAccountIds: '["111122223333"]' };

/** What a program made of the stand-in for AWS, and what that refused. */
export interface OnStandIn {
  readonly resources: readonly Registered[];
  readonly refused: readonly string[];
}

/** Runs a program with the outputs the stand-in gives, so that references look as they do in life. */
export async function onStandIn(program: () => unknown): Promise<OnStandIn> {
  const model = awsModel("111122223333");
  const resources: Registered[] = [];
  const refused: string[] = [];
  await pulumi.runtime.setMocks({
    newResource({ type, name, inputs }) {
      if (!type.startsWith("aws:")) return { id: name, state: inputs };
      const target = { urn: `urn:pulumi:eu::p::${type}::${name}`, type };
      const checked = model.check(target, {}, inputs as Properties, config);
      refused.push(...checked.failures.map((f) => `${type} ${name}.${f.property}: ${f.reason}`));
      resources.push({ type, name, inputs: checked.inputs });
      const { id, outputs } = model.create(target, checked.inputs, config);
      return { id, state: outputs };
    },
    call({ inputs }) {
      const { region } = inputs;
      const names = ["a", "b", "c"].map((letter) => `${region}${letter}`);
      return { id: region, region, names, zoneIds: [], groupNames: [region] };
    },
  });
  try {
    program();
  } finally {
    await pulumi.runtime.disconnect();
  }
  return { resources, refused };
}
