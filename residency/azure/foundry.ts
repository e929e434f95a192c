import data from "../catalogue/azure.json" with { type: "json" };
import { type AzureCatalogue, azureCatalogueSchema } from "../catalogue/azure-schema.ts";

/** Every dated fact about Claude in Microsoft Foundry. */
export const azureCatalogue: AzureCatalogue = azureCatalogueSchema.parse(data);

export type FoundryModel = AzureCatalogue["models"][number];
export type FoundryVersion = FoundryModel["versions"][number];

const models: ReadonlyMap<string, FoundryModel> = new Map(
  azureCatalogue.models.map((model) => [model.name, model]),
);

export function findFoundryModel(name: string): FoundryModel | undefined {
  return models.get(name);
}

/** Name shown to people, for example `Claude Opus 5.5`; the name itself when it is not listed. */
export function foundryModelName(name: string): string {
  return models.get(name)?.label ?? name;
}

/** Country of an Azure region by its programmatic name; `undefined` when no dated source says so. */
export function azureCountryOf(region: string): string | undefined {
  const { regionCountries } = azureCatalogue;
  return Object.hasOwn(regionCountries, region) ? regionCountries[region] : undefined;
}

/** An Azure region as programs write it: `West Europe` is `westeurope`. */
export function azureRegionName(text: string): string {
  return text.toLowerCase().replaceAll(" ", "");
}
