import type { z } from "zod";

import { parseJson } from "./read-request.ts";
import type { Refusal } from "./refusals.ts";

/**
 * Reads a body against its schema. The message names only fields the schema knows: a field's name is the caller's
 * text too, and could be a token pasted in the wrong place.
 */
export function readShape<Shape extends z.ZodObject>(
  schema: Shape,
  body: Buffer,
): { readonly value: z.infer<Shape> } | Refusal {
  const given = parseJson(body);
  const parsed = schema.safeParse(given);
  if (parsed.success) return { value: parsed.data };
  const known = Object.keys(schema.shape);
  const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
  const named = new Set(
    parsed.error.issues.flatMap(({ path: [first] }) =>
      typeof first === "string" && known.includes(first) ? [first] : [],
    ),
  );
  const unknown = parsed.error.issues.some(
    ({ code, path }) => code === "unrecognized_keys" && path.length === 0,
  );
  const wrong = [...named, ...(unknown ? ["a field that is none of these"] : [])];
  return {
    code: "malformed_request",
    message: isObject
      ? `the body has the fields ${known.join(", ")}; wrong: ${wrong.join(", ")}`
      : `the body has to be a JSON object with the fields ${known.join(", ")}`,
  };
}
