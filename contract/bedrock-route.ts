import { z } from "zod";

import { httpsOrigin, httpsUrl, routeName } from "./formats.ts";
import { helperScript } from "./helper-script.ts";

export const regionId = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region id");
export const accountId = z.string().regex(/^\d{12}$/, "a 12-digit AWS account id");
export const arn = z.string().regex(/^arn:aws[a-z-]*:/, "an ARN");

/** How Claude Desktop obtains its credential on the laptop. */
export const bedrockDesktop = z.discriminatedUnion("kind", [
  /** In-app AWS sign-in through IAM Identity Center. */
  z.strictObject({
    kind: z.literal("interactive"),
    ssoStartUrl: httpsUrl,
    ssoRegion: regionId,
    ssoAccountId: accountId,
    /** Permission-set name. */
    ssoRoleName: z.string().min(1).max(32),
  }),
  /** A named profile in the laptop's AWS configuration, for example one with `credential_process`. */
  z.strictObject({ kind: z.literal("vendor-profile"), awsProfile: z.string().min(1) }),
  helperScript,
]);

export const oidcSignIn = z.strictObject({
  kind: z.literal("oidc"),
  roleArn: arn,
  providerArn: arn,
  issuer: httpsUrl,
  audience: z.string().min(1),
  maxSessionSeconds: z.int().min(3600).max(43_200),
});

export const principalSignIn = z.strictObject({
  kind: z.literal("principal"),
  roleArn: arn,
  maxSessionSeconds: z.int().min(3600).max(43_200),
});

/** What the sign-in needs on the cloud side. Identifiers only. */
export const bedrockSignIn = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("identity-center"),
    permissionSetArn: arn,
    permissionSetName: z.string().min(1).max(32),
  }),
  oidcSignIn,
  z.strictObject({
    kind: z.literal("roles-anywhere"),
    roleArn: arn,
    trustAnchorArn: arn,
    profileArn: arn,
    /** What the signing helper's `--endpoint` names; absent when the service's public name is right. */
    endpointUrl: httpsOrigin.optional(),
    maxSessionSeconds: z.int().min(900).max(43_200),
  }),
  principalSignIn,
]);

export const bedrockRoute = z.strictObject({
  name: routeName,
  provider: z.literal("bedrock"),
  partition: z.enum(["aws", "aws-us-gov"]),
  accountId,
  region: regionId,
  /** Set when laptops reach the endpoint by its own DNS name; absent when the public name is used. */
  baseUrl: httpsOrigin.optional(),
  /** How laptops reach the endpoint. */
  reach: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("vpce-name") }),
    z.strictObject({
      kind: z.literal("resolver"),
      /** Addresses the corporate DNS forwards the endpoint names to. */
      addresses: z.array(z.ipv4()).min(2),
    }),
    z.strictObject({ kind: z.literal("routed") }),
  ]),
  /** First entry is the laptop's default model. */
  models: z
    .array(
      z.strictObject({
        /** Profile id or application-inference-profile ARN, exactly as a request names it. */
        id: z.string().min(1),
        /** Base model id behind it. */
        modelId: z.string().min(1),
        /** Profile an application profile was copied from: what decides where it is processed. */
        sourceProfileId: z.string().min(1).optional(),
        label: z.string().min(1),
        /** Regions that may process a request. */
        destinations: z.array(regionId).min(1),
      }),
    )
    .min(1),
  /** Application profiles that exist, granted or not: what compliance records ARN and source from. */
  applicationProfiles: z
    .array(z.strictObject({ team: z.string().min(1), arn, sourceProfileId: z.string().min(1) }))
    .optional(),
  signIn: bedrockSignIn,
  desktop: bedrockDesktop,
  logs: z.strictObject({
    logGroupName: z.string().min(1),
    bucketName: z.string().min(3),
    trailArn: arn,
    kmsKeyArn: arn,
    /** Whether prompts and answers are written to the invocation log, not only who called what. */
    content: z.boolean(),
    retentionDays: z.int().min(1),
  }),
});

export type BedrockRouteOutputs = z.infer<typeof bedrockRoute>;
export type BedrockDesktop = z.infer<typeof bedrockDesktop>;
