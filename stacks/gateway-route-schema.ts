import { z } from "zod";

import { credentialHelper } from "./credential-helper-schema.ts";
import { helperScript, routeName, text } from "./formats.ts";

/** One `gateway` route of a stack file. Shapes only; what spans several values is judged elsewhere. */

const upstreamName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/i, "letters, digits, dots and dashes, at most 63");
const models = z.array(text).min(1, "list every model the gateway may call there");

const upstream = z.discriminatedUnion("provider", [
  z.strictObject({
    name: upstreamName,
    provider: z.literal("bedrock"),
    region: text,
    models: models.meta({ description: "Inference profile ids." }),
  }),
  z.strictObject({
    name: upstreamName,
    provider: z.literal("mantle"),
    region: text,
    models: models.meta({ description: "Base model ids." }),
  }),
  z.strictObject({
    name: upstreamName,
    provider: z.literal("vertex"),
    location: text.meta({ description: "eu, us, or a single region with a Claude endpoint." }),
    models,
  }),
  z.strictObject({
    name: upstreamName,
    provider: z.literal("foundry"),
    region: text.meta({ description: "Region of the resource; it does not bound inference." }),
    models: models.meta({ description: "Model names, not deployment names." }),
    version: text.optional().meta({ description: "Model version: it decides who hosts." }),
    sku: text
      .optional()
      .meta({ description: "Deployment type: it decides where Azure processes." }),
  }),
  z.strictObject({ name: upstreamName, provider: z.literal("anthropic"), models }),
]);

const desktop = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("external-idp"),
      issuer: text,
      clientId: text.meta({ description: "A public client: sign-in uses PKCE and no secret." }),
      bearerTokenType: z.enum(["id_token", "access_token"]).default("id_token"),
      scopes: text.optional().meta({
        description: "Separated by spaces, offline_access among them. Required for access_token.",
      }),
      authFlow: z.enum(["browser", "broker"]).default("browser").meta({
        description: "broker: through Microsoft's broker, Entra ID only, not on Linux.",
      }),
      redirectPort: z.int().min(1024).max(65_535).optional().meta({
        description: "Fixed port of the sign-in redirect, where the issuer demands one.",
      }),
      minimumAppVersion: z
        .string()
        .regex(/^\d+\.\d+\.\d+$/, "a release such as 2.7032.0")
        .optional()
        .meta({
          description:
            "Oldest release in the fleet. From 2.7032.0 profiles use today's names of the sign-in keys. Default: the older names, which every release reads.",
        }),
    })
    .meta({ description: "Sign-in at the company's issuer; the gateway checks iss and aud." }),
  helperScript,
  credentialHelper,
]);

export const gatewayRouteSchema = z.strictObject({
  name: routeName,
  provider: z.literal("gateway"),
  baseUrl: text.meta({
    description: "https address the application appends /v1/messages to, path included.",
  }),
  authScheme: z.enum(["bearer", "x-api-key"]).default("bearer").meta({
    description: "Header that carries the credential.",
  }),
  customHeaders: z
    .record(z.string(), text)
    .optional()
    .meta({ description: "Sent with every request; they stand in profiles and open nothing." }),
  upstreams: z.array(upstream).meta({
    description: "Everything the gateway may send a request to, failover included.",
  }),
  models: z
    .array(
      z.strictObject({
        id: text.meta({ description: "What the gateway calls the model." }),
        label: text,
        upstreamModels: z
          .record(z.string(), text)
          .meta({ description: "Upstream: the model it is there." }),
      }),
    )
    .min(1, "list at least one model")
    .meta({ description: "The first is the laptops' default." }),
  desktop,
});
