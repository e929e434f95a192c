import { textOf } from "./placement.ts";
import type { Resource } from "./rule.ts";

const CURRENT = "gcp:orgpolicy/policy:Policy";
/** The older form, one type a level. */
const OLDER: ReadonlySet<string> = new Set([
  "gcp:organizations/policy:Policy",
  "gcp:folder/organizationPolicy:OrganizationPolicy",
  "gcp:projects/organizationPolicy:OrganizationPolicy",
]);

/** Whether a type sets a constraint of Google's organization policies. */
export function setsConstraint(type: string): boolean {
  return type === CURRENT || OLDER.has(type);
}

/** One rule of a policy that is in force; texts such as `TRUE` are read as what they mean. */
export interface ConstraintRule {
  readonly path: string;
  readonly enforce: boolean | undefined;
  readonly allowAll: boolean;
  readonly denyAll: boolean;
  readonly allowed: readonly string[];
  readonly denied: readonly string[];
}

/** What a policy in force says. A dry run says nothing. */
export interface InForce {
  /** Set back to Google's default. */
  readonly reset: boolean;
  /** Rules of the levels above are kept. */
  readonly inherits: boolean;
  readonly rules: readonly ConstraintRule[];
}

/** Constraint without `constraints/`, for example `vertexai.allowedModels`; `undefined` when it cannot be told. */
export function constraintOf({ type, props }: Resource): string | undefined {
  if (type !== CURRENT) return textOf(props.constraint)?.replace(/^constraints\//, "");
  return /\/policies\/([^/]+)$/.exec(textOf(props.name) ?? "")?.[1];
}

/** What a policy puts in force; `undefined` when it only has a dry run, or nothing. */
export function inForce({ type, props }: Resource): InForce | undefined {
  if (type !== CURRENT) return olderInForce(props);
  const spec = blockOf(props.spec);
  if (spec === undefined) return undefined;
  const listed = Array.isArray(spec.rules) ? spec.rules : [];
  return {
    reset: isTrue(spec.reset),
    inherits: isTrue(spec.inheritFromParent),
    rules: listed.map((_, index) => {
      const rule = blockOf(listed[index]) ?? {};
      const values = blockOf(rule.values);
      return {
        path: `spec.rules.${index}`,
        enforce: isTrue(rule.enforce) ? true : isFalse(rule.enforce) ? false : undefined,
        allowAll: isTrue(rule.allowAll),
        denyAll: isTrue(rule.denyAll),
        allowed: textsOf(values?.allowedValues),
        denied: textsOf(values?.deniedValues),
      };
    }),
  };
}

function olderInForce(props: Resource["props"]): InForce {
  const list = blockOf(props.listPolicy);
  const [allow, deny] = [blockOf(list?.allow), blockOf(list?.deny)];
  const enforced = blockOf(props.booleanPolicy)?.enforced;
  const path = list === undefined ? "booleanPolicy" : "listPolicy";
  return {
    reset: blockOf(props.restorePolicy) !== undefined,
    inherits: isTrue(list?.inheritFromParent),
    rules:
      list === undefined && enforced === undefined
        ? []
        : [
            {
              path,
              enforce: enforced === undefined ? undefined : isTrue(enforced),
              allowAll: isTrue(allow?.all),
              denyAll: isTrue(deny?.all),
              allowed: textsOf(allow?.values),
              denied: textsOf(deny?.values),
            },
          ],
  };
}

function isTrue(value: unknown): boolean {
  return String(value).toLowerCase() === "true";
}

function isFalse(value: unknown): boolean {
  return String(value).toLowerCase() === "false";
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map((_, index) => String(value[index])) : [];
}

function blockOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
