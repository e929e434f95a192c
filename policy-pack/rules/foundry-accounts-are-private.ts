import { madeBy } from "../arm-template.ts";
import { keyKinds } from "../azure-places.ts";
import { azureKind, isAzure } from "../azure-types.ts";
import {
  type AzureView,
  isNotKnown,
  leavesIn,
  readText,
  setting,
  settled,
  shown,
  sourcesOf,
} from "../azure-view.ts";
import { textOf } from "../placement.ts";
import { defineRule, type Finding, fail, undecidable } from "../rule.ts";

const ACCOUNT = "cognitiveservices/Account";
const ZONE_GROUP = "network/PrivateDnsZoneGroup";
const ZONES = ["privatedns/PrivateZone", "network/PrivateZone"];
/** The kind of account that Foundry is; others serve no Claude. */
const FOUNDRY = "aiservices";
const IDENTITY = "managedidentity/UserAssignedIdentity";

/** What an account must be set to. Absent is Azure's default, which is the other value. */
const WANTED: readonly { readonly path: string; readonly value: unknown; readonly why: string }[] =
  [
    {
      path: "publicNetworkAccess",
      value: "Disabled",
      why: "the internet reaches the account",
    },
    { path: "networkAcls.defaultAction", value: "Deny", why: "networks nobody names get through" },
    { path: "disableLocalAuth", value: true, why: "whoever has its key may call it" },
    {
      path: "restrictOutboundNetworkAccess",
      value: true,
      why: "the account itself may fetch from any host",
    },
  ];

/** Zones a private endpoint of an account needs (https://learn.microsoft.com/azure/foundry/how-to/configure-private-link, 2026-03). */
const NEEDED = [
  "privatelink.cognitiveservices.azure.com",
  "privatelink.openai.azure.com",
  "privatelink.services.ai.azure.com",
];

/** Foundry accounts are reached through private endpoints and Entra only, by every one of their names. */
export const foundryAccountsArePrivate = defineRule({
  name: "foundry-accounts-are-private",
  description:
    "Foundry accounts refuse the internet, keys and unnamed hosts, and private endpoints answer for all their names.",
  remediation:
    "Set publicNetworkAccess Disabled, networkAcls.defaultAction Deny, disableLocalAuth and restrictOutboundNetworkAccess true and customSubDomainName; give an own key a user-assigned identity; put all three privatelink zones into the endpoint's zone group, or none.",
  scope: "stack",
  appliesTo: (type) =>
    isAzure(type) && /^(?:resources|cognitiveservices|network)\//.test(azureKind(type)),
  judge: (resource) =>
    madeBy(resource).views.flatMap((view) => {
      if (view.kind === ACCOUNT) return onceEach(judgeAccount(view));
      return view.kind === ZONE_GROUP ? settled(view, () => judgeZones(view)) : [];
    }),
});

/** While `properties` as a whole is not known, every question has the same answer. */
function onceEach(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [finding.message, finding])).values()];
}

function judgeAccount(view: AzureView): readonly Finding[] {
  let other = false;
  const kind = settled(view, () => {
    const text = readText(view, "kind");
    other = text !== undefined && text.toLowerCase() !== FOUNDRY;
    return text === undefined ? [undecidable("`kind` is absent")] : [];
  });
  if (other) return [];
  return [
    ...kind,
    ...WANTED.flatMap(({ path, value, why }) =>
      settled(view, () => {
        const found = setting(view, path);
        if (found === value) return [];
        const at = shown(view, path);
        return [
          fail(`${at} ${described(found, typeof value === "boolean")}, not ${value}: ${why}`),
        ];
      }),
    ),
    ...settled(view, () =>
      textOf(setting(view, "customSubDomainName")) === undefined
        ? [
            fail(
              `${shown(view, "customSubDomainName")} is absent: without it neither Entra nor a private endpoint works`,
            ),
          ]
        : [],
    ),
    ...settled(view, () => judgeKey(view)),
  ];
}

function described(value: unknown, switchWanted = false): string {
  if (value === undefined) return "is absent";
  if (switchWanted && typeof value === "string") return `is the text "${value}"`;
  return typeof value === "object" ? "is an object" : `is ${String(value)}`;
}

/** A key of one's own needs a vault, a name, and an identity that may use it before the account exists. */
function judgeKey(view: AzureView): readonly Finding[] {
  if (setting(view, "encryption") === undefined) return [];
  const source = setting(view, "encryption.keySource");
  if (source === "Microsoft.CognitiveServices") return [];
  if (source !== undefined && source !== "Microsoft.KeyVault") {
    const at = shown(view, "encryption.keySource");
    return [undecidable(`${at} ${described(source)}: only Microsoft.KeyVault is known`)];
  }
  const of = "encryption.keyVaultProperties";
  const missing = [
    ...missingUnlessGiven(view, `${of}.keyVaultUri`, keyKinds, "no vault is named"),
    ...missingUnlessGiven(view, `${of}.keyName`, keyKinds, "no key is named"),
    ...missingUnlessGiven(
      view,
      `${of}.identityClientId`,
      [IDENTITY],
      "only an identity of its own may be let at the key before the account exists",
    ),
  ];
  const identity = settled({ lead: "" }, () => {
    const type = readText(view, "identity.type");
    if (type?.includes("UserAssigned")) return [];
    return [fail(`\`identity.type\` ${described(type)}: a key of one's own needs UserAssigned`)];
  });
  return [...missing, ...identity];
}

/** A value that is not known yet is given all the same when it comes from a resource of the right kind. */
function missingUnlessGiven(
  view: AzureView,
  path: string,
  kinds: readonly string[],
  why: string,
): readonly Finding[] {
  return settled({ lead: "" }, () => {
    try {
      if (textOf(setting(view, path)) !== undefined) return [];
    } catch (error) {
      if (!isNotKnown(error) || sourcesOf(view, path, kinds).length === 0) throw error;
      return [];
    }
    return [fail(`${shown(view, path)} is absent: ${why}`)];
  });
}

/** Two zones of three are worse than none: the host Claude Desktop calls then leads to the public front end. */
function judgeZones(view: AzureView): readonly Finding[] {
  const names = new Set<string>();
  const hidden: Finding[] = [];
  for (const { path, text } of leavesIn(view)) {
    if (!/(?:^|\.)privateDnsZoneId$/i.test(path)) continue;
    hidden.push(
      ...settled({ lead: "" }, () => {
        for (const name of namesOf(view, path, text)) names.add(name.toLowerCase());
        return [];
      }),
    );
  }
  const missing = NEEDED.filter((zone) => !names.has(zone));
  if (missing.length === 0) return [];
  if (hidden.length > 0) return hidden;
  if (missing.length === NEEDED.length) return [];
  const at = shown(view, "privateDnsZoneConfigs");
  const given = NEEDED.filter((zone) => names.has(zone)).join(" and ");
  return [
    fail(`${at} names ${given} but not ${missing.join(" and ")}: name all three, or none of them`),
  ];
}

function namesOf(view: AzureView, path: string, text: () => string | undefined): readonly string[] {
  try {
    const [, name] = /\/privateDnsZones\/([^/]+)$/i.exec(text() ?? "") ?? [];
    return name === undefined ? [] : [name];
  } catch (error) {
    const sources = isNotKnown(error) ? sourcesOf(view, path, ZONES) : [];
    if (sources.length === 0) throw error;
    return sources.flatMap(({ props }) => {
      const name = textOf(props.privateZoneName);
      return name === undefined ? [] : [name];
    });
  }
}
