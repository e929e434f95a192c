import { textOf } from "./placement.ts";
import { type Finding, fail, type Resource, type RuleContext, undecidable } from "./rule.ts";
import { judgeServiceConfig } from "./token-service-config.ts";
import { orNotProven } from "./unknown.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Variable a token service reads its configuration from; whatever has it or the next is one. */
const CONFIG = "COWORK_TOKEN_SERVICE_CONFIG";
/** Variable in which it says what it serves, while the one that configures it is not known yet. */
const SERVES = "COWORK_TOKEN_SERVICE_SERVES";
const PASSWORD = "COWORK_STORE_PASSWORD";

/**
 * A container app: one that is a token service is reached by TLS from named ranges, runs what was pinned as an identity
 * of its own, and holds no secret where it can be read.
 * @see https://learn.microsoft.com/azure/container-apps/ip-restrictions
 * @see https://learn.microsoft.com/azure/container-apps/manage-secrets (looked up 2026-11-21)
 */
export function judgeContainerApp({ props }: Resource, context: RuleContext): readonly Finding[] {
  const [template, unreadable] = fieldsOf(props, "template");
  if (template === undefined) {
    return unreadable.length > 0
      ? unreadable
      : [undecidable("`template` is absent: what runs is not seen")];
  }
  const containers = itemsOf(template, "containers");
  if (!containers.some(isTokenService)) return containers.flatMap(cannotBeSeen);
  const [configuration = {}, hidden] = fieldsOf(props, "configuration");
  return [
    ...judgeIdentity(props),
    ...hidden,
    ...(hidden.length > 0 ? [] : judgeIngress(configuration)),
    ...itemsOf(configuration, "secrets").flatMap(judgeSecret),
    ...containers.flatMap((container, index) => judgeContainer(container, index, context)),
  ];
}

/** An item of a list, or why it is not seen. */
type Item = { readonly fields: Fields; readonly hidden: readonly Finding[] };

/** A block of its holder; findings where it is not known yet. */
function fieldsOf(
  holder: Fields,
  name: string,
): readonly [fields: Fields | undefined, hidden: readonly Finding[]] {
  let fields: Fields | undefined;
  const hidden = orNotProven(() => {
    const value = holder[name];
    if (isFields(value)) fields = value;
    return [];
  });
  return [fields, hidden];
}

/** One that is not known yet has no fields anybody could read. */
function itemsOf(holder: Fields, name: string): readonly Item[] {
  const items: Item[] = [];
  const whole = orNotProven(() => {
    const list = holder[name];
    if (!Array.isArray(list)) return [];
    for (let index = 0; index < list.length; index += 1) {
      let fields: Fields = {};
      const hidden = orNotProven(() => {
        const one: unknown = list[index];
        if (isFields(one)) fields = one;
        return isFields(one) ? [] : [undecidable(`\`${name}.${index}\` is not an object`)];
      });
      items.push({ fields, hidden });
    }
    return [];
  });
  return whole.length === 0 ? items : [...items, { fields: {}, hidden: whole }];
}

function isTokenService({ fields }: Item): boolean {
  let serves = false;
  orNotProven(() => {
    serves = /(?:^|[/-])token-service(?:[:@]|$)/.test(textOf(fields.image) ?? "");
    return [];
  });
  return serves || [CONFIG, SERVES].some((name) => variableOf(fields, name) !== undefined);
}

function variableOf(container: Fields, wanted: string): Fields | undefined {
  return itemsOf(container, "env").find((one) => nameOf(one).name === wanted)?.fields;
}

function nameOf({ fields, hidden }: Item): {
  readonly name: string | undefined;
  readonly hidden: readonly Finding[];
} {
  let name: string | undefined;
  const unknown = orNotProven(() => {
    name = textOf(fields.name);
    return [];
  });
  return { name, hidden: [...hidden, ...unknown] };
}

/** Why it is not known whether a container is a token service; nothing when that is known. */
function cannotBeSeen(container: Item, index: number): readonly Finding[] {
  if (container.hidden.length > 0) return container.hidden;
  return itemsOf(container.fields, "env").flatMap((variable) =>
    nameOf(variable).hidden.map((finding) => ({
      ...finding,
      message: `container ${index + 1}: ${finding.message}`,
    })),
  );
}

function judgeIdentity(props: Resource["props"]): readonly Finding[] {
  return orNotProven(() => {
    const identity = isFields(props.identity) ? props.identity : {};
    const type = textOf(identity.type);
    const list = identity.userAssignedIdentities;
    const given = Array.isArray(list)
      ? list.length
      : Object.keys(isFields(list) ? list : {}).length;
    if (type === "UserAssigned" && given > 0) return [];
    const is = type ?? "absent";
    return [
      fail(
        type === "UserAssigned"
          ? "`identity.userAssignedIdentities` is empty: it signs in to nothing, or by a secret"
          : `\`identity.type\` is ${is}, not UserAssigned: what it may do does not hang on an identity that was chosen for it`,
      ),
    ];
  });
}

function judgeIngress(configuration: Fields): readonly Finding[] {
  const [ingress, hidden] = fieldsOf(configuration, "ingress");
  if (ingress === undefined) return hidden;
  return [
    ...orNotProven(() =>
      ingress.allowInsecure === true
        ? [fail("`configuration.ingress.allowInsecure` is true: tokens would pass in clear")]
        : [],
    ),
    ...orNotProven(() => {
      const at = "`configuration.ingress.ipSecurityRestrictions`";
      const rules = ingress.ipSecurityRestrictions;
      if (!Array.isArray(rules) || rules.length === 0) {
        return [fail(`${at} is ${rules === undefined ? "absent" : "empty"}: everybody gets in`)];
      }
      return rules.flatMap((_, index) =>
        orNotProven(() => {
          const rule: unknown = rules[index];
          const action = isFields(rule) ? textOf(rule.action) : undefined;
          const range = isFields(rule) ? textOf(rule.ipAddressRange) : undefined;
          if (action !== "Allow") {
            return [
              fail(`${at} holds ${action ?? "no action"}: everybody who is not named gets in`),
            ];
          }
          return range === "0.0.0.0/0" ? [fail(`${at} holds 0.0.0.0/0: everybody gets in`)] : [];
        }),
      );
    }),
  ];
}

/** A secret's own value rests in the stack's state; an address of a vault does not. */
function judgeSecret({ fields, hidden }: Item): readonly Finding[] {
  return [
    ...hidden,
    ...orNotProven(() =>
      fields.value === undefined
        ? []
        : [
            fail(
              `secret ${textOf(fields.name) ?? ""} is given as a \`value\`, not by \`keyVaultUrl\``,
            ),
          ],
    ),
  ];
}

function judgeContainer(
  { fields, hidden }: Item,
  index: number,
  context: RuleContext,
): readonly Finding[] {
  if (hidden.length > 0) return hidden;
  const at = `container ${index + 1}`;
  const password = variableOf(fields, PASSWORD);
  return [
    ...orNotProven(() => judgeImage(at, fields.image)),
    ...(isTokenService({ fields, hidden }) ? judgeConfiguration(at, fields, context) : []),
    ...(password === undefined
      ? []
      : orNotProven(() =>
          password.value === undefined
            ? []
            : [fail(`${at}: ${PASSWORD} stands in \`env\`, in clear`)],
        )),
  ];
}

/** The text itself counts wherever it is known, which it is at `up`: what it says it serves stands in until then. */
function judgeConfiguration(
  at: string,
  container: Fields,
  context: RuleContext,
): readonly Finding[] {
  let config: unknown;
  const hidden = orNotProven(() => {
    config = variableOf(container, CONFIG)?.value;
    return [];
  });
  if (hidden.length === 0) return orNotProven(() => judgeServiceConfig(at, config, context));
  return orNotProven(() => {
    const serves = textOf(variableOf(container, SERVES)?.value);
    return serves === undefined
      ? hidden
      : judgeServiceConfig(`${at}, by its variable ${SERVES}`, serves, context);
  });
}

function judgeImage(at: string, image: unknown): readonly Finding[] {
  const text = textOf(image);
  if (text === undefined) return [undecidable(`${at}: \`image\` is absent`)];
  return /@sha256:[0-9a-f]{64}$/.test(text)
    ? []
    : [fail(`${at}: \`image\` ${text} is not pinned by digest: another may run under its name`)];
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
