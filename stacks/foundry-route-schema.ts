import { z } from "zod";

import { credentialHelper } from "./credential-helper-schema.ts";
import { cidr, clientCidrs, helperScript, routeName, text } from "./formats.ts";

/** One `foundry` route of a stack file. Shapes only; what spans several values is judged elsewhere. */

const deployment = z.strictObject({
  name: text.optional().meta({
    description: "What requests call the deployment. Default: the model's name.",
  }),
  model: text.meta({ description: "Model name, for example claude-sonnet-5-5." }),
  version: text.meta({
    description: 'Decides who hosts, in quotes: "2" is Azure, "1" and dates are Anthropic.',
  }),
  sku: text.meta({ description: "DataZoneStandard (US) or GlobalStandard (any Azure region)." }),
  capacity: z.int().min(1).meta({ description: "Thousands of tokens a minute, out of the quota." }),
});

const attestation = z
  .strictObject({
    organizationName: text.meta({ description: "Legal entity that becomes Anthropic's customer." }),
    countryCode: z.string().regex(/^[A-Z]{2}$/, "two capital letters, ISO 3166-1 alpha-2"),
    industry: z.string().regex(/^[a-z]+$/, "lower case, for example finance or technology"),
    attestedBy: text.meta({ description: "Person with the authority to accept the terms." }),
    attestedOn: z.iso.date("a date such as 2026-11-20"),
  })
  .meta({ description: "Signs Anthropic's Marketplace offer; a legal act, so without defaults." });

const network = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("create"), cidr, clientCidrs }),
  z.strictObject({
    kind: z.literal("existing"),
    subnetId: z
      .string()
      .regex(
        /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/]+\/subnets\/[^/]+$/,
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/n/subnets/p",
      ),
    clientCidrs,
  }),
]);

const dns = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("create") }),
    z.strictObject({
      kind: z.literal("existing"),
      zoneIds: z.array(text).meta({ description: "Resource ids of all three zones." }),
    }),
  ])
  .meta({ description: "The three private DNS zones: made here, or those of a hub." });

const access = z.strictObject({
  groupId: text.meta({ description: "Object id of the Entra group that may use the route." }),
  role: z.enum(["claude-caller", "cognitive-services-user"]).default("claude-caller").meta({
    description: "The kit's narrow role, or Microsoft's documented minimum.",
  }),
});

const application = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("create"),
      displayName: text.optional().meta({ description: "Default: made from the route's names." }),
      adminConsent: z
        .strictObject({ acceptedBy: text, acceptedOn: z.iso.date("a date such as 2026-11-20") })
        .optional()
        .meta({
          description: "Tenant-wide consent, a legal act. Default: left to an administrator.",
        }),
    }),
    z.strictObject({ kind: z.literal("existing"), clientId: z.guid("an application's client id") }),
  ])
  .meta({ description: "Entra application Claude Desktop signs in with, without any secret." });

const desktop = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("interactive"),
    authFlow: z.enum(["device-code", "browser", "broker"]).default("browser"),
  }),
  helperScript,
  credentialHelper,
]);

const keys = z.strictObject({
  rotationDays: z.int().default(365).meta({
    description: "Days after which the vault makes a new version of the key, 28 to 730.",
  }),
});

const logs = z.strictObject({
  retentionDays: z.int().default(365).meta({ description: "30 to 730." }),
  sentinel: z.boolean().default(false).meta({
    description: "Switches Microsoft Sentinel on for the workspace; billed by volume.",
  }),
});

const deployer = z
  .strictObject({
    issuer: z.url({ protocol: /^https$/, error: "the https issuer of CI's tokens" }),
    subject: text.meta({ description: "Subject of CI's tokens, letter for letter." }),
  })
  .meta({ description: "CI that deploys the kit, without a key." });

const azurePolicy = z
  .strictObject({
    scope: z.enum(["resource-group", "subscription"]).default("resource-group"),
    effect: z.enum(["audit", "deny"]).default("audit"),
  })
  .meta({ description: "Azure Policy against other deployment types and versions." });

export const foundryRouteSchema = z.strictObject({
  name: routeName,
  provider: z.literal("foundry"),
  subscriptionId: z.guid("a subscription's id"),
  tenantId: z.guid("an Entra tenant id"),
  region: z
    .string()
    .regex(/^[a-z]+\d?$/, "an Azure region such as eastus2")
    .meta({ description: "Where the resource, its keys and logs rest; not where Claude runs." }),
  resourceName: text.optional().meta({
    description: "Custom subdomain, unique in all of Azure. Default: made from names and a hash.",
  }),
  models: z
    .array(deployment)
    .min(1, "list at least one model")
    .meta({ description: "Claude deployments; the first is the laptops' default." }),
  attestation,
  network,
  dns: dns.prefault({ kind: "create" }),
  access,
  application: application.prefault({ kind: "create" }),
  desktop,
  keys: keys.prefault({}),
  logs: logs.prefault({}),
  deployer: deployer.optional(),
  azurePolicy: azurePolicy.optional(),
});
