import { z } from "zod";

import { cidr, text } from "./formats.ts";

/** What a token service that runs at Azure is told in a stack file. Shapes only; the component judges the rest. */

const groups = String.raw`\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers`;
const idOf = (type: string, wanted: string) =>
  z.string().regex(new RegExp(`^${groups}\\/${type}$`), `the resource id of ${wanted}`);

const subnetId = idOf(
  String.raw`Microsoft\.Network\/virtualNetworks\/[^/]+\/subnets\/[^/]+`,
  "a subnet",
);
const secretId = (what: string) =>
  idOf(
    String.raw`Microsoft\.KeyVault\/vaults\/[^/]+\/secrets\/[^/]+`,
    `${what}: .../Microsoft.KeyVault/vaults/v/secrets/n, without a version`,
  );

const network = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("create"),
      cidr: cidr.meta({ description: "Range of a network of the service's own, /16 to /26." }),
    })
    .meta({ description: "A network with one subnet for apps and one for private endpoints." }),
  z
    .strictObject({
      kind: z.literal("existing"),
      environmentSubnetId: subnetId.meta({
        description: "Empty, /27 or wider, delegated to Microsoft.App/environments.",
      }),
      endpointSubnetId: subnetId.meta({
        description: "Another subnet of the same network, for private endpoints.",
      }),
    })
    .meta({ description: "Subnets of the company's own." }),
]);

const dns = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("create") }),
    z.strictObject({
      kind: z.literal("existing"),
      zoneIds: z.array(text).min(1, "the zones of the hub").meta({
        description: "Resource ids, one for each private endpoint.",
      }),
    }),
  ])
  .meta({ description: "Private DNS zones of store and vault: made here, or those of a hub." });

const store = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("create"),
      sku: z
        .string()
        .regex(/^[A-Za-z]+_[A-Z]\d+$/, "a tier and size such as Balanced_B3")
        .optional()
        .meta({ description: "Default: Balanced_B3." }),
    })
    .meta({
      description:
        "Azure Managed Redis: two nodes, TLS, sign-in by Entra, on disk within a second of an answer.",
    }),
  z
    .strictObject({
      kind: z.literal("existing"),
      url: z
        .string()
        .regex(
          /^rediss:\/\/[a-z0-9.-]+(:\d{1,5})?$/,
          "rediss://host:port, without user and password",
        ),
      cidrs: z.array(cidr).min(1, "the ranges the store answers from"),
      passwordSecretId: secretId("a vault's secret").meta({
        description: "Secret that holds the password and nothing else.",
      }),
      userName: text.optional().meta({ description: "Default: the store's default user." }),
    })
    .meta({
      description: "A Redis or Valkey of the company's own that keeps what it acknowledges.",
    }),
]);

export const tokenServiceAzure = z
  .strictObject({
    certificateId: secretId("the secret behind a vault's certificate").meta({
      description: "Certificate of the host, with its private key.",
    }),
    registryId: idOf(
      String.raw`Microsoft\.ContainerRegistry\/registries\/[a-z0-9]{5,50}`,
      "a container registry, its name in lower case",
    ).meta({ description: "Registry the image is in." }),
    network,
    dns: dns.prefault({ kind: "create" }),
    store: store.prefault({ kind: "create" }),
    callerApplicationObjectId: z.guid("an application's object id").optional().meta({
      description:
        "Object id, not client id, of the Foundry caller application; it then trusts the service's identity.",
    }),
    keyProtection: z.enum(["software", "hsm"]).default("hsm").meta({
      description: "Whether keys are kept in an HSM, which takes a vault of tier premium.",
    }),
    zoneRedundant: z.boolean().default(true).meta({
      description: "Whether replicas are spread over zones; a region without zones takes false.",
    }),
    certificateHeaderTested: z
      .strictObject({ testedBy: text, testedOn: z.iso.date("a date such as 2026-11-20") })
      .optional()
      .meta({
        description:
          "With device certificates: who saw that ingress lets no certificate header of a caller's own through, and when.",
      }),
    maxReplicas: z.int().min(2).max(200).optional().meta({
      description: "Most replicas under load. Default: twice the replicas.",
    }),
  })
  .meta({ description: "Where the route is one of Foundry." });

export type TokenServiceAzureSettings = z.infer<typeof tokenServiceAzure>;
