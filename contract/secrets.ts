import type { Problem } from "../residency/problem.ts";

/** Shapes of credentials that could end up in an output by mistake. */
const SECRET_SHAPES: readonly (readonly [RegExp, string])[] = [
  [/(?<![A-Z0-9])(AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/, "an AWS access key id"],
  [/bedrock-api-key-[A-Za-z0-9+/=_-]{16}/, "a short-term Bedrock API key"],
  [/(?<![A-Za-z0-9])ABSK[A-Za-z0-9+/=]{32}/, "a long-term Bedrock API key"],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
  [/(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\./, "a signed token"],
];

/** Every text in `value` that has the shape of a secret; the text itself is never repeated. */
export function secretProblems(value: unknown, path = "landingZone"): Problem[] {
  if (typeof value === "string") {
    return SECRET_SHAPES.filter(([shape]) => shape.test(value)).map(([, what]) => ({
      path,
      reason: `looks like ${what}; outputs never hold a secret`,
    }));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    secretProblems(member, Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`),
  );
}
