import { azureRegionName } from "../../../residency/azure/foundry.ts";
import { isMap, type Properties, unknown, type Value } from "../struct.ts";

interface UniqueName {
  /** Input that holds the name, and the output that repeats it. */
  readonly input: string;
  readonly output: string;
  readonly what: string;
  /** How a deleted one holds its name, and the input that takes it back. */
  readonly deleted?: { readonly holds: string; readonly restore: string; readonly to: Value };
}

/**
 * Names all of Azure shares. Deleted Cognitive Services accounts keep theirs for 48 hours, vaults until
 * their retention ends. Sources: https://learn.microsoft.com/en-us/azure/ai-services/manage-resources and
 * https://learn.microsoft.com/en-us/azure/key-vault/general/soft-delete-overview, read 2026-11-21.
 */
const uniqueNames: Readonly<Record<string, UniqueName>> = {
  "azure-native:cognitiveservices:Account": {
    input: "properties.customSubDomainName",
    output: "properties.customSubDomainName",
    what: "customSubDomainName",
    deleted: { holds: "for 48 hours", restore: "properties.restore", to: true },
  },
  "azure-native:keyvault:Vault": {
    input: "vaultName",
    output: "name",
    what: "vault name",
    deleted: {
      holds: "until its retention ends",
      restore: "properties.createMode",
      to: "recover",
    },
  },
  "azure-native:storage:StorageAccount": {
    input: "accountName",
    output: "name",
    what: "account name",
  },
  "azure-native:eventhub:Namespace": {
    input: "namespaceName",
    output: "name",
    what: "namespace name",
  },
};

/**
 * The little a provider must know of other resources: where groups lie, and which names are taken. It lasts
 * as long as the server, so a later run in another process starts without it.
 */
export class Memory {
  readonly #locations = new Map<string, string>();
  readonly #names = new Map<string, { readonly urn: string; readonly isDeleted: boolean }>();

  /** Location of a group the stand-in has met; undefined when it has not. */
  locationOf(subscription: string, groupName: string): string | undefined {
    return this.#locations.get(groupKey(subscription, groupName));
  }

  groupExists(subscription: string, { resourceGroupName, location }: Properties): void {
    if (typeof resourceGroupName !== "string" || typeof location !== "string") return;
    if (resourceGroupName === unknown || location === unknown) return;
    this.#locations.set(groupKey(subscription, resourceGroupName), azureRegionName(location));
  }

  /** Notes that a resource of these inputs exists. */
  exists(type: string, urn: string, inputs: Properties): void {
    const key = nameKey(type, inputs, "input");
    if (key !== undefined) this.#names.set(key, { urn, isDeleted: false });
  }

  /** Notes a deletion: the name is free again, or held by what can still be restored. */
  removed(type: string, urn: string, state: Properties): void {
    const key = nameKey(type, state, "output");
    if (key === undefined) return;
    if (uniqueNames[type]?.deleted === undefined) this.#names.delete(key);
    else this.#names.set(key, { urn, isDeleted: true });
  }

  /** @throws Error when the resource cannot be created because its name is taken. */
  claim(type: string, urn: string, inputs: Properties): void {
    const unique = uniqueNames[type];
    const key = nameKey(type, inputs, "input");
    const holder = key === undefined ? undefined : this.#names.get(key);
    if (unique === undefined || holder === undefined) return;
    const shown = `${unique.what} "${String(valueAt(inputs, unique.input))}"`;
    if (!holder.isDeleted && holder.urn !== urn)
      throw new Error(
        `the ${shown} is taken by ${holder.urn}; names of ${type} are shared by all of Azure; choose another`,
      );
    const { deleted } = unique;
    if (
      holder.isDeleted &&
      deleted !== undefined &&
      valueAt(inputs, deleted.restore) !== deleted.to
    )
      throw new Error(
        `the ${shown} is held ${deleted.holds} by a deleted ${type}; purge that, choose another name, or take it back with \`${deleted.restore}\` ${JSON.stringify(deleted.to)}`,
      );
  }
}

function groupKey(subscription: string, name: string): string {
  return `${subscription}/${name}`.toLowerCase();
}

function nameKey(
  type: string,
  properties: Properties,
  side: "input" | "output",
): string | undefined {
  const unique = uniqueNames[type];
  const name = unique === undefined ? undefined : valueAt(properties, unique[side]);
  return typeof name === "string" && name !== unknown ? `${type} ${name.toLowerCase()}` : undefined;
}

function valueAt(properties: Properties, path: string): Value | undefined {
  let value: Value | undefined = properties;
  for (const name of path.split(".")) value = isMap(value) ? value[name] : undefined;
  return value;
}
