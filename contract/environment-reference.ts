import { z } from "zod";

/**
 * A value that only the place a service runs in knows, within a configuration that is written before: the address of
 * a store, the ARN of a key. It says which variable holds the value, and what that has to look like.
 */
export const environmentReference = z.strictObject({
  fromEnvironment: z
    .string()
    .regex(/^COWORK_[A-Z0-9_]{1,60}$/, "the name of a variable such as COWORK_STORE_URL"),
  /**
   * Form of the whole value. Each `*` stands for one or more letters, digits or hyphens, everything else for itself:
   * scheme, dots, slashes and port have to be written out.
   */
  like: z.string().regex(/^(?!.*\*\*).{1,512}$/, "the form of the value, such as rediss://*:6379"),
});

export type EnvironmentReference = z.infer<typeof environmentReference>;
