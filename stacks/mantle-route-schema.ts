import { z } from "zod";

import {
  accountId,
  network,
  objectLock,
  oidcAccess,
  organizationId,
  principalAccess,
  region,
  serviceRoles,
} from "./bedrock-route-schema.ts";
import { credentialHelper } from "./credential-helper-schema.ts";
import { helperScript, routeName, text } from "./formats.ts";

/** One `mantle` route of a stack file. Shapes only; what spans several values is judged elsewhere. */
export const mantleRouteSchema = z
  .strictObject({
    name: routeName,
    provider: z.literal("mantle"),
    accountId,
    organizationId: organizationId.optional(),
    region: region.meta({ description: "A request never leaves it." }),
    models: z
      .array(text)
      .min(1, "list at least one model")
      .meta({ description: "Base model ids; the first is the laptops' default." }),
    projectId: text.default("default").meta({ description: "Project the grant names." }),
    network,
    reach: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("resolver") }),
      z.strictObject({ kind: z.literal("routed") }),
    ]),
    access: z.discriminatedUnion("kind", [oidcAccess, principalAccess]),
    desktop: z.discriminatedUnion("kind", [helperScript, credentialHelper]),
    logs: z
      .strictObject({
        retentionDays: z.int().default(365),
        objectLock: objectLock.optional(),
      })
      .prefault({}),
    serviceRoles,
  })
  .meta({
    description: "In-region Bedrock. Its calls are in CloudTrail; no invocation log holds them.",
  });
