import { z } from "zod";

import { routeName } from "./formats.ts";
import { helperScript } from "./helper-script.ts";

/** How Claude Desktop obtains its credential on the laptop; never a key. */
export const anthropicDesktop = z.discriminatedUnion("kind", [
  /** Browser sign-in at Anthropic. */
  z.strictObject({ kind: z.literal("interactive") }),
  helperScript,
]);

/** Straight to Anthropic: outside the guarantee, in a zone that accepts it in so many words. */
export const anthropicRoute = z.strictObject({
  name: routeName,
  provider: z.literal("anthropic"),
  /** First entry is the laptop's default model. */
  models: z.array(z.strictObject({ id: z.string().min(1), label: z.string().min(1) })).min(1),
  /** Written out, so that nobody who reads outputs has to know it. */
  guarantee: z.literal("none: processed by Anthropic itself"),
  anthropicSees: z.literal("content"),
  desktop: anthropicDesktop,
});

export type AnthropicRouteOutputs = z.infer<typeof anthropicRoute>;
