/** Reads a policy rule as Azure does, from its JSON; knows nothing of the code that wrote it. */
export function denies(
  rule: object,
  resource: Readonly<Record<string, string | undefined>>,
): boolean {
  const { if: condition, then: outcome } = JSON.parse(JSON.stringify(rule));
  return holds(condition, resource) && outcome.effect === "deny";
}

/**
 * `equals` and `like` ignore case; an absent field equals nothing and is like nothing.
 * https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule (read 2026-11-21)
 */
function holds(
  condition: Record<string, unknown>,
  resource: Readonly<Record<string, string | undefined>>,
): boolean {
  const each = (list: unknown) =>
    (list as Record<string, unknown>[]).map((one) => holds(one, resource));
  if ("allOf" in condition) return each(condition.allOf).every(Boolean);
  if ("anyOf" in condition) return each(condition.anyOf).some(Boolean);
  if ("not" in condition) return !holds(condition.not as Record<string, unknown>, resource);
  const value = resource[String(condition.field)]?.toLowerCase();
  if (value === undefined) return false;
  if ("equals" in condition) return value === String(condition.equals).toLowerCase();
  if ("like" in condition) {
    const [start = "", end = ""] = String(condition.like).toLowerCase().split("*");
    return value.startsWith(start) && value.endsWith(end);
  }
  throw new Error(`unknown condition: ${JSON.stringify(condition)}`);
}
