import type { ResourceType } from "../shared/resource-type.ts";

/** How the provider names what the program leaves unnamed. */
export interface Naming {
  /** Input that takes the name. */
  readonly input: string;
  /** `random` adds 8 hex digits to the logical name, `copy` takes it as it is, `uuid` makes a GUID. */
  readonly style: "random" | "copy" | "uuid";
}

/** A type of Azure Resource Manager: everything that follows from its path, and what does not. */
export interface ArmType extends ResourceType {
  readonly naming: Naming;
  /** Type as Azure writes it, for example `Microsoft.CognitiveServices/accounts`. */
  readonly armType: string;
}

type More = Partial<Omit<ResourceType, "id" | "autoName">>;

/** Resource group a path begins with. */
export const group = "/subscriptions/{subscription}/resourceGroups/{resourceGroupName}";

/** A type that lies in a resource group: `Microsoft.KeyVault/vaults/{vaultName}`. */
export function inGroup(path: string, more: More = {}): ArmType {
  return armType(group, path, more);
}

/**
 * A type below any prefix. Every name in its path replaces it, and how it is named follows from the path.
 * Source: github.com/pulumi/pulumi-azure-native, provider/pkg/resources/resources.go (`AutoNamer`), read 2026-11-21.
 */
export function armType(prefix: string, path: string, more: More = {}): ArmType {
  const id = `${prefix}/providers/${path}`;
  const own = namesIn(path);
  const input = own.at(-1) ?? "";
  return {
    ...more,
    id,
    naming: { input, style: styleOf(input, own.length) },
    armType: path
      .split("/")
      .filter((part) => !part.startsWith("{"))
      .join("/"),
    autoName: "none",
    replaceOn: [
      ...namesIn(id).filter((name) => name !== "subscription"),
      ...(more.replaceOn ?? []),
    ],
  };
}

function styleOf(input: string, names: number): Naming["style"] {
  if (input === "roleAssignmentName" || input === "roleDefinitionId") return "uuid";
  return names === 1 ? "random" : "copy";
}

function namesIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}
