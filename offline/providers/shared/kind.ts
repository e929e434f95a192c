/** Kind of a value, as the SDK's type definitions say it. */
export type Kind =
  | { readonly is: "string" | "number" | "boolean" | "any" }
  | { readonly is: "list" | "map"; readonly of: Kind }
  | { readonly is: "object"; readonly type: string }
  | { readonly is: "either"; readonly of: readonly Kind[] };

/** One-word spelling used in `schema.json`: `list<ec2/VpcEndpointDnsEntry>`, `string|number`. */
export function renderKind(kind: Kind): string {
  switch (kind.is) {
    case "list":
    case "map":
      return `${kind.is}<${renderKind(kind.of)}>`;
    case "object":
      return `@${kind.type}`;
    case "either":
      return kind.of.map(renderKind).join("|");
    default:
      return kind.is;
  }
}

/**
 * Reads what {@link renderKind} writes.
 *
 * @throws Error on a spelling it does not know.
 */
export function parseKind(text: string): Kind {
  const parts = splitAlternatives(text);
  if (parts.length > 1) return { is: "either", of: parts.map(parseKind) };
  const wrapped = /^(list|map)<(.+)>$/.exec(text);
  if (wrapped?.[2] !== undefined)
    return { is: wrapped[1] === "list" ? "list" : "map", of: parseKind(wrapped[2]) };
  if (text.startsWith("@")) return { is: "object", type: text.slice(1) };
  if (text === "string" || text === "number" || text === "boolean" || text === "any")
    return { is: text };
  throw new Error(`not a kind: ${text}`);
}

function splitAlternatives(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "<") depth += 1;
    if (text[at] === ">") depth -= 1;
    if (text[at] !== "|" || depth > 0) continue;
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  return [...parts, text.slice(from)];
}
