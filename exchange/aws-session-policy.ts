import { roleOf } from "./aws-place.ts";
import { ExchangeError } from "./exchange.ts";

/** What of a route a session policy is written from. */
export interface PolicyRoute {
  readonly provider: "bedrock" | "mantle";
  readonly partition: "aws" | "aws-us-gov";
  readonly region: string;
  readonly roleArn: string;
  readonly models: readonly Model[];
}

interface Model {
  /** Profile id, application profile ARN or base model id, as a request names it. */
  readonly id: string;
  /** Base model behind a profile. */
  readonly modelId?: string | undefined;
}

interface Statement {
  readonly Effect: "Allow";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

/** Characters; what AWS packs it into has a limit of its own, which STS reports. */
const longestPolicy = 2048;

/** Neither a wildcard nor a policy variable: an id is a name, never a pattern. */
const plainId = /^[A-Za-z0-9][A-Za-z0-9.:_-]*$/;

/**
 * Session policy that leaves a session nothing but calls of these models. A session may do what its role *and*
 * this allow: it narrows whatever the role holds, and widens nothing
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session, 2026-11).
 *
 * The models behind profiles are named in any region: which regions a profile may use is written in the role, from
 * the catalogue, and does not fit in here. A profile that is not listed, such as a `global.` one, is refused by this
 * policy alone. Guardrails of the account stay usable, as a role may demand one.
 *
 * @param ids Some of the route's models; absent: all of them.
 * @throws ExchangeError `refused` that names every model no policy can be written for.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html for the length
 */
export function sessionPolicy(route: PolicyRoute, ids: readonly string[] | undefined): string {
  const problems = [...unknownIds(route, ids), ...modelProblems(route)];
  const models = route.models.filter(({ id }) => ids === undefined || ids.includes(id));
  if (problems.length === 0 && models.length === 0) problems.push("no model is left");
  if (problems.length > 0) throw refused(problems);
  const statements = route.provider === "mantle" ? mantle(route, models) : bedrock(route, models);
  const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  if (text.length > longestPolicy) {
    throw refused([
      `${models.length} models make ${text.length} characters, and AWS takes ${longestPolicy}: list fewer models, or spread them over two routes`,
    ]);
  }
  return text;
}

/** What would keep {@link sessionPolicy} from being written for the whole route; for a check at start. */
export function sessionPolicyProblem(route: PolicyRoute): string | undefined {
  try {
    sessionPolicy(route, undefined);
    return undefined;
  } catch (error) {
    if (error instanceof ExchangeError) return error.message;
    throw error;
  }
}

function bedrock(route: PolicyRoute, models: readonly Model[]): Statement[] {
  const place = `arn:${route.partition}:bedrock`;
  const { account } = roleOf(route.roleArn);
  const profiles = models.filter((model) => !isInRegion(model));
  const profileArns = profiles.map(({ id }) =>
    id.startsWith("arn:") ? id : `${place}:${route.region}:${account}:inference-profile/${id}`,
  );
  const behind = profiles.map(({ modelId }) => `${place}:*::foundation-model/${modelId}`);
  const inRegion = models
    .filter(isInRegion)
    .map(({ id }) => `${place}:${route.region}::foundation-model/${id}`);
  const lookUp: Statement = {
    Effect: "Allow",
    Action: "bedrock:GetInferenceProfile",
    Resource: profileArns,
  };
  return [
    {
      Effect: "Allow",
      Action: ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
      Resource: [...profileArns, ...new Set(behind), ...inRegion],
    },
    ...(profileArns.length === 0 ? [] : [lookUp]),
    {
      Effect: "Allow",
      Action: "bedrock:ApplyGuardrail",
      Resource: [`${place}:*:${account}:guardrail/*`, `${place}:*:${account}:guardrail-profile/*`],
    },
    bearer("bedrock"),
  ];
}

function mantle(route: PolicyRoute, models: readonly Model[]): Statement[] {
  const { account } = roleOf(route.roleArn);
  return [
    {
      Effect: "Allow",
      Action: "bedrock-mantle:CreateInference",
      Resource: `arn:${route.partition}:bedrock-mantle:${route.region}:${account}:project/*`,
      Condition: { StringEquals: { "bedrock-mantle:Model": models.map(({ id }) => id) } },
    },
    bearer("bedrock"),
    bearer("bedrock-mantle"),
  ];
}

/** The action has no resource type; the condition is what limits it. */
function bearer(service: "bedrock" | "bedrock-mantle"): Statement {
  return {
    Effect: "Allow",
    Action: `${service}:CallWithBearerToken`,
    Resource: "*",
    Condition: { StringEquals: { [`${service}:BearerTokenType`]: "SHORT_TERM" } },
  };
}

/** Called by its own name in the route's region, without a profile. */
function isInRegion({ id, modelId }: Model): boolean {
  return modelId === undefined || modelId === id;
}

function unknownIds(route: PolicyRoute, ids: readonly string[] | undefined): string[] {
  const known = new Set(route.models.map(({ id }) => id));
  return (ids ?? [])
    .filter((id) => !known.has(id))
    .map((id) => `${JSON.stringify(id)} is no model of the route`);
}

function modelProblems(route: PolicyRoute): string[] {
  return route.models.flatMap(({ id, modelId }) => {
    const named = JSON.stringify(id);
    if (modelId !== undefined && !plainId.test(modelId))
      return [`${named}: its modelId is no model id`];
    if (!id.startsWith("arn:")) {
      if (!plainId.test(id)) return [`${named} is neither a model id nor the ARN of a profile`];
      // An id with a geography in front is a profile's; on its own it would be taken for a model and match nothing.
      const base = route.provider === "bedrock" && modelId === undefined;
      return base && id.split(".").length > 2
        ? [`${named} is the id of a profile: say which modelId is behind it`]
        : [];
    }
    if (modelId === undefined)
      return [`${named} is a profile's ARN: say which modelId is behind it`];
    return isApplicationProfile(route, id)
      ? []
      : [`${named} is no application profile of the route's account and region`];
  });
}

function isApplicationProfile(route: PolicyRoute, arn: string): boolean {
  const { account } = roleOf(route.roleArn);
  const own = `arn:${route.partition}:bedrock:${route.region}:${account}:application-inference-profile/`;
  return (
    route.provider === "bedrock" && arn.startsWith(own) && /^[a-z0-9]+$/.test(arn.slice(own.length))
  );
}

function refused(problems: readonly string[]): ExchangeError {
  const message = `no session policy can be written: ${problems.join("; ")}`;
  return new ExchangeError("refused", "the route's configuration", message);
}
