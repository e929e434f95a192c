import { z } from "zod";

import { customZoneSchema } from "../residency/zones.ts";
import { anthropicRouteSchema } from "./anthropic-route-schema.ts";
import { bedrockRouteSchema } from "./bedrock-route-schema.ts";
import { text } from "./formats.ts";
import { foundryRouteSchema } from "./foundry-route-schema.ts";
import { gatewayRouteSchema } from "./gateway-route-schema.ts";
import { mantleRouteSchema } from "./mantle-route-schema.ts";
import { tokenServiceSchema } from "./token-service-schema.ts";
import { vertexRouteSchema } from "./vertex-route-schema.ts";

/**
 * The configuration of one geography: everything under `cowork:` in `Pulumi.<geography>.yaml`.
 * Shapes only; rules that span several values live in config-rules.ts.
 */

export const routeSchema = z.discriminatedUnion("provider", [
  bedrockRouteSchema,
  vertexRouteSchema,
  foundryRouteSchema,
  mantleRouteSchema,
  gatewayRouteSchema,
  anthropicRouteSchema,
]);

export const configSchema = z.strictObject({
  organization: z.strictObject({
    name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "lower-case letters, digits and dashes"),
    uuid: z.uuid("a UUID, made once with `uuidgen`"),
  }),
  geography: z.union([text, customZoneSchema]),
  routes: z.array(routeSchema).min(1, "list at least one route"),
  tokenService: tokenServiceSchema.optional().meta({
    description: "Gives laptops short-lived credentials of this geography, and of no other.",
  }),
  profiles: z
    .strictObject({
      security: z.enum(["standard"]).default("standard"),
      telemetry: z.strictObject({ otlpEndpoint: z.url({ protocol: /^https$/ }) }).optional(),
    })
    .prefault({}),
});

export type GeographyConfig = z.infer<typeof configSchema>;
export type RouteConfig = z.infer<typeof routeSchema>;
export type BedrockRouteConfig = z.infer<typeof bedrockRouteSchema>;
export type VertexRouteConfig = z.infer<typeof vertexRouteSchema>;
export type FoundryRouteConfig = z.infer<typeof foundryRouteSchema>;
export type MantleRouteConfig = z.infer<typeof mantleRouteSchema>;
export type GatewayRouteConfig = z.infer<typeof gatewayRouteSchema>;
export type AnthropicRouteConfig = z.infer<typeof anthropicRouteSchema>;
