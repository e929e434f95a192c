/** A text, and whether a colon follows: then it is the name of a member. Whatever else JSON has holds no quote. */
const texts = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

/**
 * A JSON value that every reader understands alike: of a member that stands twice, some take the first, some the last
 * (RFC 8259, 4), and what this service judged must be what a provider, a proxy or a log reads.
 *
 * @throws Error when the text is no JSON, or an object in it has two members of one name.
 */
export function unambiguousJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const written = [...text.matchAll(texts)].filter(([, colon]) => colon !== undefined).length;
  if (written !== membersIn(value)) throw new Error("a member stands twice");
  return value;
}

function membersIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inside = Object.values(value);
  const own = Array.isArray(value) ? 0 : inside.length;
  return inside.reduce<number>((sum, one) => sum + membersIn(one), own);
}
