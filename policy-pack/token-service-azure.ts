import { azureKind, isAzure } from "./azure-types.ts";
import { textOf } from "./placement.ts";
import { type Finding, fail, type Resource, type RuleContext, undecidable } from "./rule.ts";
import { judgeContainerApp } from "./token-service-azure-app.ts";
import type { TokenServiceJudge } from "./token-service-judge.ts";
import { isUnknown, orNotProven } from "./unknown.ts";

type Judge = (resource: Resource, context: RuleContext) => readonly Finding[];

/** What must have one of a few values, and what that being otherwise means. */
interface Wanted {
  readonly property: string;
  readonly values: readonly string[];
  /** Azure's own choice where the property is left out; `undefined` where API versions disagree. */
  readonly absent: string | undefined;
  readonly otherwise: string;
}

/** Kind of the keys of a vault. */
const KEY = "keyvault/Key";

const anybody = "whoever has the key signs in, and it never ends";
const forgets = "a full store forgets who was revoked";
const fromOutside = "the internet reaches it";

/** By kind, whatever the version of the API. */
const wanted: Readonly<Record<string, readonly Wanted[]>> = {
  "redisenterprise/RedisEnterprise": [
    {
      property: "publicNetworkAccess",
      values: ["Disabled"],
      absent: "Enabled",
      otherwise: fromOutside,
    },
    {
      property: "minimumTlsVersion",
      values: ["1.2"],
      absent: "1.2",
      otherwise: "it takes what is older than TLS 1.2",
    },
  ],
  "redisenterprise/Database": [
    {
      property: "accessKeysAuthentication",
      values: ["Disabled"],
      absent: undefined,
      otherwise: anybody,
    },
    {
      property: "clientProtocol",
      values: ["Encrypted"],
      absent: "Encrypted",
      otherwise: "what is kept passes in clear",
    },
    {
      property: "evictionPolicy",
      values: ["NoEviction"],
      absent: "VolatileLRU",
      otherwise: forgets,
    },
  ],
  "redis/Redis": [
    {
      property: "publicNetworkAccess",
      values: ["Disabled"],
      absent: "Enabled",
      otherwise: fromOutside,
    },
    {
      property: "disableAccessKeyAuthentication",
      values: ["true"],
      absent: "false",
      otherwise: anybody,
    },
    {
      property: "enableNonSslPort",
      values: ["false"],
      absent: "false",
      otherwise: "what is kept passes in clear",
    },
    {
      property: "minimumTlsVersion",
      values: ["1.2"],
      absent: "1.0",
      otherwise: "it takes what is older than TLS 1.2",
    },
  ],
};

const judges: Readonly<Record<string, Judge>> = {
  "app/ContainerApp": judgeContainerApp,
  "app/ManagedEnvironment": judgeEnvironment,
  "redisenterprise/RedisEnterprise": (resource) => [
    ...judgeWanted(resource),
    ...judgeKey(resource),
  ],
  "redisenterprise/Database": judgeWanted,
  "redis/Redis": judgeWanted,
};

/** Whatever stands beside a way to a model is no way in from the internet, whoever wrote it. */
export const tokenServiceAtAzure: TokenServiceJudge = {
  appliesTo: (type) => isAzure(type) && Object.hasOwn(judges, azureKind(type)),
  judge: (resource, context) => judges[azureKind(resource.type)]?.(resource, context) ?? [],
};

/** @see https://learn.microsoft.com/azure/container-apps/networking (looked up 2026-11-21) */
function judgeEnvironment({ props }: Resource): readonly Finding[] {
  return [
    ...orNotProven(() => {
      const internal = fieldOf(props.vnetConfiguration, "internal");
      return internal === true
        ? []
        : [
            fail(
              `\`vnetConfiguration.internal\` is ${internal ?? "absent (the default is false)"}: its apps have a public address`,
            ),
          ];
    }),
    ...orNotProven(() =>
      props.publicNetworkAccess === undefined || props.publicNetworkAccess === "Disabled"
        ? []
        : [fail(`\`publicNetworkAccess\` is ${props.publicNetworkAccess}: ${fromOutside}`)],
    ),
    ...orNotProven(() => {
      const analytics = fieldOf(props.appLogsConfiguration, "logAnalyticsConfiguration");
      return fieldOf(analytics, "sharedKey") === undefined
        ? []
        : [
            fail(
              "`appLogsConfiguration.logAnalyticsConfiguration.sharedKey` is given: a key of the workspace rests in the state; use azure-monitor",
            ),
          ];
    }),
  ];
}

function judgeWanted(resource: Resource): readonly Finding[] {
  return (wanted[azureKind(resource.type)] ?? []).flatMap(
    ({ property, values, absent, otherwise }) =>
      orNotProven(() => {
        const value = resource.props[property] ?? absent;
        if (value === undefined) {
          return [undecidable(`\`${property}\` is absent: what Azure takes then is not known`)];
        }
        if (values.includes(String(value))) return [];
        const is =
          resource.props[property] === undefined ? `absent (the default is ${absent})` : value;
        return [fail(`\`${property}\` is ${is}: ${otherwise}`)];
      }),
  );
}

function judgeKey({ props, dependenciesOf }: Resource): readonly Finding[] {
  return orNotProven(() => {
    const key = fieldOf(props.encryption, "customerManagedKeyEncryption");
    if (key !== undefined && isUnknown(() => fieldOf(key, "keyEncryptionKeyUrl"))) {
      // The address of a version is known when the key is made; that this run makes it is known before.
      const made = dependenciesOf("encryption").some(({ type }) => azureKind(type) === KEY);
      if (made) return [];
    }
    return textOf(fieldOf(key, "keyEncryptionKeyUrl")) === undefined
      ? [
          fail(
            "`encryption.customerManagedKeyEncryption` is absent: what it writes to disk is under a key of Microsoft's",
          ),
        ]
      : [];
  });
}

function fieldOf(block: unknown, name: string): unknown {
  if (typeof block !== "object" || block === null) return undefined;
  return (block as Readonly<Record<string, unknown>>)[name];
}
