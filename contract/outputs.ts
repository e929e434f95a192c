import { z } from "zod";

/**
 * What a stack exports: the only seam between the cloud side and the laptop side.
 * No field ever holds a secret; unknown fields are refused so that none slips in.
 */

const httpsOrigin = z
  .string()
  .regex(/^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?$/, "an https origin without path or credentials");
const regionId = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region id");
const accountId = z.string().regex(/^\d{12}$/, "a 12-digit AWS account id");
const arn = z.string().regex(/^arn:aws[a-z-]*:/, "an ARN");

/** How Claude Desktop obtains its credential on the laptop. */
export const desktopCredential = z.discriminatedUnion("kind", [
  /** In-app AWS sign-in through IAM Identity Center. */
  z.strictObject({
    kind: z.literal("interactive"),
    ssoStartUrl: httpsUrl(),
    ssoRegion: regionId,
    ssoAccountId: accountId,
    /** Permission-set name. */
    ssoRoleName: z.string().min(1).max(32),
  }),
  /** A named profile in the laptop's AWS configuration, for example one with `credential_process`. */
  z.strictObject({ kind: z.literal("vendor-profile"), awsProfile: z.string().min(1) }),
  /** An executable whose standard output is the credential. */
  z.strictObject({
    kind: z.literal("helper-script"),
    /** Absolute path on macOS and Linux. */
    path: z.string().regex(/^\/[^~]*$/, "an absolute path without ~"),
    /** Absolute path on Windows. */
    windowsPath: z.string().regex(/^[A-Za-z]:[\\/][^~]*$/, "an absolute Windows path"),
    /** Seconds a printed credential is cached; keep it below the credential's life. */
    ttlSeconds: z.int().min(121).max(43_200),
  }),
]);

/** What the sign-in needs on the cloud side. Identifiers only. */
export const signIn = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("identity-center"),
    permissionSetArn: arn,
    permissionSetName: z.string().min(1).max(32),
  }),
  z.strictObject({
    kind: z.literal("oidc"),
    roleArn: arn,
    providerArn: arn,
    issuer: httpsUrl(),
    audience: z.string().min(1),
    maxSessionSeconds: z.int().min(3600).max(43_200),
  }),
  z.strictObject({
    kind: z.literal("roles-anywhere"),
    roleArn: arn,
    trustAnchorArn: arn,
    profileArn: arn,
    maxSessionSeconds: z.int().min(900).max(43_200),
  }),
  z.strictObject({
    kind: z.literal("principal"),
    roleArn: arn,
    maxSessionSeconds: z.int().min(3600).max(43_200),
  }),
]);

export const bedrockRoute = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/),
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
  signIn,
  desktop: desktopCredential,
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

export const stackOutputs = z.strictObject({
  contractVersion: z.literal(1),
  organization: z.strictObject({ name: z.string().min(1), uuid: z.uuid() }),
  /** Becomes part of file names and profile identifiers. */
  geography: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "lower-case letters, digits and dashes"),
  zone: z.strictObject({
    id: z.string().min(1),
    label: z.string().min(1),
    countries: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1),
  }),
  /** Newest evidence date of the catalogue the verdicts were taken from. */
  catalogueDate: z.iso.date(),
  /** Names are unique: each is a folder and a profile of its own. */
  routes: z
    .array(z.discriminatedUnion("provider", [bedrockRoute]))
    .min(1)
    .superRefine((routes, context) => {
      routes.forEach(({ name }, index) => {
        if (routes.findIndex((other) => other.name === name) === index) return;
        context.addIssue({
          code: "custom",
          path: [index, "name"],
          message: `a second route is called "${name}"`,
        });
      });
    }),
  profiles: z.strictObject({
    /** Only `standard` until the other two security profiles exist. */
    security: z.enum(["standard"]),
    telemetry: z.strictObject({ otlpEndpoint: httpsUrl() }).optional(),
  }),
});

export type StackOutputs = z.infer<typeof stackOutputs>;
export type BedrockRouteOutputs = z.infer<typeof bedrockRoute>;
export type DesktopCredential = z.infer<typeof desktopCredential>;
export type SignIn = z.infer<typeof signIn>;

/** An https URL without embedded credentials. */
function httpsUrl() {
  return z
    .string()
    .regex(/^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[^\s]*)?$/, "an https URL without credentials");
}
