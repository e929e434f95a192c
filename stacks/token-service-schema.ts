import { z } from "zod";

import { trustPolicy } from "../contract/trust-policy.ts";
import { cidr, clientCidrs, routeName, text } from "./formats.ts";
import { tokenServiceAws } from "./token-service-aws-schema.ts";
import { tokenServiceAzure } from "./token-service-azure-schema.ts";
import { tokenServiceGoogle } from "./token-service-google-schema.ts";

/** The `tokenService` block of a stack file. Shapes only; what spans several values is judged elsewhere. */

const host = z
  .string()
  .regex(
    /^(?=.{4,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/,
    "a name",
  );

const create = z.strictObject({
  kind: z.literal("create"),
  runsOn: routeName.meta({ description: "Route whose account, region and network it shares." }),
  host: host.meta({ description: "Name laptops use; corporate DNS points it to the output." }),
  image: z
    .string()
    .regex(/^[a-z0-9.:/_-]+@sha256:[0-9a-f]{64}$/, "pin it by digest, name@sha256:...")
    .meta({
      description: "Built from the kit's bundle and Dockerfile, in a registry of your own.",
    }),
  replicas: z.int().min(2).max(50).default(2),
  clientCidrs,
  egressCidrs: z.array(cidr).default([]).meta({
    description: "Ranges the issuers, or the proxy towards them, answer from.",
  }),
  aws: tokenServiceAws.optional(),
  google: tokenServiceGoogle.optional(),
  azure: tokenServiceAzure.optional(),
  foundry: z
    .strictObject({
      kind: z.enum(["federated", "on-behalf-of"]),
      clientId: z.guid("an application's client id"),
    })
    .optional()
    .meta({ description: "Entra application the service uses for Foundry routes." }),
  expectStore: z.enum(["existing"]).optional().meta({
    description:
      "Set after the first deployment: a store that comes back empty is then refused even when every replica was down too.",
  }),
  requestsPerMinute: z.int().min(1).max(6000).default(60).meta({
    description: "Per person or device.",
  }),
  otlpEndpoint: z
    .url({ protocol: /^https$/ })
    .optional()
    .meta({
      description: "Collector of audit events inside the geography, besides the service's own log.",
    }),
  retentionDays: z.int().min(1).default(365).meta({ description: "Of its logs." }),
  trustPolicy,
});

const existing = z
  .strictObject({
    kind: z.literal("existing"),
    url: text.meta({ description: "Origin of a service somebody else runs for this geography." }),
    deviceUrl: text.optional().meta({
      description: "Origin devices with a certificate ask, where that is another one.",
    }),
    routes: z.array(routeName).min(1),
    longestSessionSeconds: z.int().min(900).max(43_200),
  })
  .meta({ description: "Run by another stack or by hand; the kit creates nothing for it." });

export const tokenServiceSchema = z.discriminatedUnion("kind", [create, existing]);

export type TokenServiceSettings = z.infer<typeof tokenServiceSchema>;
export type CreatedTokenServiceSettings = z.infer<typeof create>;
