import { z } from "zod";

import { text } from "./formats.ts";

/** The kit's own credential helper, as a route's `desktop` asks for it. Shapes only. */

const file = (description: string) =>
  z
    .strictObject({
      path: z.string().regex(/^\/[^~]*$/, "an absolute path without ~"),
      windowsPath: z.string().regex(/^[A-Za-z]:[\\/][^~]*$/, "an absolute Windows path"),
    })
    .meta({ description });

const signIn = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("oidc"),
      issuer: text.optional().meta({ description: "Default: the issuer of the route's access." }),
      clientId: text.optional().meta({
        description: "A public client. Default: the audience or client of the route's access.",
      }),
      scopes: text.optional().meta({
        description: "Separated by spaces. Default: openid offline_access, and what Azure needs.",
      }),
      resource: text.optional().meta({
        description: "Resource the access token is asked for (RFC 8707), where DPoP needs JWTs.",
      }),
      redirectPort: z.int().min(1024).max(65_535).optional().meta({
        description: "Fixed port of the redirect at 127.0.0.1, where the issuer demands one.",
      }),
      redirectPath: z
        .string()
        .regex(/^\/[A-Za-z0-9/_-]*$/, "a path such as /callback")
        .optional(),
      deviceCode: z.enum(["fallback", "never", "always"]).optional(),
      keepRefreshToken: z.boolean().optional().meta({
        description: "Default: true. Without it people sign in again for every credential.",
      }),
    }),
    z
      .strictObject({
        kind: z.literal("device-certificate"),
        certificate: file("PEM of the device certificate, leaf first."),
        privateKey: file("PEM of its key, readable by the user alone."),
      })
      .meta({ description: "For fleets with certificates of their own; needs a token service." }),
  ])
  .prefault({ kind: "oidc" });

export const credentialHelper = z
  .strictObject({
    kind: z.literal("credential-helper"),
    exchange: z.enum(["direct", "token-service"]).default("direct").meta({
      description: "Where the sign-in becomes a credential: on the laptop, or at the service.",
    }),
    signIn,
    ttlSeconds: z.int().min(121).max(43_200).default(900).meta({
      description: "How long Claude Desktop keeps what the helper printed.",
    }),
    sessionSeconds: z.int().min(900).max(43_200).default(3600).meta({
      description: "Life of a credential that AWS gives directly.",
    }),
    certificateAuthorities: file("PEM bundle trusted besides the system's.").optional(),
  })
  .meta({ description: "The kit's credential helper, installed where its build puts it." });

export type CredentialHelperConfig = z.infer<typeof credentialHelper>;
