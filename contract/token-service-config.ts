import { z } from "zod";

import { environmentReference } from "./environment-reference.ts";
import { routeName } from "./formats.ts";
import { serviceOrigin } from "./helper-config.ts";
import { trustPolicy } from "./trust-policy.ts";

/**
 * What one token service is told: one geography, its routes, and nothing of any other geography. Written by
 * the stack that runs it, or by hand. Identifiers only: credentials come from the identity it runs as.
 */

const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region id");
const roleArn = z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, "the ARN of a role");

/** `id` as a request names it; `modelId` the base model behind it, where a session policy names that too. */
const models = z
  .array(z.strictObject({ id: z.string().min(1), modelId: z.string().min(1).optional() }))
  .min(1);

const bedrockExchange = z.discriminatedUnion("kind", [
  /** The service's own identity assumes the role with session tags; AWS caps a chained session at 3600 s. */
  z.strictObject({
    kind: z.literal("assume-role"),
    roleArn,
    /** Besides `cowork:geography`, `cowork:route`, `cowork:user` and `cowork:device`, which are always set. */
    sessionTags: z.record(z.string(), z.string()).default({}),
  }),
  /** The person's token goes on to STS: the service needs no right at AWS. Up to the role's own maximum. */
  z.strictObject({ kind: z.literal("web-identity"), roleArn }),
]);

const servedRoute = z.discriminatedUnion("provider", [
  z.strictObject({
    name: routeName,
    provider: z.enum(["bedrock", "mantle"]),
    partition: z.enum(["aws", "aws-us-gov"]),
    region,
    exchange: bedrockExchange,
    /** In place of the region's public STS host, for example a VPC endpoint. */
    stsUrl: serviceOrigin.optional(),
    models,
  }),
  z.strictObject({
    name: routeName,
    provider: z.literal("vertex"),
    projectId: z.string().min(1),
    exchange: z.discriminatedUnion("kind", [
      /** The service's identity impersonates the route's caller account. */
      z.strictObject({ kind: z.literal("impersonate"), serviceAccount: z.email() }),
      /** The person's ID token is exchanged at a workforce pool: calls are the person's own in audit logs. */
      z.strictObject({
        kind: z.literal("workforce"),
        audience: z.string().startsWith("//iam.googleapis.com/locations/global/workforcePools/"),
        userProject: z.string().min(1),
      }),
    ]),
    models,
  }),
  z.strictObject({
    name: routeName,
    provider: z.literal("foundry"),
    tenantId: z.guid(),
    exchange: z.discriminatedUnion("kind", [
      /** An application with a federated credential for the service's managed identity. */
      z.strictObject({ kind: z.literal("federated"), clientId: z.guid() }),
      /** The person's Entra token goes on, on behalf of the person. */
      z.strictObject({ kind: z.literal("on-behalf-of"), clientId: z.guid() }),
    ]),
    scope: z
      .enum(["https://cognitiveservices.azure.com/.default", "https://ai.azure.com/.default"])
      .default("https://cognitiveservices.azure.com/.default"),
    models,
  }),
  z.strictObject({
    name: routeName,
    provider: z.literal("gateway"),
    /** `aud` of the token the service signs; what the gateway has to require. */
    audience: z.string().min(1),
    exchange: z.strictObject({ kind: z.literal("jwt") }),
    models,
  }),
]);

/** Whoever is in it can say which certificate was shown: a load balancer's own addresses, not half the world. */
const proxyNetwork = z
  .union([z.cidrv4(), z.cidrv6()])
  .refine((cidr) => Number(cidr.split("/")[1]) >= 8, {
    message: "trusts far more than a proxy: name the networks of the load balancer",
  });

const kmsKey = z.strictObject({
  kind: z.literal("aws-kms"),
  keyArn: z.string().regex(/^arn:aws[a-z-]*:kms:/),
  region,
});

const otherKeys = [
  /** PEM, PKCS#8; for development. */
  z.strictObject({ kind: z.literal("file"), path: z.string().min(1) }),
  z.strictObject({
    kind: z.literal("google-kms"),
    /** With its version, which never changes. */
    keyVersion: z
      .string()
      .regex(
        /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+\/cryptoKeyVersions\/\d+$/,
      ),
  }),
  z.strictObject({
    kind: z.literal("azure-key-vault"),
    /** Key identifier with its version. */
    keyId: z.url().regex(/^https:\/\/[a-z0-9-]+\.vault\.azure\.net\/keys\/[^/]+\/[0-9a-f]{32}$/),
  }),
] as const;

const signingKey = z.discriminatedUnion("kind", [kmsKey, ...otherKeys]);

/** One replica only: nothing is shared. */
const memoryStore = z.strictObject({ kind: z.literal("memory") });

const redisStore = z.strictObject({
  kind: z.literal("redis"),
  /** `rediss://` except on the machine itself; a password comes from the environment. */
  url: z.string().regex(/^(rediss:\/\/|redis:\/\/(127\.0\.0\.1|localhost)(:|\/|$))[^\s@]*$/),
  /**
   * `append-only`: the service checks that the store writes to disk before it acknowledges.
   * `managed`: the operator vouches that the store keeps what it acknowledged.
   */
  durability: z.enum(["append-only", "managed"]).default("append-only"),
  /**
   * `existing`: a store without this service's data lost it, even when every replica starts at that moment.
   * Set it after the first start. Absent: such a store is a new one.
   */
  expect: z.literal("existing").optional(),
  /** What happens while the store does not answer. */
  onFailure: z.enum(["refuse", "allow-unchecked"]).default("refuse"),
});

export const tokenServiceConfig = z.strictObject({
  configVersion: z.literal(1),
  geography: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  /** Origin laptops use; `iss` of what the service signs, and what a DPoP proof has to name. */
  publicUrl: serviceOrigin,
  listen: z
    .strictObject({
      host: z.string().default("0.0.0.0"),
      port: z.int().min(0).max(65_535).default(8443),
      /** Absent: plain HTTP behind the platform's own TLS. */
      tls: z
        .strictObject({ certificateFile: z.string().min(1), privateKeyFile: z.string().min(1) })
        .optional(),
    })
    .prefault({}),
  /** Where a client certificate is found; absent: certificates are not accepted. */
  clientCertificate: z
    .discriminatedUnion("from", [
      /** The connection's own; needs `listen.tls`. */
      z.strictObject({ from: z.literal("tls") }),
      /** A load balancer that checked possession of the key passes it on; nobody else may. */
      z.strictObject({
        from: z.literal("header"),
        header: z.enum([
          "x-amzn-mtls-clientcert-leaf",
          "x-client-cert-leaf",
          "x-forwarded-client-cert",
        ]),
        trustedProxyCidrs: z.array(proxyNetwork).min(1),
      }),
    ])
    .optional(),
  routes: z.array(servedRoute).min(1),
  /** Needed by gateway routes. The first signs; all of them are published, so that keys can overlap. */
  signingKeys: z.array(signingKey).max(4).default([]),
  store: z.discriminatedUnion("kind", [memoryStore, redisStore]).default({ kind: "memory" }),
  /** The policies, or the file they are read from again whenever it changes. */
  trustPolicy: z.union([trustPolicy, z.strictObject({ file: z.string().min(1) })]),
  audit: z
    .strictObject({
      /** OTLP over HTTP, besides standard output. */
      otlpEndpoint: serviceOrigin.optional(),
    })
    .prefault({}),
  limits: z
    .strictObject({
      /** Per person or device and minute. */
      requestsPerMinute: z.int().min(1).max(6000).default(60),
      requestTimeoutSeconds: z.int().min(1).max(60).default(15),
      /** After a stop signal, for requests under way. */
      shutdownGraceSeconds: z.int().min(1).max(120).default(20),
    })
    .prefault({}),
});

/** The same as it is written: the store's address and a key's ARN may be named by the environment. */
export const writtenServiceConfig = tokenServiceConfig.extend({
  signingKeys: z
    .array(
      z.discriminatedUnion("kind", [
        kmsKey.extend({ keyArn: z.union([kmsKey.shape.keyArn, environmentReference]) }),
        ...otherKeys,
      ]),
    )
    .max(4)
    .default([]),
  store: z
    .discriminatedUnion("kind", [
      memoryStore,
      redisStore.extend({ url: z.union([redisStore.shape.url, environmentReference]) }),
    ])
    .default({ kind: "memory" }),
});

/** What a service runs with. */
export type TokenServiceConfig = z.infer<typeof tokenServiceConfig>;
export type WrittenServiceConfig = z.infer<typeof writtenServiceConfig>;
export type ServedRoute = TokenServiceConfig["routes"][number];
export type SigningKey = z.infer<typeof signingKey>;
