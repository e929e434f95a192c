import { z } from "zod";

import { posixPath, routeName, windowsPath } from "./formats.ts";

/**
 * The machine-wide file a laptop's credential helper reads: who signs in where, and what the sign-in is
 * exchanged for. Written by the profile set, read by the helper; it holds no secret.
 */

/** A file of the same content on either system. */
const filePath = z.strictObject({ path: posixPath, windowsPath });

/** https everywhere; plain http only where it never leaves the machine. */
export const issuerUrl = z
  .string()
  .regex(
    /^(https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?|http:\/\/127\.0\.0\.1:\d{1,5})(\/[^\s?#]*)?$/,
    "an https URL without credentials, query or fragment (http only on 127.0.0.1)",
  );

export const serviceOrigin = z
  .string()
  .regex(
    /^(https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?|https?:\/\/127\.0\.0\.1:\d{1,5})$/,
    "an https origin without path or credentials (http only on 127.0.0.1)",
  );

export const helperSignIn = z.discriminatedUnion("kind", [
  /** Single sign-on at the company's issuer: a public client, authorization code with PKCE. */
  z.strictObject({
    kind: z.literal("oidc"),
    issuer: issuerUrl,
    clientId: z.string().min(1),
    /** Space-separated; `openid` is required, `offline_access` lets the helper renew without a browser. */
    scopes: z
      .string()
      .regex(/(^| )openid( |$)/, "must contain openid")
      .default("openid offline_access"),
    /**
     * What the access token is for (RFC 8707): an absolute URI, for example the token service's audience. Issuers
     * that follow the standard give a JWT access token only for a named one. Default: not asked.
     */
    resource: z
      .string()
      .regex(/^[a-z][a-z0-9+.-]*:[^\s#]+$/, "an absolute URI without fragment (RFC 8707, 2)")
      .optional(),
    /** Port of the redirect at 127.0.0.1. Default: any free one. */
    redirectPort: z.int().min(1024).max(65_535).optional(),
    /** Path of the redirect. Default: `/callback`. */
    redirectPath: z
      .string()
      .regex(/^\/[A-Za-z0-9/_-]*$/)
      .default("/callback"),
    /** When a code typed on another device is used: where no browser opens, never, or always. */
    deviceCode: z.enum(["fallback", "never", "always"]).default("fallback"),
    /** Refresh tokens are kept in the secret store; `false` asks for a browser each time. */
    keepRefreshToken: z.boolean().default(true),
  }),
  /** A device certificate, presented to the token service; the key stays in its file. */
  z.strictObject({
    kind: z.literal("device-certificate"),
    /** PEM, leaf first. */
    certificate: filePath,
    /** PEM, PKCS#8 or SEC1; readable by the user alone. */
    privateKey: filePath,
  }),
]);

export const helperExchange = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("token-service"),
    url: serviceOrigin,
    /** Which token of the sign-in is presented. */
    present: z.enum(["id_token", "access_token"]).default("id_token"),
    /** Whether each request proves possession of a key (RFC 9449). */
    dpop: z.boolean().default(false),
  }),
  /** AWS: the sign-in's token assumes the role, whose session signs a short-term key for one region. */
  z.strictObject({
    kind: z.literal("bedrock"),
    partition: z.enum(["aws", "aws-us-gov"]),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
    roleArn: z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/),
    /** Life of the session and of the key. */
    sessionSeconds: z.int().min(900).max(43_200),
    /** In place of the region's public STS host, for example a VPC endpoint. */
    stsUrl: serviceOrigin.optional(),
  }),
  /** Google: the sign-in's ID token is exchanged at STS by a workforce pool provider. */
  z.strictObject({
    kind: z.literal("vertex-workforce"),
    audience: z.string().startsWith("//iam.googleapis.com/locations/global/workforcePools/"),
    userProject: z.string().min(1),
    /** In place of https://sts.googleapis.com. */
    stsUrl: serviceOrigin.optional(),
  }),
  /** Entra ID: the sign-in itself asks for a token of Azure's audience. */
  z.strictObject({ kind: z.literal("entra"), scope: z.string().min(1) }),
  /** A gateway that checks the company's own tokens. */
  z.strictObject({
    kind: z.literal("sign-in-token"),
    tokenType: z.enum(["id_token", "access_token"]),
  }),
]);

const shape = z.strictObject({
  helperConfigVersion: z.literal(1),
  organization: z.string().min(1),
  /** Both are sent to the token service and have to come back with its answer. */
  geography: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  route: routeName,
  provider: z.enum(["bedrock", "mantle", "vertex", "foundry", "gateway"]),
  /** `inferenceCredentialHelperTtlSec` of the profile: what is printed has to live at least that long. */
  ttlSeconds: z.int().min(121).max(43_200),
  signIn: helperSignIn,
  exchange: helperExchange,
  /** PEM bundle trusted besides the system's authorities, for a company's own issuer or service. */
  certificateAuthorities: filePath.optional(),
});

export const helperConfig = shape.superRefine(({ signIn, exchange }, context) => {
  if (signIn.kind !== "device-certificate" || exchange.kind === "token-service") return;
  const message = "a device certificate is presented to a token service and to nobody else";
  context.addIssue({ code: "custom", path: ["exchange", "kind"], message });
});

export type HelperConfig = z.infer<typeof helperConfig>;
export type HelperSignIn = z.infer<typeof helperSignIn>;
export type HelperExchange = z.infer<typeof helperExchange>;

/**
 * Seconds a credential has to live beyond the profile's TTL when the helper prints it: clocks differ, and a
 * request that starts with it takes its time.
 */
export const credentialMarginSeconds = 60;
