import { z } from "zod";

import { credentialHelper } from "./credential-helper-schema.ts";
import { cidr, clientCidrs, helperScript, routeName, text } from "./formats.ts";

/** One `bedrock` route of a stack file. Shapes only; what spans several values is judged elsewhere. */

export const accountId = z.string().regex(/^\d{12}$/, "a 12-digit AWS account id, in quotes");
export const organizationId = z
  .string()
  .regex(/^o-[a-z0-9]{10,32}$/, "an organization id such as o-a1b2c3d4e5");
export const region = z
  .string()
  .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region id such as eu-central-1");
const sessionSeconds = z.int().optional().meta({ description: "Longest session, 3600 to 43200." });

const roleSettings = {
  path: text.optional().meta({ description: "IAM path of the role. Default: /cowork/" }),
  permissionsBoundaryArn: text
    .optional()
    .meta({ description: "Managed policy that bounds the role. Default: one written by the kit." }),
  maxSessionSeconds: sessionSeconds,
};

export const network = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("create"),
    cidr: cidr.meta({ description: "Range of the new VPC, /16 to /28." }),
    zoneCount: z.int().optional().meta({ description: "Availability zones, 2 (default) to 6." }),
    availabilityZones: z
      .array(text)
      .min(2)
      .optional()
      .meta({ description: "Their names. Default: the region's first ones." }),
    clientCidrs,
  }),
  z.strictObject({
    kind: z.literal("existing"),
    vpcId: z.string().regex(/^vpc-[0-9a-f]+$/, "a VPC id such as vpc-0a1b2c3d"),
    subnetIds: z
      .array(z.string().regex(/^subnet-[0-9a-f]+$/, "a subnet id such as subnet-0a1b2c3d"))
      .min(2, "two subnets in different zones at least"),
    resolverAddresses: z
      .array(z.ipv4("an IPv4 address"))
      .min(2)
      .optional()
      .meta({ description: "With reach resolver: one free address in each subnet." }),
    clientCidrs,
  }),
]);

const reach = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("vpce-name") }),
  z.strictObject({ kind: z.literal("resolver") }),
  z.strictObject({ kind: z.literal("routed") }),
]);

export const oidcAccess = z.strictObject({
  kind: z.literal("oidc"),
  issuer: text,
  audience: text,
  claims: z.record(z.string(), text).optional(),
  sessionTags: z.record(z.string(), text).optional(),
  existingProvider: z
    .boolean()
    .optional()
    .meta({ description: "Whether the account has this issuer's provider already." }),
  ...roleSettings,
});

export const principalAccess = z.strictObject({
  kind: z.literal("principal"),
  principalArn: text,
  requiredTags: z.record(z.string(), text).optional().meta({
    description: "Session tags a session has to carry, for example { cowork:geography: eu }.",
  }),
  ...roleSettings,
});

const access = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("identity-center"),
    instanceArn: text,
    ssoRegion: region,
    startUrl: text,
    groupId: text,
    administratorAccountId: accountId,
    permissionSetName: text.optional(),
    maxSessionSeconds: sessionSeconds,
    permissionsBoundaryName: text.optional(),
    permissionsBoundaryPath: text.optional(),
  }),
  oidcAccess,
  z.strictObject({
    kind: z.literal("roles-anywhere"),
    acmPcaArn: text.optional().meta({
      description: "AWS private certificate authority that issues device certificates.",
    }),
    certificateBundle: text.optional().meta({
      description: "In its place: PEM text of the company's own authority. Never a private key.",
    }),
    subject: z
      .record(z.string(), text)
      .meta({ description: "Exact subject fields of a device certificate: C, CN, L, O, OU, ST." }),
    ...roleSettings,
  }),
  principalAccess,
]);

const desktop = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("interactive") }),
  z.strictObject({ kind: z.literal("vendor-profile"), awsProfile: text }),
  helperScript,
  credentialHelper,
]);

export const objectLock = z.strictObject({
  mode: z.enum(["GOVERNANCE", "COMPLIANCE"]),
  days: z.int().min(1),
});

const logs = z.strictObject({
  retentionDays: z.int().default(365),
  content: z
    .boolean()
    .default(false)
    .meta({ description: "Whether prompts and answers are written to the log." }),
  objectLock: objectLock.optional(),
  alarmTopic: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("create") }),
      z.strictObject({ kind: z.literal("existing"), arn: text }),
    ])
    .optional(),
});

const guardrail = z.strictObject({
  filters: z
    .array(
      z.strictObject({
        type: z.enum(["HATE", "INSULTS", "SEXUAL", "VIOLENCE", "MISCONDUCT", "PROMPT_ATTACK"]),
        input: z.enum(["NONE", "LOW", "MEDIUM", "HIGH"]),
        output: z.enum(["NONE", "LOW", "MEDIUM", "HIGH"]),
      }),
    )
    .min(1, "list at least one filter"),
  blockedMessage: text,
  tier: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("classic") }),
      z.strictObject({
        kind: z.literal("standard"),
        guardrailProfile: z
          .string()
          .regex(/^[a-z0-9-]+\.guardrail\.v[0-9:]+$/, "a guardrail profile id: eu.guardrail.v1:0")
          .meta({ description: "Every region it may check in must lie in the zone." }),
      }),
    ])
    .optional()
    .meta({ description: "Default: classic, which checks in the route's own region only." }),
});

const modelAccess = z
  .strictObject({
    legal: z.strictObject({
      acceptedBy: text,
      acceptedOn: z.iso.date("a date such as 2026-11-20"),
    }),
    useCase: z
      .strictObject({
        companyName: text,
        companyWebsite: text,
        intendedUsers: text,
        industryOption: text,
        useCases: text,
      })
      .optional(),
  })
  .meta({ description: "Accepts model terms in the company's name; a legal act." });

export const serviceRoles = z
  .strictObject({ path: text.optional(), permissionsBoundaryArn: text.optional() })
  .optional()
  .meta({ description: "What the organization demands of the roles AWS services use." });

export const bedrockRouteSchema = z.strictObject({
  name: routeName,
  provider: z.literal("bedrock"),
  accountId,
  organizationId: organizationId.optional(),
  region,
  models: z
    .array(text)
    .min(1, "list at least one model")
    .meta({ description: "Inference profile ids; the first is the laptops' default." }),
  network,
  reach,
  access,
  desktop,
  logs: logs.prefault({}),
  fips: z.boolean().default(false),
  discovery: z
    .boolean()
    .default(false)
    .meta({ description: "Whether clients may look a granted profile up before calling it." }),
  onlyThroughEndpoint: z
    .boolean()
    .default(false)
    .meta({ description: "Whether calls that do not come through the endpoint are denied." }),
  applicationProfiles: z
    .strictObject({
      teams: z.array(text).min(1, "list at least one team"),
      grant: z.boolean().default(false).meta({
        description:
          "Whether laptops use them in place of the models. Only once compliance has recorded their ARNs.",
      }),
    })
    .optional()
    .meta({ description: "One application profile a team and model, for cost tags." }),
  guardrail: guardrail.optional(),
  modelAccess: modelAccess.optional(),
  serviceRoles,
});
