import { z } from "zod";

import { namesSomething } from "../store/subjects.ts";

/** What administrators say to the service: `/v1/revocations`, with their own token. */

export const revocationsPath = "/v1/revocations";

const value = z.string().max(512).refine(namesSomething, "names nobody");

export const revocationSubject = z.discriminatedUnion("by", [
  z.strictObject({ by: z.enum(["user", "device", "group", "key"]), value }),
  z.strictObject({ by: z.literal("everything") }),
]);

/** Body of `POST`. */
export const revocationRequest = z.strictObject({
  subject: revocationSubject,
  reason: z.string().min(1).max(200),
  /** Seconds since 1970-01-01. Default: until it is lifted. */
  untilEpochSeconds: z.int().positive().optional(),
});

/** Answer to `POST`: how long offboarding takes. */
export const revocationAnswer = z.strictObject({
  /** When the store acknowledged: every request that starts later is refused. ISO 8601, UTC. */
  refusedFrom: z.iso.datetime(),
  /** Until when the last credential lives that was given out before; absent when none does. */
  lastCredentialExpiresAtEpochSeconds: z.int().positive().optional(),
  /** From `refusedFrom` to that moment; 0 when no credential lives. */
  offboardingSeconds: z.int().min(0),
});

/** Body of `DELETE`. */
export const liftRequest = z.strictObject({ subject: revocationSubject });

/** Answer to `DELETE`: whether there was one. */
export const liftAnswer = z.strictObject({ lifted: z.boolean() });

/** Answer to `GET`. */
export const revocationList = z.strictObject({
  revocations: z.array(
    z.strictObject({
      subject: revocationSubject,
      reason: z.string(),
      revokedBy: z.string(),
      revokedAtEpochSeconds: z.int(),
      untilEpochSeconds: z.int().optional(),
    }),
  ),
});

export type RevocationRequest = z.infer<typeof revocationRequest>;
export type RevocationAnswer = z.infer<typeof revocationAnswer>;
