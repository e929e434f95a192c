import { z } from "zod";

/** Pieces every kind of route shares in a stack file. */

export const text = z.string().min(1, "may not be empty");
export const cidr = z.cidrv4("an IPv4 range such as 10.40.0.0/16");

/** Becomes part of file and resource names. */
export const routeName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,19}$/, "lower-case letters, digits and dashes, at most 20");

export const clientCidrs = z
  .array(cidr)
  .min(1, "list at least one range laptops come from")
  .meta({ description: "Ranges laptops come from; nothing else reaches the endpoints." });

/** An executable on the laptop that prints the credential. */
export const helperScript = z.strictObject({
  kind: z.literal("helper-script"),
  path: z.string().regex(/^\/[^~]*$/, "an absolute path without ~"),
  windowsPath: z.string().regex(/^[A-Za-z]:[\\/][^~]*$/, "an absolute Windows path"),
  ttlSeconds: z.int().min(121).max(43_200),
});
