import { judgeContainers } from "./ecs-containers.ts";
import { type Finding, fail, type Resource, type RuleContext, undecidable } from "./rule.ts";
import type { TokenServiceJudge } from "./token-service-judge.ts";
import { orNotProven } from "./unknown.ts";

type Judge = (resource: Resource, context: RuleContext) => readonly Finding[];

/**
 * The same for every stack a zone is mapped to, whoever wrote it: what stands beside a way to a model is no way in
 * from the internet. What only a token service has to be is in `ecs-containers.ts`.
 */
const judges: Readonly<Record<string, Judge>> = {
  ...forTypes(["lb", "alb", "elasticloadbalancingv2", "applicationloadbalancing"], {
    "loadBalancer:LoadBalancer": judgeLoadBalancer,
    "listener:Listener": judgeListener,
  }),
  ...forTypes(["elb", "elasticloadbalancing"], {
    "loadBalancer:LoadBalancer": judgeLoadBalancer,
  }),
  "aws:ecs/service:Service": judgeService,
  "aws:ecs/taskSet:TaskSet": judgeService,
  "aws:ecs/taskDefinition:TaskDefinition": judgeContainers,
  "aws:ecs/expressGatewayService:ExpressGatewayService": () => [
    undecidable("makes tasks and a load balancer that are not part of the stack"),
  ],
  "aws:memorydb/cluster:Cluster": judgeMemoryDb,
  "aws:memorydb/user:User": judgeUser,
  "aws:memorydb/parameterGroup:ParameterGroup": judgeParameters,
  "aws:elasticache/replicationGroup:ReplicationGroup": (resource) => [
    ...mustBeOn(resource, "transitEncryptionEnabled", false),
    ...mustBeOn(resource, "atRestEncryptionEnabled", false),
  ],
  "aws:elasticache/cluster:Cluster": judgeCacheCluster,
};

export const tokenServiceAtAws: TokenServiceJudge = {
  appliesTo: (type) => Object.hasOwn(judges, type),
  judge: (resource, context) => judges[resource.type]?.(resource, context) ?? [],
};

/** The same resource under each of its module's names, old ones included. */
function forTypes(
  modules: readonly string[],
  byClass: Readonly<Record<string, Judge>>,
): Readonly<Record<string, Judge>> {
  return Object.fromEntries(
    modules.flatMap((module) =>
      Object.entries(byClass).map(([name, judge]) => [`aws:${module}/${name}`, judge] as const),
    ),
  );
}

function judgeLoadBalancer({ props }: Resource): readonly Finding[] {
  return orNotProven(() => {
    // A gateway load balancer has no address of its own.
    if (props.loadBalancerType === "gateway" || isTrue(props.internal)) return [];
    const value = props.internal === undefined ? "absent (the default is false)" : props.internal;
    return [fail(`\`internal\` is ${value}: the load balancer is open to the internet`)];
  });
}

/**
 * Policies whose oldest protocol is TLS 1.2.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html (looked up 2026-11-21)
 */
const CURRENT_TLS =
  /^ELBSecurityPolicy-(?:TLS13-1-[23]-|TLS-1-2-|FS-1-2-)|^ELBSecurityPolicy-TLS13-1-[23]$/;

function judgeListener({ props }: Resource): readonly Finding[] {
  return [
    ...orNotProven(() => {
      const { protocol } = props;
      if (protocol === undefined && props.port === undefined) return [];
      const plain = protocol === undefined || protocol === "HTTP";
      if (plain) return onlyRedirects(props.defaultActions) ? [] : [fail(sentInClear(protocol))];
      if (protocol !== "HTTPS" && protocol !== "TLS") return [];
      const { sslPolicy } = props;
      if (sslPolicy === undefined) {
        return [fail("`sslPolicy` is absent: the default takes TLS 1.0")];
      }
      return typeof sslPolicy === "string" && CURRENT_TLS.test(sslPolicy)
        ? []
        : [fail(`\`sslPolicy\` is ${sslPolicy}: it takes what is older than TLS 1.2`)];
    }),
    ...orNotProven(() => {
      const mutual = fieldOf(props.mutualAuthentication, "ignoreClientCertificateExpiry");
      return isTrue(mutual)
        ? [
            fail(
              "`mutualAuthentication.ignoreClientCertificateExpiry` is true: certificates that ended still sign in",
            ),
          ]
        : [];
    }),
  ];
}

const sentInClear = (protocol: unknown) =>
  `\`protocol\` is ${protocol ?? "absent (the default is HTTP)"}: tokens would pass in clear`;

function onlyRedirects(actions: unknown): boolean {
  return (
    Array.isArray(actions) &&
    actions.length > 0 &&
    actions.every((action: unknown) => fieldOf(action, "type") === "redirect")
  );
}

function judgeService({ props }: Resource): readonly Finding[] {
  return [
    ...orNotProven(() =>
      isTrue(fieldOf(props.networkConfiguration, "assignPublicIp"))
        ? [fail("`networkConfiguration.assignPublicIp` is true: the tasks have public addresses")]
        : [],
    ),
    ...orNotProven(() =>
      isTrue(props.enableExecuteCommand)
        ? [
            fail(
              "`enableExecuteCommand` is true: whoever may run commands in a task acts as its role",
            ),
          ]
        : [],
    ),
  ];
}

function judgeMemoryDb(resource: Resource): readonly Finding[] {
  const { props } = resource;
  return [
    ...mustBeOn(resource, "tlsEnabled", true),
    ...orNotProven(() =>
      props.aclName === "open-access"
        ? [fail("`aclName` is open-access: whoever reaches the store needs no password")]
        : [],
    ),
    ...orNotProven(() =>
      props.multiRegionClusterName === undefined
        ? []
        : [undecidable("`multiRegionClusterName` copies the store to regions this does not say")],
    ),
  ];
}

function judgeUser({ props }: Resource): readonly Finding[] {
  return orNotProven(() => {
    const type = fieldOf(props.authenticationMode, "type");
    if (type === undefined) {
      return [undecidable("`authenticationMode.type` is absent: how it signs in cannot be seen")];
    }
    return type === "no-password-required"
      ? [fail(`\`authenticationMode.type\` is ${type}: whoever reaches the store signs in`)]
      : [];
  });
}

/**
 * A store that makes room for itself forgets revocations. A group that says nothing of it leaves the engine's default;
 * the service asks for that itself, and uses no store that evicts.
 */
function judgeParameters({ props }: Resource): readonly Finding[] {
  return orNotProven(() => {
    const given: unknown = props.parameters;
    if (!Array.isArray(given)) return [];
    const evictions = given
      .filter((one: unknown) => fieldOf(one, "name") === "maxmemory-policy")
      .map((one: unknown) => fieldOf(one, "value"));
    return evictions
      .filter((value) => value !== "noeviction")
      .map((value) =>
        fail(`\`maxmemory-policy\` is ${value}: a full store would forget revocations`),
      );
  });
}

/** Memcached cannot hold what a token service keeps; TLS is asked of it all the same. */
function judgeCacheCluster(resource: Resource): readonly Finding[] {
  return orNotProven(() =>
    // Part of a replication group, which is judged where it is declared.
    resource.props.replicationGroupId === undefined
      ? mustBeOn(resource, "transitEncryptionEnabled", false)
      : [],
  );
}

function mustBeOn(
  { props }: Resource,
  property: string,
  absentMeansOn: boolean,
): readonly Finding[] {
  return orNotProven(() => {
    const value = props[property];
    if (isTrue(value) || (value === undefined && absentMeansOn)) return [];
    return [fail(`\`${property}\` is ${value ?? "absent (the default is false)"}, not true`)];
  });
}

/** Inputs reach a pack as written, and a program may write the word. */
function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

/** A field of a block, which some inputs hold in a list of one. */
function fieldOf(block: unknown, name: string): unknown {
  const one: unknown = Array.isArray(block) ? block[0] : block;
  if (typeof one !== "object" || one === null) return undefined;
  return (one as Readonly<Record<string, unknown>>)[name];
}
