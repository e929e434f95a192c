import type { ProviderModel } from "../provider-model.ts";
import type { Properties } from "../struct.ts";
import { checkInputs } from "./check.ts";
import { checkShape } from "./check-shape.ts";
import { createdState, previewOutputs, updatedOutputs } from "./compute.ts";
import { invokes } from "./invokes.ts";
import { type Modelled, resourceTypes, schema } from "./resource-types.ts";
import { exampleAccountId, parsed, readSettings } from "./settings.ts";

/** The AWS provider as data and functions, without the wire. */
export function awsModel(accountId: string = exampleAccountId): ProviderModel {
  const settingsOf = (config: Properties) => readSettings(config, accountId);
  return {
    name: "aws",
    version: schema.version,
    checkConfig: (inputs) => ({ inputs, failures: configFailures(inputs) }),
    check: ({ urn, type }, olds, news, config) =>
      checkInputs({ type: typeOf(type), urn, olds, news, settings: settingsOf(config) }),
    replaceOn: (type) => new Set(["region", ...typeOf(type).replaceOn]),
    previewCreate: ({ urn, type }, inputs, config) =>
      previewOutputs({ type: typeOf(type), urn, inputs, settings: settingsOf(config) }),
    create: ({ urn, type }, inputs, config) =>
      createdState({ type: typeOf(type), urn, inputs, settings: settingsOf(config) }),
    update: ({ urn, type }, { olds, news, preview }, config) => {
      const wanted = { type: typeOf(type), urn, inputs: news, settings: settingsOf(config) };
      return preview ? previewOutputs(wanted, olds) : updatedOutputs(wanted, olds);
    },
    invoke: (token, args, config) => {
      const answer = invokes.get(token);
      if (answer === undefined)
        throw new Error(
          `the offline aws stand-in does not answer "${token}"; add it to offline/providers/aws/invokes.ts`,
        );
      return answer(args, settingsOf(config));
    },
  };
}

function typeOf(token: string): Modelled {
  const type = resourceTypes.get(token);
  if (type === undefined)
    throw new Error(
      `the offline aws stand-in does not model "${token}"; add it to offline/providers/aws/type-tokens.ts and offline/providers/aws/types/`,
    );
  return type;
}

// Resource options of the provider itself, which the engine leaves among its inputs.
const engineKeys = new Set(["version", "pluginDownloadURL", "__internal", "__defaults"]);

function configFailures(inputs: Properties): ReturnType<typeof checkShape> {
  const settings = Object.entries(inputs)
    .filter(([name]) => !engineKeys.has(name))
    // Text stays text whatever it looks like; everything else travels as JSON text.
    .map(([name, value]) => [
      name,
      schema.provider.get(name)?.kind.is === "string" ? value : (parsed(value) ?? value),
    ]);
  return checkShape(Object.fromEntries(settings), {
    fields: schema.provider,
    types: schema.types,
    owner: "pulumi:providers:aws",
    at: "",
  });
}
