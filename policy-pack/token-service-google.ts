import { judgeCloudRun } from "./cloud-run-services.ts";
import { textOf } from "./placement.ts";
import { type Finding, fail, type Resource, type RuleContext } from "./rule.ts";
import type { TokenServiceJudge } from "./token-service-judge.ts";
import { orNotProven } from "./unknown.ts";

type Judge = (resource: Resource, context: RuleContext) => readonly Finding[];

/** What must have one of a few values, and what that being otherwise means. */
interface Wanted {
  readonly property: string;
  readonly values: readonly string[];
  /** Google's own choice where the property is left out. */
  readonly absent: string;
  readonly otherwise: string;
}

const inClear = "what is kept passes in clear";
const anybody = "whoever reaches the store signs in";

/** Stores a token service may keep replay and revocation in, whatever their generation. */
const stores: Readonly<Record<string, readonly Wanted[]>> = {
  "gcp:memorystore/instance:Instance": [
    {
      property: "transitEncryptionMode",
      values: ["SERVER_AUTHENTICATION"],
      absent: "TRANSIT_ENCRYPTION_DISABLED",
      otherwise: inClear,
    },
    {
      property: "authorizationMode",
      values: ["IAM_AUTH", "TOKEN_AUTH"],
      absent: "AUTH_DISABLED",
      otherwise: anybody,
    },
  ],
  "gcp:redis/cluster:Cluster": [
    {
      property: "transitEncryptionMode",
      values: ["TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION"],
      absent: "TRANSIT_ENCRYPTION_MODE_DISABLED",
      otherwise: inClear,
    },
    {
      property: "authorizationMode",
      values: ["AUTH_MODE_IAM_AUTH"],
      absent: "AUTH_MODE_DISABLED",
      otherwise: anybody,
    },
  ],
  "gcp:redis/instance:Instance": [
    {
      property: "transitEncryptionMode",
      values: ["SERVER_AUTHENTICATION"],
      absent: "DISABLED",
      otherwise: inClear,
    },
    { property: "authEnabled", values: ["true"], absent: "false", otherwise: anybody },
  ],
};

/** Key inputs of the same stores. */
const storeKeys: Readonly<Record<string, string>> = {
  "gcp:memorystore/instance:Instance": "kmsKey",
  "gcp:redis/cluster:Cluster": "kmsKey",
  "gcp:redis/instance:Instance": "customerManagedKey",
};

const tlsPolicy: Wanted = {
  property: "minTlsVersion",
  values: ["TLS_1_2", "TLS_1_3"],
  absent: "TLS_1_0",
  otherwise: "it takes what is older than TLS 1.2",
};

/** Kinds of grant on a Cloud Run service, of both generations of the API. */
const GRANT = /^gcp:cloudrun(?:v2)?\/(?:service)?[iI]am(?:Member|Binding|Policy):\w+$/;
const EVERYBODY: ReadonlySet<string> = new Set(["allUsers", "allAuthenticatedUsers"]);

const judges: Readonly<Record<string, Judge>> = {
  "gcp:cloudrunv2/service:Service": judgeCloudRun,
  ...Object.fromEntries(Object.keys(stores).map((type) => [type, judgeStore])),
  "gcp:compute/regionSslPolicy:RegionSslPolicy": judgeTlsPolicy,
  "gcp:compute/sSLPolicy:SSLPolicy": judgeTlsPolicy,
};

export const tokenServiceAtGoogle: TokenServiceJudge = {
  appliesTo: (type) => Object.hasOwn(judges, type) || GRANT.test(type),
  judge: (resource, context) =>
    GRANT.test(resource.type)
      ? judgeGrant(resource)
      : (judges[resource.type]?.(resource, context) ?? []),
};

function judgeStore(resource: Resource): readonly Finding[] {
  const { type, props } = resource;
  const key = storeKeys[type] ?? "";
  return [
    ...(stores[type] ?? []).flatMap((wanted) => judgeWanted(resource, wanted)),
    ...orNotProven(() =>
      key === "" || textOf(props[key]) !== undefined
        ? []
        : [fail(`\`${key}\` is absent: what it writes to disk is under a key of Google's`)],
    ),
    ...orNotProven(() =>
      type === "gcp:memorystore/instance:Instance" && props.engineConfigs !== undefined
        ? judgeEviction(props.engineConfigs)
        : [],
    ),
  ];
}

/** A full store that forgets makes a revoked credential good again. */
function judgeEviction(configs: unknown): readonly Finding[] {
  if (typeof configs !== "object" || configs === null) return [];
  const policy = (configs as Readonly<Record<string, unknown>>)["maxmemory-policy"];
  return policy === undefined || policy === "noeviction"
    ? []
    : [
        fail(
          `\`engineConfigs.maxmemory-policy\` is ${policy}: a full store forgets who was revoked`,
        ),
      ];
}

function judgeTlsPolicy(resource: Resource): readonly Finding[] {
  return judgeWanted(resource, tlsPolicy);
}

function judgeWanted({ props }: Resource, wanted: Wanted): readonly Finding[] {
  const { property, values, absent, otherwise } = wanted;
  return orNotProven(() => {
    const value = props[property];
    if (value !== undefined && values.includes(String(value))) return [];
    const is = value ?? `absent (the default is ${absent})`;
    return [fail(`\`${property}\` is ${is}: ${otherwise}`)];
  });
}

function judgeGrant({ props }: Resource): readonly Finding[] {
  return [
    ...orNotProven(() => memberFindings("member", props.member)),
    ...orNotProven(() =>
      Array.isArray(props.members)
        ? Array.from({ length: props.members.length }, (_, index) => index).flatMap((index) =>
            orNotProven(() =>
              memberFindings(`members.${index}`, (props.members as readonly unknown[])[index]),
            ),
          )
        : [],
    ),
    ...orNotProven(() => {
      const [everybody] = /"all(?:Authenticated)?Users"/.exec(String(props.policyData)) ?? [];
      return everybody === undefined
        ? []
        : [fail(`\`policyData\` names ${everybody}: everybody may call the service`)];
    }),
  ];
}

function memberFindings(at: string, member: unknown): readonly Finding[] {
  return EVERYBODY.has(String(member))
    ? [fail(`\`${at}\` is ${member}: everybody may call the service`)]
    : [];
}
