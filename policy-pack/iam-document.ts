/** One statement with every list spelled out. */
export interface Statement {
  /** `Sid`, or the statement's place, for messages. */
  readonly label: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** `Principal` as written: `"*"`, or kind -> values. Empty in identity policies. */
  readonly principals: Readonly<Record<string, readonly string[]>>;
  readonly hasNotPrincipal: boolean;
  /** Operator -> condition key (lower case) -> values. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** A document's statements, or what makes it unreadable. Never "no statements" for bad text. */
export type ParsedDocument =
  | { readonly statements: readonly Statement[] }
  | { readonly problem: string };

const STATEMENT_KEYS: ReadonlySet<string> = new Set([
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Principal",
  "NotPrincipal",
  "Condition",
]);

/**
 * Reads an IAM policy document given as JSON text or as an object.
 * An element it does not know makes the whole document unreadable: skipping it could hide a grant.
 */
export function parseDocument(given: unknown): ParsedDocument {
  try {
    const document = typeof given === "string" ? parseJson(given) : given;
    const root = asObject(document, "the document");
    for (const key of Object.keys(root)) {
      if (!["Version", "Id", "Statement", "__defaults"].includes(key)) {
        throw new Unreadable(`the document has an unknown element "${key}"`);
      }
    }
    const listed = root.Statement;
    if (listed === undefined) throw new Unreadable("the document has no Statement");
    const statements = Array.isArray(listed) ? listed : [listed];
    return { statements: statements.map(parseStatement) };
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.message };
    throw error;
  }
}

class Unreadable extends Error {}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable("the document is not JSON");
  }
}

function parseStatement(given: unknown, index: number): Statement {
  const place = `statement ${index + 1}`;
  const raw = asObject(given, place);
  for (const key of Object.keys(raw)) {
    if (!STATEMENT_KEYS.has(key) && key !== "__defaults") {
      throw new Unreadable(`${place} has an unknown element "${key}"`);
    }
  }
  const { Sid: sid, Effect: effect } = raw;
  if (effect !== "Allow" && effect !== "Deny") {
    throw new Unreadable(`${place} has no Effect of Allow or Deny`);
  }
  const actions = strings(raw.Action, `${place}.Action`);
  const notActions = strings(raw.NotAction, `${place}.NotAction`);
  if (actions.length + notActions.length === 0) throw new Unreadable(`${place} has no Action`);
  return {
    label: typeof sid === "string" && sid !== "" ? `statement "${sid}"` : place,
    effect,
    actions,
    notActions,
    resources: strings(raw.Resource, `${place}.Resource`),
    notResources: strings(raw.NotResource, `${place}.NotResource`),
    principals: parsePrincipals(raw.Principal, place),
    hasNotPrincipal: raw.NotPrincipal !== undefined,
    conditions: parseConditions(raw.Condition, place),
  };
}

function parsePrincipals(given: unknown, place: string): Record<string, readonly string[]> {
  if (given === undefined) return {};
  if (typeof given === "string") return { "*": [given] };
  return Object.fromEntries(
    Object.entries(asObject(given, `${place}.Principal`))
      .filter(([kind]) => kind !== "__defaults")
      .map(([kind, values]) => [kind, strings(values, `${place}.Principal.${kind}`)]),
  );
}

function parseConditions(
  given: unknown,
  place: string,
): Record<string, Record<string, readonly string[]>> {
  if (given === undefined) return {};
  const conditions: Record<string, Record<string, readonly string[]>> = {};
  for (const [operator, tests] of Object.entries(asObject(given, `${place}.Condition`))) {
    if (operator === "__defaults") continue;
    const path = `${place}.Condition.${operator}`;
    conditions[operator] = Object.fromEntries(
      Object.entries(asObject(tests, path))
        .filter(([key]) => key !== "__defaults")
        .map(([key, values]) => [key.toLowerCase(), strings(values, `${path}.${key}`)]),
    );
  }
  return conditions;
}

function asObject(given: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new Unreadable(`${place} is not an object`);
  }
  // An object with unknown fields: each one is checked where it is read.
  return given as Readonly<Record<string, unknown>>;
}

function strings(given: unknown, place: string): readonly string[] {
  if (given === undefined) return [];
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  return list.map((value) => {
    if (typeof value === "string") return value;
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    throw new Unreadable(`${place} holds something that is not text`);
  });
}
