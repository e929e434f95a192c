import { z } from "zod";

import { httpsOrigin, httpsUrl, posixPath, routeName, windowsPath } from "./formats.ts";
import { helperScript } from "./helper-script.ts";

const projectId = z.string().regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, "a Google project id");
const keyName = z
  .string()
  .regex(/^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/, "a key's name");
const audience = z
  .string()
  .regex(
    /^\/\/iam\.googleapis\.com\/locations\/global\/workforcePools\/[a-z0-9-]+\/providers\/[a-z0-9-]+$/,
    "the audience of a workforce pool provider",
  );

/** How Claude Desktop obtains its credential on the laptop. */
export const vertexDesktop = z.discriminatedUnion("kind", [
  /** In-app sign-in at the company's issuer, exchanged at Google's STS. */
  z.strictObject({
    kind: z.literal("workforce"),
    audience,
    issuer: httpsUrl,
    clientId: z.string().min(1),
    authFlow: z.enum(["browser", "broker"]),
    redirectPort: z.int().min(1024).max(65_535).optional(),
    scopes: z.string().min(1).optional(),
  }),
  /** In-app sign-in with a Google account. */
  z.strictObject({
    kind: z.literal("interactive"),
    oauthClientId: z.string().min(1),
    /**
     * The one value the contract calls a secret: that of an installed application, which Google treats as
     * not confidential (https://developers.google.com/identity/protocols/oauth2, read 2026-11-20).
     */
    oauthClientSecret: z.string().regex(/^GOCSPX-[A-Za-z0-9_-]+$/, "starts with GOCSPX-"),
    loginHint: z.string().min(1).optional(),
  }),
  /** A credential file on the laptop, or its Application Default Credentials. */
  z.strictObject({
    kind: z.literal("vendor-profile"),
    credentialsFile: z.strictObject({ path: posixPath, windowsPath }).optional(),
  }),
  helperScript,
]);

/** What the sign-in needs on the cloud side. Identifiers only. */
export const vertexSignIn = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("workforce"),
    audience,
    /** Everybody the route is open to, as IAM names them. */
    principalSet: z.string().startsWith("principalSet://iam.googleapis.com/"),
    issuer: httpsUrl,
    clientId: z.string().min(1),
    sessionSeconds: z.int().min(900).max(43_200),
  }),
  z.strictObject({ kind: z.literal("google-group"), group: z.email() }),
  z.strictObject({ kind: z.literal("principal"), member: z.string().min(1) }),
]);

export const vertexRoute = z.strictObject({
  name: routeName,
  provider: z.literal("vertex"),
  projectId,
  /** `eu`, `us` or a region. */
  location: z.string().min(1),
  /** The host that serves the location. */
  host: z.string().endsWith(".googleapis.com"),
  /** Set when profiles name the host themselves. */
  baseUrl: httpsOrigin.optional(),
  /** How laptops reach the host. */
  reach: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("public") }),
    z.strictObject({
      kind: z.literal("private"),
      /** Address corporate DNS answers with for the host. */
      address: z.ipv4(),
    }),
  ]),
  /** First entry is the laptop's default model. */
  models: z
    .array(
      z.strictObject({
        /** Publisher model id, exactly as a request names it. */
        id: z.string().min(1),
        label: z.string().min(1),
        /** Jurisdiction that is promised: an ISO code, or `EU`. */
        processedIn: z.string().regex(/^[A-Z]{2}$/),
      }),
    )
    .min(1),
  signIn: vertexSignIn,
  desktop: vertexDesktop,
  logs: z.strictObject({
    /** `projects/P/locations/L/buckets/B` */
    bucketName: z.string().regex(/^projects\/[^/]+\/locations\/[^/]+\/buckets\/[^/]+$/),
    kmsKey: keyName,
    retentionDays: z.int().min(1),
    locked: z.boolean(),
    /** Dataset for prompts and answers, when one was asked for. */
    dataset: z
      .string()
      .regex(/^projects\/[^/]+\/datasets\/[^/]+$/)
      .optional(),
  }),
  /** What the customer-managed key protects, and what it does not: never Claude's inference. */
  customerManagedKey: z.strictObject({
    covers: z.array(z.string().min(1)).min(1),
    doesNotCover: z.array(z.string().min(1)).min(1),
  }),
  /** Whether VPC Service Controls only report or also refuse; absent without a perimeter. */
  perimeter: z.enum(["dry-run", "enforced"]).optional(),
  /** Steps no provider can take, each a sentence; the runbook explains them. */
  remainingSteps: z.array(z.string().min(1)),
});

export type VertexRouteOutputs = z.infer<typeof vertexRoute>;
export type VertexDesktop = z.infer<typeof vertexDesktop>;
export type VertexSignIn = z.infer<typeof vertexSignIn>;
