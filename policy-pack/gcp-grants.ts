import { type Member, memberOf } from "./gcp-members.ts";
import { type GrantedRole, roleOf } from "./gcp-roles.ts";
import { readersOf } from "./lists.ts";
import { textOf } from "./placement.ts";
import { type Finding, type Resource, type RuleContext, undecidable } from "./rule.ts";
import { orNotProven } from "./unknown.ts";

const GRANT = /^gcp:.+:\w*(?:IAM|Iam)(Member|Binding|Policy)$/;

/** Whether a type grants roles, on whatever resource: members, bindings and whole policies. */
export function isGrant(type: string): boolean {
  return GRANT.test(type);
}

/** One member who is given one role. */
export interface Given {
  readonly role: GrantedRole;
  readonly member: Member;
  /** The member as the program names it, and where. */
  readonly words: string;
}

/**
 * Judges each member of each role a resource grants. Members are read only of roles that `matters`, and each
 * by itself, so that one which is not known yet hides none of the others.
 */
export function judgeGrants(
  resource: Resource,
  context: RuleContext,
  matters: (role: GrantedRole) => boolean,
  judge: (given: Given) => readonly Finding[],
): readonly Finding[] {
  const { props } = resource;
  const kind = GRANT.exec(resource.type)?.[1];
  if (kind === "Policy") return orNotProven(() => judgePolicy());
  return orNotProven(() => judgeOne(() => props.role, props, kind === "Member", ""));

  function judgePolicy(): readonly Finding[] {
    const bindings = bindingsIn(props.policyData);
    if ("problem" in bindings) return [undecidable(`\`policyData\` ${bindings.problem}`)];
    return bindings.list.flatMap((binding, index) =>
      judgeOne(() => binding.role, binding, false, `policyData.bindings.${index}.`),
    );
  }

  function judgeOne(
    read: () => unknown,
    holder: Readonly<Record<string, unknown>>,
    single: boolean,
    path: string,
  ): readonly Finding[] {
    const role = roleOf(resource, read, context);
    if (role.kind === "unreadable") {
      return [undecidable(`\`${path}role\` "${role.name}" is no role this rule can read`)];
    }
    if (!matters(role)) return [];
    if (single) return judgeMember(role, () => holder.member, `${path}member`);
    const { members } = holder;
    if (!Array.isArray(members)) return [undecidable(`\`${path}members\` is no list`)];
    return readersOf(members).flatMap((read, index) =>
      judgeMember(role, read, `${path}members.${index}`),
    );
  }

  function judgeMember(role: GrantedRole, read: () => unknown, path: string): readonly Finding[] {
    return orNotProven(() => {
      const text = textOf(read());
      if (text === undefined) return [undecidable(`\`${path}\` is absent`)];
      return judge({ role, member: memberOf(text), words: `\`${path}\` "${text}"` });
    });
  }
}

/**
 * Names of https://docs.cloud.google.com/bigquery/docs/reference/auditlogs/rest/Shared.Types/Policy (read 2026-11-21).
 * The provider reads the text in Go, which takes `Bindings` for `bindings`: https://github.com/golang/go/issues/28190.
 */
const POLICY_KEYS: ReadonlySet<string> = new Set(["bindings", "auditConfigs", "etag", "version"]);
const BINDING_KEYS: ReadonlySet<string> = new Set(["role", "members", "condition"]);

type Bindings =
  | { readonly list: readonly Readonly<Record<string, unknown>>[] }
  | { readonly problem: string };

function bindingsIn(policyData: unknown): Bindings {
  if (typeof policyData !== "string") return { problem: "is absent" };
  let data: unknown;
  try {
    data = JSON.parse(policyData);
  } catch {
    return { problem: "is not JSON" };
  }
  const bindings = (data as { bindings?: unknown } | null)?.bindings ?? [];
  if (!Array.isArray(bindings) || !bindings.every((b) => typeof b === "object" && b !== null)) {
    return { problem: "holds no list of bindings" };
  }
  const strange = [
    ...Object.keys(data ?? {}).filter((key) => !POLICY_KEYS.has(key)),
    ...bindings.flatMap((binding) => Object.keys(binding)).filter((key) => !BINDING_KEYS.has(key)),
  ];
  return strange.length === 0
    ? { list: bindings }
    : { problem: `holds "${strange.join('", "')}", which the provider may take for another name` };
}
