import { z } from "zod";

import { anthropicRoute } from "./anthropic-route.ts";
import { bedrockRoute } from "./bedrock-route.ts";
import { httpsUrl } from "./formats.ts";
import { foundryRoute } from "./foundry-route.ts";
import { gatewayRoute } from "./gateway-route.ts";
import { mantleRoute } from "./mantle-route.ts";
import { tokenServiceOutputs } from "./token-service.ts";
import { vertexRoute } from "./vertex-route.ts";

/**
 * What a stack exports: the only seam between the cloud side and the laptop side.
 * No field ever holds a secret; unknown fields are refused so that none slips in.
 */

export const stackOutputs = z.strictObject({
  contractVersion: z.literal(1),
  organization: z.strictObject({ name: z.string().min(1), uuid: z.uuid() }),
  /** Becomes part of file names and profile identifiers. */
  geography: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "lower-case letters, digits and dashes"),
  zone: z.strictObject({
    id: z.string().min(1),
    label: z.string().min(1),
    countries: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1),
    /** Processing without a bounded place that compliance accepts in so many words. */
    accepts: z
      .array(z.enum(["azure-anywhere", "anthropic-direct"]))
      .min(1)
      .optional(),
  }),
  /** Date of each catalogue the verdicts were taken from. */
  catalogueDates: z.strictObject({
    aws: z.iso.date().optional(),
    gcp: z.iso.date().optional(),
    azure: z.iso.date().optional(),
  }),
  /** Names are unique: each is a folder and a profile of its own. */
  routes: z
    .array(
      z.discriminatedUnion("provider", [
        bedrockRoute,
        vertexRoute,
        foundryRoute,
        mantleRoute,
        gatewayRoute,
        anthropicRoute,
      ]),
    )
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
  /** Absent when laptops obtain their credentials without one. */
  tokenService: tokenServiceOutputs.optional(),
  profiles: z.strictObject({
    /** Only `standard` until the other two security profiles exist. */
    security: z.enum(["standard"]),
    telemetry: z.strictObject({ otlpEndpoint: httpsUrl }).optional(),
  }),
});

export type StackOutputs = z.infer<typeof stackOutputs>;
export type RouteOutputs = StackOutputs["routes"][number];
