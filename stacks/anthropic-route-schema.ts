import { z } from "zod";

import { helperScript, routeName, text } from "./formats.ts";

/** One `anthropic` route of a stack file: outside the guarantee, whatever else it says. */

const desktop = z.discriminatedUnion("kind", [
  z
    .strictObject({ kind: z.literal("interactive") })
    .meta({ description: "Browser sign-in at Anthropic." }),
  helperScript,
]);

export const anthropicRouteSchema = z
  .strictObject({
    name: routeName,
    provider: z.literal("anthropic"),
    models: z
      .array(z.strictObject({ id: text, label: text }))
      .min(1, "list at least one model")
      .meta({ description: "Claude model ids; the first is the laptops' default." }),
    desktop,
  })
  .meta({
    description:
      "Straight to Anthropic, outside the guarantee. Only in a zone that accepts anthropic-direct.",
  });
