import { createHash } from "node:crypto";

import { v5 as uuidFrom } from "uuid";

import { policyText, type Settings } from "../setting-value.ts";
import type { Addressee, Channel } from "./channel.ts";
import { type PlistValue, propertyList } from "./property-list.ts";

const DOMAIN = "com.anthropic.claudefordesktop";

/**
 * A macOS configuration profile. Identifiers depend on organization, geography and route alone, so that a
 * new version replaces the old one; UUIDs are derived from the content, so that equal content is equal
 * bytes and a change is visible (docs/decisions/2026-11-21-profile-identifiers.md).
 */
export const mobileconfig: Channel = {
  id: "mobileconfig",
  fileName: "claude-desktop.mobileconfig",
  platform: "macos",
  render: (settings, addressee) =>
    Buffer.from(propertyList(configuration(settings, addressee)), "utf8"),
};

function configuration(settings: Settings, addressee: Addressee): PlistValue {
  const { organization, geography, zoneLabel, route } = addressee;
  const identifier = `cowork-landing-zone.${organization.uuid.toLowerCase()}.${geography}.${route}`;
  const values = Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [key, policyText(value)]),
  );
  const names = {
    display: `Claude Desktop (${zoneLabel}, ${route})`,
    organization: organization.name,
  };
  // What stands in the file, so that two files with one UUID never differ.
  const content = createHash("sha256")
    .update(JSON.stringify([identifier, names, values]))
    .digest("hex");
  return {
    PayloadContent: [
      {
        PayloadDisplayName: "Claude Desktop",
        PayloadIdentifier: `${identifier}.settings`,
        PayloadType: DOMAIN,
        PayloadUUID: uuidOf(`settings:${content}`, organization.uuid),
        PayloadVersion: 1,
        ...values,
      },
    ],
    PayloadDisplayName: names.display,
    PayloadIdentifier: identifier,
    PayloadOrganization: names.organization,
    PayloadScope: "System",
    PayloadType: "Configuration",
    PayloadUUID: uuidOf(`configuration:${content}`, organization.uuid),
    PayloadVersion: 1,
  };
}

function uuidOf(content: string, namespace: string): string {
  return uuidFrom(content, namespace).toUpperCase();
}
