/**
 * The three private zones of a Foundry account. All of them or none: Claude Desktop always calls
 * `<resource>.services.ai.azure.com`, and with the third zone missing that name leads to the public front end,
 * which answers a misleading 401 (https://github.com/anthropics/claude-code/issues/91842, 2026-09-03).
 * @see https://learn.microsoft.com/azure/foundry/how-to/configure-private-link (2026-03-12)
 */
export const foundryDnsZones = [
  "privatelink.cognitiveservices.azure.com",
  "privatelink.openai.azure.com",
  "privatelink.services.ai.azure.com",
] as const;

export type FoundryDnsZone = (typeof foundryDnsZones)[number];

/** Short name of a zone, for resource names and the configurations of a zone group. */
export function zoneTag(zone: FoundryDnsZone): string {
  return zone
    .replace(/^privatelink\./, "")
    .replace(/\.azure\.com$/, "")
    .replaceAll(".", "-");
}

/** Name at the end of a zone's resource id; `undefined` when the text is no such id. */
export function zoneOfId(id: string): string | undefined {
  const pattern =
    /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/privateDnsZones\/([^/]+)$/i;
  return pattern.exec(id)?.[1]?.toLowerCase();
}
