import { describe, expect, it } from "vitest";
import { foundryAccountsArePrivate as rule } from "../../../policy-pack/rules/foundry-accounts-are-private.ts";
import { azure as of, stackOf } from "../../support/azure-resources.ts";
import { type Candidate, reportsOf, unknownText } from "../../support/run-rule.ts";

const keys = {
  keySource: "Microsoft.KeyVault",
  keyVaultProperties: {
    keyVaultUri: "https://keys.vault.azure.net/",
    keyName: "claude",
    identityClientId: "00000000-0000-0000-0000-000000000001",
  },
};
const closed = {
  publicNetworkAccess: "Disabled",
  networkAcls: { defaultAction: "Deny", bypass: "None" },
  disableLocalAuth: true,
  restrictOutboundNetworkAccess: true,
  customSubDomainName: "claude-us-7f3a",
};
const good = {
  accountName: "claude-us",
  kind: "AIServices",
  identity: { type: "UserAssigned" },
  properties: { ...closed, encryption: keys },
};
const account = (change: object = {}, more: Partial<Candidate> = {}) =>
  of("cognitiveservices:Account", { ...good, ...change }, more);
const having = (change: object) => ({ properties: { ...good.properties, ...change } });
const keyed = (change: object) =>
  having({
    encryption: { ...keys, keyVaultProperties: { ...keys.keyVaultProperties, ...change } },
  });

const cognitive = "privatelink.cognitiveservices.azure.com";
const openai = "privatelink.openai.azure.com";
const services = "privatelink.services.ai.azure.com";
const zoneId = (name: string) =>
  `/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/${name}`;
const zones = (...ids: readonly string[]) =>
  of("network:PrivateDnsZoneGroup", {
    privateEndpointName: "claude",
    privateDnsZoneConfigs: ids.map((privateDnsZoneId, index) => ({
      name: `z${index}`,
      privateDnsZoneId,
    })),
  });
const zone = (privateZoneName: string) =>
  of("privatedns:PrivateZone", { privateZoneName, location: "global" }, { name: privateZoneName });
const needs = "name all three, or none of them";
const keyPath = "`properties.encryption.keyVaultProperties";

describe("foundry-accounts-are-private", () => {
  describe.each(["preview", "up"] as const)("at %s", (phase) => {
    it.each([
      { when: "a closed account", change: {}, says: [] },
      { when: "one with Microsoft's key", change: { properties: closed }, says: [] },
      {
        when: "one that says it uses Microsoft's key",
        change: having({ encryption: { keySource: "Microsoft.CognitiveServices" } }),
        says: [],
      },
      {
        when: "one that is open to the internet",
        change: having({ publicNetworkAccess: "Enabled" }),
        says: [
          "blocks: `properties.publicNetworkAccess` is Enabled, not Disabled: the internet reaches the account",
        ],
      },
      {
        when: "one that says nothing at all",
        change: { properties: {} },
        says: [
          "blocks: `properties.publicNetworkAccess` is absent, not Disabled: the internet reaches the account",
          "blocks: `properties.networkAcls.defaultAction` is absent, not Deny: networks nobody names get through",
          "blocks: `properties.disableLocalAuth` is absent, not true: whoever has its key may call it",
          "blocks: `properties.restrictOutboundNetworkAccess` is absent, not true: the account itself may fetch from any host",
          "blocks: `properties.customSubDomainName` is absent: without it neither Entra nor a private endpoint works",
        ],
      },
      {
        when: "one that lets networks in",
        change: having({ networkAcls: { defaultAction: "Allow" } }),
        says: [
          "blocks: `properties.networkAcls.defaultAction` is Allow, not Deny: networks nobody names get through",
        ],
      },
      {
        when: "one with keys",
        change: having({ disableLocalAuth: false }),
        says: [
          "blocks: `properties.disableLocalAuth` is false, not true: whoever has its key may call it",
        ],
      },
      {
        when: "a switch that is text",
        change: having({ disableLocalAuth: "true" }),
        says: [
          'blocks: `properties.disableLocalAuth` is the text "true", not true: whoever has its key may call it',
        ],
      },
      {
        when: "one whose name is empty",
        change: having({ customSubDomainName: "" }),
        says: [
          "blocks: `properties.customSubDomainName` is absent: without it neither Entra nor a private endpoint works",
        ],
      },
      {
        when: "a key without a vault, a name and an identity",
        change: having({ encryption: { keySource: "Microsoft.KeyVault" } }),
        says: [
          `blocks: ${keyPath}.keyVaultUri\` is absent: no vault is named`,
          `blocks: ${keyPath}.keyName\` is absent: no key is named`,
          `blocks: ${keyPath}.identityClientId\` is absent: only an identity of its own may be let at the key before the account exists`,
        ],
      },
      {
        when: "a key whose source is not said, which is a vault",
        change: having({ encryption: { keyVaultProperties: keys.keyVaultProperties } }),
        says: [],
      },
      {
        when: "a source nobody knows",
        change: having({ encryption: { keySource: "Elsewhere" } }),
        says: [
          "blocks: undecidable: `properties.encryption.keySource` is Elsewhere: only Microsoft.KeyVault is known",
        ],
      },
      {
        when: "a key and the account's own identity only",
        change: { identity: { type: "SystemAssigned" } },
        says: ["blocks: `identity.type` is SystemAssigned: a key of one's own needs UserAssigned"],
      },
      {
        when: "a key and no identity",
        change: { identity: undefined },
        says: ["blocks: `identity.type` is absent: a key of one's own needs UserAssigned"],
      },
      {
        when: "an account of another kind",
        change: { kind: "SpeechServices", properties: {} },
        says: [],
      },
      {
        when: "no kind",
        change: { kind: undefined },
        says: ["blocks: undecidable: `kind` is absent"],
      },
    ])("judges $when", async ({ change, says }) => {
      expect(await reportsOf(rule, account(change), { phase })).toEqual(says);
    });

    it.each([
      { when: "all three zones", ids: [cognitive, openai, services], says: [] },
      {
        when: "all three in another order and case",
        ids: [services.toUpperCase(), openai, cognitive],
        says: [],
      },
      {
        when: "zones of other services only",
        ids: ["privatelink.blob.core.windows.net"],
        says: [],
      },
      { when: "no zone", ids: [], says: [] },
      {
        when: "two of three",
        ids: [cognitive, openai],
        says: [
          `blocks: \`privateDnsZoneConfigs\` names ${cognitive} and ${openai} but not ${services}: ${needs}`,
        ],
      },
      {
        when: "one of three",
        ids: [services],
        says: [
          `blocks: \`privateDnsZoneConfigs\` names ${services} but not ${cognitive} and ${openai}: ${needs}`,
        ],
      },
    ])("judges an endpoint with $when", async ({ ids, says }) => {
      expect(await reportsOf(rule, zones(...ids.map(zoneId)), { phase })).toEqual(says);
    });

    it("judges accounts and zones in templates", async () => {
      const stack = stackOf({
        resources: [
          {
            type: "Microsoft.CognitiveServices/accounts",
            name: "claude-us",
            kind: "AIServices",
            properties: { ...closed, publicNetworkAccess: "[parameters('access')]" },
          },
          {
            type: "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
            name: "claude/default",
            properties: {
              privateDnsZoneConfigs: [
                {
                  properties: {
                    privateDnsZoneId: `[resourceId('Microsoft.Network/privateDnsZones', '${openai}')]`,
                  },
                },
              ],
            },
          },
        ],
        parameters: { access: { defaultValue: "Enabled" } },
      });
      expect(await reportsOf(rule, stack, { phase })).toEqual([
        "blocks: Microsoft.CognitiveServices/accounts `template.resources.0`: `properties.publicNetworkAccess` is Enabled, not Disabled: the internet reaches the account",
        `blocks: Microsoft.Network/privateEndpoints/privateDnsZoneGroups \`template.resources.1\`: \`properties.privateDnsZoneConfigs\` names ${openai} but not ${cognitive} and ${services}: ${needs}`,
      ]);
    });
  });

  it("takes zones that are not made yet by their names", async () => {
    const from = (...names: readonly string[]) => ({
      ...zones(...names.map(() => unknownText)),
      from: { privateDnsZoneConfigs: names },
    });
    const others = [zone(cognitive), zone(openai), zone(services)];
    expect(await reportsOf(rule, from(cognitive, openai, services), { others })).toEqual([]);
    expect(await reportsOf(rule, from(cognitive, services), { others })).toEqual([
      `blocks: \`privateDnsZoneConfigs\` names ${cognitive} and ${services} but not ${openai}: ${needs}`,
    ]);
  });

  it("takes a vault, a key and an identity that are not made yet as given", async () => {
    const fresh = keyed({
      keyVaultUri: unknownText,
      keyName: unknownText,
      identityClientId: unknownText,
    });
    const others = [
      of("keyvault:Vault", { vaultName: "keys" }, { name: "vault" }),
      of("managedidentity:UserAssignedIdentity", {}, { name: "identity" }),
    ];
    const more = { from: { properties: ["vault", "identity"] } };
    expect(await reportsOf(rule, account(fresh, more), { others })).toEqual([]);
  });

  it.each([
    { phase: "preview", says: "advises: not proven, decided at up" },
    { phase: "up", says: "blocks: undecidable" },
  ] as const)("answers for each value that is not known at $phase", async ({ phase, says }) => {
    const candidate = account({
      properties: {
        ...closed,
        publicNetworkAccess: unknownText,
        disableLocalAuth: false,
        encryption: { keyVaultProperties: { ...keys.keyVaultProperties, keyName: unknownText } },
      },
    });
    expect(await reportsOf(rule, candidate, { phase })).toEqual([
      `${says}: \`properties.publicNetworkAccess\` is not known yet`,
      "blocks: `properties.disableLocalAuth` is false, not true: whoever has its key may call it",
      `${says}: \`properties.encryption.keyVaultProperties.keyName\` is not known yet`,
    ]);
    const whole = account({ properties: unknownText, identity: undefined });
    expect(await reportsOf(rule, whole, { phase })).toEqual([
      `${says}: \`properties\` is not known yet`,
    ]);
    const hidden = zones(zoneId(cognitive), unknownText);
    expect(await reportsOf(rule, hidden, { phase })).toEqual([
      `${says}: \`privateDnsZoneConfigs.1.privateDnsZoneId\` is not known yet`,
    ]);
  });
});
