import { z } from "zod";

import { cidr, text } from "./formats.ts";

/** What a token service that runs at Google is told in a stack file. Shapes only; the component judges the rest. */

const proxies = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("create"),
    cidr: cidr.meta({ description: "Range of the load balancers' proxies, /26 or wider." }),
  }),
  z.strictObject({ kind: z.literal("existing") }).meta({
    description: "The network has an active proxy-only subnetwork in the region; it takes one.",
  }),
]);

const network = z
  .strictObject({
    network: z
      .string()
      .regex(/^projects\/[^/]+\/global\/networks\/[^/]+$/, "projects/p/global/networks/n")
      .optional()
      .meta({
        description:
          "Network of the route's project. Default: the route's own; needed where the route is reached publicly.",
      }),
    subnetCidr: cidr.meta({
      description: "Range of instances, load balancer and store, /26 or wider.",
    }),
    proxies,
    googleApisExist: z.boolean().default(false).meta({
      description: "Whether the network leads to restricted.googleapis.com already.",
    }),
  })
  .meta({ description: "Subnetworks of the service's own in the route's network." });

const store = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("create"),
      nodeType: z
        .string()
        .regex(/^[A-Z]+_[A-Z]+$/, "a node type such as STANDARD_SMALL")
        .optional()
        .meta({ description: "Default: STANDARD_SMALL." }),
      connectionPolicyExists: z.boolean().default(false).meta({
        description:
          "Whether the network lets Memorystore in already; it takes one policy a region.",
      }),
    })
    .meta({ description: "Memorystore for Valkey: two nodes, TLS, sign-in by IAM." }),
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
      passwordSecret: z
        .string()
        .regex(
          /^projects\/[a-z0-9-]+\/secrets\/[\w-]{1,255}$/,
          "projects/p/secrets/s, without a version",
        )
        .meta({ description: "Secret that holds the password and nothing else." }),
      userName: text.optional().meta({ description: "Default: the store's default user." }),
    })
    .meta({
      description: "A Redis or Valkey of the company's own that keeps what it acknowledges.",
    }),
]);

export const tokenServiceGoogle = z
  .strictObject({
    certificate: z
      .string()
      .regex(
        /^projects\/[^/]+\/(locations\/[^/]+\/certificates|regions\/[^/]+\/sslCertificates)\/[^/]+$/,
        "projects/p/locations/europe-west3/certificates/c, or .../regions/europe-west3/sslCertificates/c",
      )
      .meta({ description: "Certificate of the host, in the route's project and data region." }),
    network,
    store: store.prefault({ kind: "create" }),
    maxReplicas: z.int().min(2).max(100).optional().meta({
      description: "Most instances under load. Default: twice the replicas.",
    }),
    binaryAuthorization: z
      .union([
        z.literal("project-default"),
        z
          .string()
          .regex(/^projects\/[^/]+\/platforms\/cloudRun\/policies\/[^/]+$/, "a policy's full name"),
      ])
      .optional()
      .meta({
        description:
          "Policy of Binary Authorization the image has to pass: project-default, or projects/p/platforms/cloudRun/policies/n.",
      }),
    deletionProtection: z.boolean().default(true).meta({
      description: "Whether service and store resist destroy.",
    }),
  })
  .meta({ description: "Where the route is one of Vertex AI." });

export type TokenServiceGoogleSettings = z.infer<typeof tokenServiceGoogle>;
