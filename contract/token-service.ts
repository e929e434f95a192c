import { z } from "zod";

import { serviceOrigin } from "./helper-config.ts";

/** What a stack exports of its token service. Identifiers only. */
export const tokenServiceOutputs = z.strictObject({
  /** Origin the laptops' helper asks. */
  url: serviceOrigin,
  /** Origin devices with a certificate ask, where that is another one; absent when it is `url`. */
  deviceUrl: serviceOrigin.optional(),
  /** Where it runs; absent when the kit did not create it. */
  runsIn: z
    .strictObject({
      cloud: z.enum(["aws", "google", "azure"]),
      region: z.string().min(1),
      /** Pinned by digest. */
      image: z.string().regex(/@sha256:[0-9a-f]{64}$/, "an image pinned by digest"),
      replicas: z.int().min(2),
      /** Log group, bucket or workspace its audit events rest in. */
      logs: z.string().min(1),
      /** Address or name corporate DNS points `url` to. */
      target: z.string().min(1),
    })
    .optional(),
  /** Routes it gives credentials for. */
  routes: z.array(z.string().min(1)).min(1),
  /** Longest a credential given out before a revocation goes on working. */
  longestSessionSeconds: z.int().min(900).max(43_200),
  /** Steps no provider can take, each a sentence. */
  remainingSteps: z.array(z.string().min(1)),
});

export type TokenServiceOutputs = z.infer<typeof tokenServiceOutputs>;
