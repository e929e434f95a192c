import { createHash } from "node:crypto";

import { v5 } from "uuid";

import type { Problem } from "../../residency/problem.ts";
import type { FoundryResourceArgs } from "./foundry-route.ts";

/** A custom subdomain is one DNS label, and Azure takes letters, digits and hyphens. */
const subdomain = /^[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/;

/** What fits a subdomain of 63 characters between `cowork-` and a hash of eight digits. */
const maxLabelLength = 47;

/** Every physical name of a route: plain configuration, so known in any preview. */
export interface FoundryNames {
  /** Organization, geography and route. */
  readonly label: string;
  readonly resourceGroup: string;
  /** Account and custom subdomain alike. */
  readonly account: string;
  /** 24 characters at most, unique in all of Azure: the hash says enough. */
  readonly vault: string;
  /** Resource id of something in the resource group, for example of `Microsoft.Network/virtualNetworks/n`. */
  readonly idOf: (typeAndName: string) => string;
  /** GUID that is the same on every run, for what Azure names by GUIDs. */
  readonly guid: (purpose: string) => string;
}

export type NamedArgs = Pick<FoundryResourceArgs, "organization" | "geography"> & {
  readonly route: Pick<FoundryResourceArgs["route"], "name" | "subscriptionId" | "resourceName">;
};

/**
 * Account and vault names are unique in all of Azure, so they end in a hash of subscription and label. A
 * deleted account keeps its name for 48 hours and a vault for 90 days: another `resourceName` changes both.
 */
export function foundryNames({ organization, geography, route }: NamedArgs): FoundryNames {
  const { subscriptionId, resourceName } = route;
  const label = [organization, geography, route.name].join("-");
  const resourceGroup = `cowork-${label}`;
  const hash = createHash("sha256")
    .update([subscriptionId.toLowerCase(), label, resourceName ?? ""].join("/"))
    .digest("hex");
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  return {
    label,
    resourceGroup,
    account: resourceName ?? `cowork-${label}-${hash.slice(0, 8)}`,
    vault: `cowork-${hash.slice(0, 12)}`,
    idOf: (typeAndName) => `${group}/providers/${typeAndName}`,
    guid: (purpose) => v5([subscriptionId.toLowerCase(), label, purpose].join("/"), v5.URL),
  };
}

/** Pure, so that the edge cases are tested without an engine. */
export function checkFoundryNames(args: NamedArgs): Problem[] {
  const { label } = foundryNames(args);
  const { resourceName } = args.route;
  const problems: Problem[] = [];
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(label)) {
    const reason = `"${label}" may hold lower-case letters, digits and single hyphens between them`;
    problems.push({ path: "label", reason });
  }
  if (label.length > maxLabelLength) {
    const reason = `"${label}" has ${label.length} characters; at most ${maxLabelLength} fit a subdomain: shorten the organization, geography or route`;
    problems.push({ path: "label", reason });
  }
  if (resourceName !== undefined && !subdomain.test(resourceName)) {
    const reason = `"${resourceName}" (${resourceName.length} characters); a subdomain has 2 to 63 lower-case letters, digits and hyphens, none of them first or last`;
    problems.push({ path: "resourceName", reason });
  }
  return problems;
}
