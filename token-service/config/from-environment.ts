import { environmentReference } from "../../contract/environment-reference.ts";
import { isRecord } from "../../residency/is-record.ts";
import type { Problem } from "../../residency/problem.ts";

/** Longest value that is looked at; addresses and ARNs have a hundred or so. */
const longestValue = 1024;

/** A configuration with every reference replaced that could be, and why the others could not. */
export interface Taken {
  readonly given: unknown;
  readonly problems: readonly Problem[];
}

/**
 * Puts values of the environment where a configuration refers to them: the store's address and the keys' ARNs, and
 * nowhere else. What is put there is judged like what is written there. A value is never repeated: it may be a secret
 * somebody gave the wrong name.
 */
export function takeFromEnvironment(given: unknown, env: Readonly<NodeJS.ProcessEnv>): Taken {
  if (!isRecord(given)) return { given, problems: [] };
  const problems: Problem[] = [];
  const taken = (holder: unknown, field: string, path: string): unknown => {
    if (!isRecord(holder)) return holder;
    const reference = holder[field];
    if (!isRecord(reference)) return holder;
    const result = valueFor(reference, env);
    if ("value" in result) return { ...holder, [field]: result.value };
    problems.push({ path: `${path}.${field}`, reason: result.reason });
    return holder;
  };
  const { store, signingKeys } = given;
  return {
    given: {
      ...given,
      ...(isRecord(store) ? { store: taken(store, "url", "store") } : {}),
      ...(Array.isArray(signingKeys)
        ? {
            signingKeys: signingKeys.map((key: unknown, index) =>
              taken(key, "keyArn", `signingKeys[${index}]`),
            ),
          }
        : {}),
    },
    problems,
  };
}

function valueFor(
  given: unknown,
  env: Readonly<NodeJS.ProcessEnv>,
): { readonly value: string } | { readonly reason: string } {
  const parsed = environmentReference.safeParse(given);
  if (!parsed.success) {
    return { reason: "is neither a text nor { fromEnvironment: COWORK_..., like: FORM }" };
  }
  const { fromEnvironment, like } = parsed.data;
  const value = env[fromEnvironment];
  if (value === undefined || value === "") {
    return { reason: `comes from the variable ${fromEnvironment}, which is not set` };
  }
  return value.length <= longestValue && formOf(like).test(value)
    ? { value }
    : { reason: `comes from the variable ${fromEnvironment}, which is not of the form ${like}` };
}

/** `*` is letters, digits and hyphens: it reaches over no dot, slash, colon or `@`. */
function formOf(like: string): RegExp {
  const literal = like.split("*").map((part) => part.replaceAll(/[^A-Za-z0-9]/g, "\\$&"));
  return new RegExp(`^${literal.join("[A-Za-z0-9-]+")}$`);
}
