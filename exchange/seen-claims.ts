/**
 * Payload of a token nobody here can verify, for checks that only ever refuse. Absent when it is opaque, as an
 * access token may be.
 */
export function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  const [, payload, signature] = token.split(".");
  if (payload === undefined || signature === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    const isRecord = typeof claims === "object" && claims !== null && !Array.isArray(claims);
    // A JSON object's own keys are all that is read of it.
    return isRecord ? (claims as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
