import { z } from "zod";

import { cidr, text } from "./formats.ts";

/** What a token service that runs at AWS is told in a stack file. Shapes only; the component judges the rest. */

const vpcId = z.string().regex(/^vpc-[0-9a-f]{8,17}$/, "a VPC id such as vpc-0a1b2c3d");
const subnetId = z.string().regex(/^subnet-[0-9a-f]{8,17}$/, "a subnet id such as subnet-0a1b2c3d");

const created = z
  .strictObject({
    kind: z.literal("create"),
    cidr: cidr.meta({ description: "Range of a VPC of the service's own, /16 to /26." }),
    zoneCount: z.int().min(2).max(6).optional().meta({
      description: "Availability zones, 2 (default) to 6.",
    }),
    availabilityZones: z.array(text).min(2).optional().meta({
      description: "Their names. Default: the region's first ones.",
    }),
  })
  .meta({ description: "A VPC without a way out, and every endpoint the service needs." });

const existing = z
  .strictObject({
    kind: z.literal("existing"),
    vpcId,
    subnetIds: z.array(subnetId).min(2, "two private subnets in different zones at least"),
    subnetCidrs: z.array(cidr).min(2, "the range of each subnet").meta({
      description: "Range of each subnet, in their order.",
    }),
    routeTableId: z
      .string()
      .regex(/^rtb-[0-9a-f]{8,17}$/, "a route table id such as rtb-0a1b2c3d")
      .optional()
      .meta({ description: "Of the subnets; where the S3 endpoint is entered." }),
    endpointsExist: z
      .array(z.enum(["ecr.api", "ecr.dkr", "s3", "logs", "sts", "kms", "secretsmanager", "ssm"]))
      .default([])
      .meta({
        description:
          "Services that have an endpoint with private DNS there. Their policies have to let the service in.",
      }),
    s3PrefixListId: z
      .string()
      .regex(/^pl-[0-9a-f]{8,17}$/, "a prefix list id such as pl-6ea54007")
      .optional()
      .meta({ description: "Of S3 in the region, where endpointsExist names s3." }),
  })
  .meta({ description: "A network of the company's own." });

const store = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("create"),
      nodeType: z
        .string()
        .regex(/^db\.[a-z0-9]+\.[a-z0-9]+$/, "a node type such as db.t4g.small")
        .optional()
        .meta({ description: "Default: db.t4g.small." }),
    })
    .meta({ description: "MemoryDB for Valkey: two nodes, TLS, sign-in by IAM." }),
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
      passwordSecretArn: z
        .string()
        .regex(
          /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+$/,
          "the ARN of a secret",
        )
        .meta({ description: "Secret that holds the password and nothing else." }),
      passwordKeyArn: z
        .string()
        .regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, "the ARN of a key")
        .optional()
        .meta({ description: "Customer-managed key the secret is under." }),
      userName: text.optional().meta({ description: "Default: the store's default user." }),
    })
    .meta({
      description: "A Redis or Valkey of the company's own that keeps what it acknowledges.",
    }),
]);

export const tokenServiceAws = z
  .strictObject({
    certificateArn: z
      .string()
      .regex(/^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]+$/, "an ACM certificate")
      .meta({ description: "Certificate of the host, in the route's account and region." }),
    network: z.discriminatedUnion("kind", [created, existing]),
    store: store.prefault({ kind: "create" }),
    deletionProtection: z.boolean().default(true).meta({
      description: "Whether the load balancer resists destroy.",
    }),
  })
  .meta({ description: "Where the route is one of Bedrock or mantle." });

export type TokenServiceAwsSettings = z.infer<typeof tokenServiceAws>;
