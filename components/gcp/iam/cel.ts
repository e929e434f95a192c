/**
 * Text as a literal of the Common Expression Language. Nothing in it can end the literal: quotes, backslashes
 * and everything that is no plain ASCII are escaped.
 * @see https://github.com/google/cel-spec/blob/master/doc/langdef.md#string-and-bytes-values (read 2026-11-21)
 */
export function celText(text: string): string {
  const inside = Array.from(text, (character) => {
    if (character === "'" || character === "\\") return `\\${character}`;
    if (/^[ -~]$/.test(character)) return character;
    const code = character.codePointAt(0) ?? 0;
    const hex = code.toString(16);
    return code > 0xffff ? `\\U${hex.padStart(8, "0")}` : `\\u${hex.padStart(4, "0")}`;
  });
  return `'${inside.join("")}'`;
}

/** Words a field may not be called in CEL; a claim of that name is reached by index. */
const reserved: ReadonlySet<string> = new Set(
  "as break const continue else false for function if import in let loop namespace null package return true var void while".split(
    " ",
  ),
);

/** A claim of the token, for example `assertion.groups` or `assertion['cognito:groups']`. */
export function celClaim(claim: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(claim) && !reserved.has(claim)
    ? `assertion.${claim}`
    : `assertion[${celText(claim)}]`;
}

/** `assertion.claim == 'value'` for every pair, all of which must hold. A claim that is absent refuses. */
export function celEquals(claims: Readonly<Record<string, string>>): string {
  return Object.entries(claims)
    .map(([claim, value]) => `${celClaim(claim)} == ${celText(value)}`)
    .join(" && ");
}
