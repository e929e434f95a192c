import * as pulumi from "@pulumi/pulumi";

import { azureNativeModel } from "../../../../offline/providers/azure-native/model.ts";
import { azureadModel } from "../../../../offline/providers/azuread/model.ts";
import type { ProviderModel } from "../../../../offline/providers/provider-model.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";
import type { Registered } from "../../../support/deploy.ts";
import { subscriptionId, tenantId } from "./support.ts";

const configs: Readonly<Record<string, Properties>> = {
  "azure-native": { subscriptionId, tenantId, environment: "public" },
  azuread: { tenantId },
};

/** What a program made of the stand-ins for Azure and Entra, and what they refused. */
export interface OnStandIn {
  readonly resources: readonly Registered[];
  readonly refused: readonly string[];
}

/** Runs a program with the outputs the stand-ins give, so that references look as they do in life. */
export async function onStandIn(program: () => unknown): Promise<OnStandIn> {
  const models: Readonly<Record<string, ProviderModel>> = {
    "azure-native": azureNativeModel(),
    azuread: azureadModel(),
  };
  const resources: Registered[] = [];
  const refused: string[] = [];
  await pulumi.runtime.setMocks({
    newResource({ type, name, inputs }) {
      const [provider = ""] = type.split(":");
      const model = models[provider];
      const config = configs[provider];
      if (model === undefined || config === undefined) return { id: name, state: inputs };
      const target = { urn: `urn:pulumi:us::p::${type}::${name}`, type };
      const checked = model.check(target, {}, inputs as Properties, config);
      refused.push(...checked.failures.map((f) => `${type} ${name}.${f.property}: ${f.reason}`));
      resources.push({ type, name, inputs: checked.inputs });
      const { id, outputs } = model.create(target, checked.inputs, config);
      return { id, state: outputs };
    },
    call({ token }) {
      throw new Error(`unexpected provider call: ${token}`);
    },
  });
  try {
    program();
  } finally {
    await pulumi.runtime.disconnect();
  }
  return { resources, refused };
}
