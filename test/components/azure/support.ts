import type {
  FoundryResourceArgs,
  FoundryRouteSettings,
} from "../../../components/azure/foundry-route.ts";
import { foundryNames } from "../../../components/azure/names.ts";
import type { Zone } from "../../../residency/types.ts";
import type { Registered } from "../../support/deploy.ts";

/** Written out, so that tests do not believe the code they test. */
export const us: Zone = {
  id: "us",
  label: "United States",
  countries: ["US"],
  awsPartition: "aws",
  acceptances: [],
};
export const eu: Zone = {
  ...us,
  id: "eu",
  label: "European Union",
  countries: [
    ...["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"],
    ...["IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"],
  ],
};

export const subscriptionId = "0b1f0c2e-7d3a-4e9b-8c6d-2a4f6e8b0c1d";
export const tenantId = "9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f";
export const groupId = "5b1f0c2e-7d3a-4e9b-8c6d-2a4f6e8b0c1d";
export const clientId = "0f1e2d3c-4b5a-4968-8776-655443322110";

export const attestation = {
  organizationName: "Example Corporation",
  countryCode: "US",
  industry: "finance",
  attestedBy: "counsel@example.com",
  attestedOn: "2026-11-20",
} as const;

/** The least a route can be: one model, everything made here, an application of the company's own. */
export const route: FoundryRouteSettings = {
  name: "foundry",
  subscriptionId,
  tenantId,
  region: "eastus2",
  models: [{ model: "claude-sonnet-5-5", version: "2", sku: "DataZoneStandard", capacity: 25 }],
  attestation,
  network: { kind: "create", cidr: "10.42.0.0/24", clientCidrs: ["10.12.0.0/14"] },
  dns: { kind: "create" },
  access: { groupId, role: "claude-caller" },
  application: { kind: "existing", clientId },
  desktop: { kind: "interactive", authFlow: "browser" },
  keys: { rotationDays: 365 },
  logs: { retentionDays: 365, sentinel: false },
};

export const args: FoundryResourceArgs = {
  zone: us,
  geography: "us",
  organization: "example",
  today: "2026-11-21",
  route,
};

/** Where the parts of {@link args} are put. */
export const place = {
  resourceGroupName: "cowork-example-us-foundry",
  region: "eastus2",
  names: foundryNames(args),
};

/** Everything of {@link args} lies below. */
export const group = `/subscriptions/${subscriptionId}/resourceGroups/cowork-example-us-foundry`;

/** `Type::name` of what Azure and Entra would be asked for, sorted. */
export function asked(resources: readonly Registered[]): string[] {
  return resources
    .filter(({ type }) => /^azure(-native|ad):/.test(type))
    .map(({ type, name }) => `${type.split(":").at(-1)}::${name}`)
    .sort();
}

/** Inputs of the one resource of a type, by its short name, for example `Vault`. */
export function inputsOf(resources: readonly Registered[], type: string): Registered["inputs"] {
  const found = resources.filter((r) => r.type.endsWith(`:${type}`));
  if (found.length !== 1) throw new Error(`${found.length} of ${type}`);
  return found[0]!.inputs;
}
