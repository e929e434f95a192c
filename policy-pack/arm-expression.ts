/** A value of an ARM template that only Azure can work out. */
export class NotEvaluated extends Error {
  readonly expression: string;
  constructor(expression: string) {
    super(`the expression ${expression} is not worked out here`);
    this.expression = expression;
  }
}

/** What `[resourceGroup().location]` stands for: the place of the group the template is deployed to. */
export const GROUP_LOCATION = "[resourceGroup().location]";

/** Where names in expressions are looked up; both throw what stands in the way. */
export interface Names {
  /** Whether nested templates read names of their own unless they say otherwise: so it is from `languageVersion` 2.0. */
  readonly nestedAreInner?: boolean;
  parameter(name: string): unknown;
  variable(name: string): unknown;
}

/** Deepest nesting of calls; a template from somebody else must not exhaust the stack. */
const DEEPEST = 32;
/** Longest chain of names that lead to names: each link may ask for several, so the work doubles with it. */
const LONGEST_CHAIN = 8;
const TOKEN = /\s*(?:('(?:[^']|'')*')|([A-Za-z_]\w*)|([(),.]))/y;

/**
 * The value of a text in an ARM template. Plain text stays; `parameters`, `variables`, `concat`, `format`,
 * `toLower`, `resourceId` with a type and names, and the group's location are worked out.
 *
 * @throws NotEvaluated for any other expression.
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions (2026)
 */
export function evaluate(text: string, names: Names, depth = 0): unknown {
  if (!text.startsWith("[") || !text.endsWith("]")) return text;
  if (text.startsWith("[[")) return text.slice(1);
  if (/^\[\s*resourceGroup\(\)\.location\s*\]$/i.test(text)) return GROUP_LOCATION;
  const giveUp = () => new NotEvaluated(text);
  const tokens = tokensOf(text.slice(1, -1));
  if (tokens === undefined || depth > LONGEST_CHAIN) throw giveUp();
  let next = 0;
  const value = term(0);
  if (next !== tokens.length) throw giveUp();
  return value;

  function term(level: number): unknown {
    const token = tokens?.[next++];
    if (token === undefined || level > DEEPEST) throw giveUp();
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (tokens?.[next++] !== "(") throw giveUp();
    return call(token.toLowerCase(), argumentsUntilClosed(level));
  }

  function argumentsUntilClosed(level: number): readonly unknown[] {
    const given: unknown[] = [];
    if (tokens?.[next] === ")") {
      next += 1;
      return given;
    }
    for (;;) {
      given.push(term(level + 1));
      const after = tokens?.[next++];
      if (after === ")") return given;
      if (after !== ",") throw giveUp();
    }
  }

  function call(name: string, given: readonly unknown[]): unknown {
    const [first, ...rest] = given;
    if (name === "parameters" && given.length === 1) return resolve(names.parameter(textOf(first)));
    if (name === "variables" && given.length === 1) return resolve(names.variable(textOf(first)));
    if (name === "concat") return given.map(textOf).join("");
    if (name === "tolower" && given.length === 1) return textOf(first).toLowerCase();
    if (name === "format") {
      const parts = rest.map(textOf);
      // Escaped braces, and numbers with a format of their own.
      if (/[{}]/.test(textOf(first).replace(/\{\d+\}/g, ""))) throw giveUp();
      return textOf(first).replace(/\{(\d+)\}/g, (_, index) => textOf(parts[Number(index)]));
    }
    if (name === "resourceid") return idOf(textOf(first), rest.map(textOf));
    throw giveUp();
  }

  /** `resourceId('Microsoft.Storage/storageAccounts', 'name')`: without a subscription or group before the type. */
  function idOf(type: string, given: readonly string[]): string {
    const [namespace = "", ...steps] = type.split("/");
    if (steps.length === 0 || steps.length !== given.length) throw giveUp();
    return `/providers/${namespace}${steps.map((step, index) => `/${step}/${given[index]}`).join("")}`;
  }

  function resolve(value: unknown): unknown {
    return typeof value === "string" ? evaluate(value, names, depth + 1) : value;
  }

  function textOf(value: unknown): string {
    if (typeof value !== "string" || value === GROUP_LOCATION) throw giveUp();
    return value;
  }
}

function tokensOf(text: string): readonly string[] | undefined {
  const tokens: string[] = [];
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (found === null) return text.slice(at).trim() === "" ? tokens : undefined;
    tokens.push(found[1] ?? found[2] ?? found[3] ?? "");
    at = TOKEN.lastIndex;
  }
  return tokens;
}
