import { z } from "zod";

import { httpsOrigin, routeName } from "./formats.ts";
import { helperScript } from "./helper-script.ts";

/** How Claude Desktop obtains its credential on the laptop; never a key. */
export const foundryDesktop = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("interactive"),
    authFlow: z.enum(["device-code", "browser", "broker"]),
  }),
  helperScript,
]);

export const foundryRoute = z.strictObject({
  name: routeName,
  provider: z.literal("foundry"),
  subscriptionId: z.guid(),
  /** Custom subdomain: Claude Desktop calls `<resourceName>.services.ai.azure.com`. */
  resourceName: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}[a-z0-9]$/),
  /** Where the resource rests; it does not bound inference. */
  region: z.string().regex(/^[a-z]+\d?$/),
  /** Set when profiles name the host themselves. */
  baseUrl: httpsOrigin.optional(),
  /** First entry is the laptop's default model. */
  models: z
    .array(
      z.strictObject({
        /** Deployment name, exactly as a request names it. */
        id: z.string().min(1),
        model: z.string().min(1),
        /** Decides who hosts. */
        version: z.string().min(1),
        sku: z.string().min(1),
        label: z.string().min(1),
        /** Jurisdiction that is promised, or that none is: any region of Azure. */
        processedIn: z.union([z.string().regex(/^[A-Z]{2}$/), z.literal("azure-anywhere")]),
      }),
    )
    .min(1),
  /** What the sign-in needs on the cloud side. Identifiers only. */
  signIn: z.strictObject({
    tenantId: z.guid(),
    clientId: z.guid(),
    /** Object id of the one group that may use the route. */
    groupId: z.guid(),
    /** Name of its data-plane role. */
    role: z.string().min(1),
  }),
  desktop: foundryDesktop,
  logs: z.strictObject({
    /** Resource id of the Log Analytics workspace. */
    workspaceId: z
      .string()
      .regex(
        /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.OperationalInsights\/workspaces\/[^/]+$/i,
      ),
    retentionDays: z.int().min(30).max(730),
  }),
  /** What the customer-managed key protects, and what it does not: never Claude's inference. */
  customerManagedKey: z.strictObject({
    covers: z.array(z.string().min(1)).min(1),
    doesNotCover: z.array(z.string().min(1)).min(1),
  }),
  /** Steps no provider can take, each a sentence; the runbook explains them. */
  remainingSteps: z.array(z.string().min(1)),
  /** What Anthropic may get to see. */
  guarantee: z.literal("flagged content only"),
});

export type FoundryRouteOutputs = z.infer<typeof foundryRoute>;
export type FoundryDesktop = z.infer<typeof foundryDesktop>;
