import { z } from "zod";

/** How a value of the key looks before a channel encodes it. */
const keyType = z.enum([
  "boolean",
  "integer",
  "number",
  "string",
  "enum",
  "object",
  "object[]",
  "string[]",
  "enum[]",
]);

/** Who may deliver the key. */
const availability = z.enum([
  /** A device profile, a local file or a bootstrap response. */
  "mdm+bootstrap",
  /** A device profile or a local file; ignored in a bootstrap response. */
  "mdm",
  /** Anthropic's admin console only. */
  "admin-console",
  /** Nobody in third-party mode. */
  "none",
]);

/** One managed-configuration key of Claude Desktop. */
const desktopKeySchema = z.strictObject({
  key: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  type: keyType,
  /** `legacy` is a retired spelling, `standard-only` a key without meaning in third-party mode. */
  status: z.enum(["current", "legacy", "standard-only"]),
  section: z.string().min(1),
  /** Inference providers the key applies to; `all` for any. */
  providers: z.array(z.string().min(1)).min(1),
  /** The complete list of accepted values, for enumerations. */
  values: z.array(z.string().min(1)).min(2).optional(),
  /** Smallest number accepted, in the unit of the key's name. */
  min: z.number().optional(),
  /** Largest number accepted, in the unit of the key's name. */
  max: z.number().optional(),
  /** Most characters accepted. */
  maxLength: z.int().positive().optional(),
  /** Constraints in words. */
  allowed: z.string().optional(),
  /** When the key must be present, in words. */
  required: z.string().optional(),
  /** What the application does without the key, in words. */
  default: z.string().optional(),
  summary: z.string().min(1),
  /** Release that introduced the key. */
  since: z.string().optional(),
  /** What is retired about it, in words; the whole key when `status` is `legacy`. */
  deprecated: z.string().optional(),
  /** Key to write instead. */
  replacedBy: z.string().optional(),
  availability,
  /** A bootstrap response that carries it may have to be approved by the user. */
  bootstrapConsent: z.boolean(),
  /** Member of the update, lifecycle and proxy group, which does not make a device managed. */
  appBehaviorOnly: z.boolean(),
  /** Members of an object value, in words. */
  fields: z.array(z.string().min(1)).optional(),
  source: z.array(z.url()).min(1),
});

export const keyListSchema = z.strictObject({
  /** Day the list was compiled. */
  date: z.iso.date(),
  /** Newest application release the list knows. */
  newestRelease: z.string().min(1),
  note: z.string().min(1),
  keys: z.array(desktopKeySchema).min(1),
});

export type DesktopKey = z.infer<typeof desktopKeySchema>;
