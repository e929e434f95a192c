import { z } from "zod";

import { posixPath, windowsPath } from "./formats.ts";
import { helperConfig } from "./helper-config.ts";

/** An executable whose standard output is the credential. */
export const helperScript = z.strictObject({
  kind: z.literal("helper-script"),
  path: posixPath,
  windowsPath,
  /** Seconds a printed credential is cached; keep it below the credential's life. */
  ttlSeconds: z.int().min(121).max(43_200),
  /** What the kit's own helper reads; absent when the executable is somebody else's. */
  helper: helperConfig.optional(),
});

export type HelperScript = z.infer<typeof helperScript>;
