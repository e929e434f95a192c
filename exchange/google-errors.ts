import { z } from "zod";

/** Of RFC 6749 and RFC 8693, as Google's STS answers. */
const oauthCodes = [
  "invalid_request",
  "invalid_grant",
  "invalid_client",
  "invalid_target",
  "invalid_scope",
  "unauthorized_client",
  "unsupported_grant_type",
  "access_denied",
  "temporarily_unavailable",
] as const;
/** https://cloud.google.com/apis/design/errors, 2026-11. */
const statusCodes = [
  "INVALID_ARGUMENT",
  "FAILED_PRECONDITION",
  "UNAUTHENTICATED",
  "PERMISSION_DENIED",
  "NOT_FOUND",
  "RESOURCE_EXHAUSTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DEADLINE_EXCEEDED",
] as const;

const oauthError = z.object({ error: z.enum(oauthCodes) }).transform(({ error }) => error);
const apiError = z
  .object({ error: z.object({ status: z.enum(statusCodes) }) })
  .transform(({ error }) => error.status);

/** A code of Google's own lists; whatever else stands in an error's body is left out. */
export function googleCode(body: unknown): string | undefined {
  return z.union([oauthError, apiError]).safeParse(body).data;
}
