import { type Modelled, modelledBy } from "../shared/modelled.ts";
import type { ArmType, Naming } from "./arm.ts";
import { loadSchema } from "./schema.ts";
import { apiVersions, modelledTypes, tokenOf } from "./type-tokens.ts";
import { accessTypes } from "./types/access.ts";
import { appTypes } from "./types/apps.ts";
import { cognitiveTypes } from "./types/cognitive.ts";
import { keyTypes } from "./types/keys.ts";
import { logTypes } from "./types/logs.ts";
import { networkTypes } from "./types/network.ts";
import { redisTypes } from "./types/redis.ts";
import { resourcesTypes } from "./types/resources.ts";

/** The SDK's types, read once. */
export const schema = loadSchema();

const types: Readonly<Record<string, ArmType>> = {
  ...accessTypes,
  ...appTypes,
  ...cognitiveTypes,
  ...keyTypes,
  ...logTypes,
  ...networkTypes,
  ...redisTypes,
  ...resourcesTypes,
};

/** Every modelled type by its token. */
export const resourceTypes: ReadonlyMap<string, Modelled> = modelledBy({
  names: modelledTypes,
  tokenOf,
  schema,
  types,
});

const byToken: ReadonlyMap<string, { readonly own: ArmType; readonly apiVersion: string }> =
  new Map(
    modelledTypes.map((type) => {
      const own = types[type];
      if (own === undefined)
        throw new Error(`${type} is listed in type-tokens.ts but not described`);
      return [tokenOf(type), { own, apiVersion: apiVersions[type] }];
    }),
  );

/** How the provider names a type the program left unnamed. */
export function namingOf(token: string): Naming {
  return ownOf(token).own.naming;
}

/** Type as Azure writes it, for example `Microsoft.KeyVault/vaults`. */
export function armTypeOf(token: string): string {
  return ownOf(token).own.armType;
}

/** Version of the REST API the provider speaks for a type. */
export function apiVersionOf(token: string): string {
  return ownOf(token).apiVersion;
}

function ownOf(token: string): { readonly own: ArmType; readonly apiVersion: string } {
  const found = byToken.get(token);
  if (found === undefined) throw new Error(`${token} is not modelled`);
  return found;
}
