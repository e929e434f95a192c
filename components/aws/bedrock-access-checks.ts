import { mantleRegions, modelIdOf } from "../../residency/bedrock.ts";
import type { Problem } from "../../residency/problem.ts";
import { recordOn } from "../../residency/profile-sources.ts";
import { verdict } from "../../residency/verdict.ts";
import { endpointPolicies } from "./bedrock-endpoint-policies.ts";
import { type BedrockAccessArgs, planRoute, type RoutePlan } from "./bedrock-route.ts";
import { type Grant, identityPolicy } from "./bedrock-statements.ts";
import { checkGuardrail } from "./guardrail.ts";
import { checkIdentityCenter } from "./iam/identity-center.ts";
import { checkOidc, oidcTrust } from "./iam/oidc.ts";
import { checkPrincipal } from "./iam/principal.ts";
import { rolesAnywhereTrust } from "./iam/roles-anywhere.ts";
import { checkRolesAnywhere } from "./iam/roles-anywhere-checks.ts";
import { checkModelAccess } from "./model-access.ts";
import { checkLabel } from "./names.ts";
import { checkBedrockNetwork } from "./network-checks.ts";
import { checkPlace } from "./place.ts";
import { sizeProblems } from "./policy-size.ts";
import { policyText } from "./policy-text.ts";
import { checkRetention } from "./retention.ts";
import { networkArgs } from "./route-network.ts";
import { checkTeamProfiles } from "./team-profiles.ts";

/** Which credential kinds can work with which sign-in. */
const desktopKinds: Readonly<Record<string, readonly string[]>> = {
  "identity-center": ["interactive"],
  oidc: ["helper-script", "vendor-profile"],
  "roles-anywhere": ["vendor-profile"],
  principal: ["helper-script"],
};

/**
 * Everything wrong with a route, asked before anything is created. Pure; the verdict of every model is
 * among it, and anything but `inside` is a problem.
 */
export function checkBedrockAccess(args: BedrockAccessArgs): Problem[] {
  const { route, today } = args;
  const plan = planRoute(args);
  const { place, label } = plan;
  const own = [...checkPlace(place), ...checkLabel(label)];
  const known = new Set(own.map(({ path }) => path));
  // The parts check place and label again; those are already said.
  const part = (path: string, problems: readonly Problem[]) =>
    problems
      .filter((problem) => !known.has(problem.path))
      .map((problem) => ({ path: `${path}.${problem.path}`, reason: problem.reason }));
  return [
    ...own,
    ...modelProblems(args),
    ...networkProblems(args, plan).filter(({ path }) => !known.has(path)),
    ...accessProblems(args, plan),
    ...checkRetention("logs.retentionDays", route.logs.retentionDays),
    ...mantleProblems(args),
    ...(route.applicationProfiles
      ? part(
          "applicationProfiles",
          checkTeamProfiles({
            place,
            label,
            teams: route.applicationProfiles.teams,
            profileIds: route.models,
            today,
          }),
        ).filter(({ path }) => path !== "applicationProfiles.profileIds")
      : []),
    ...recordProblems(args),
    ...(route.guardrail
      ? part("guardrail", checkGuardrail({ place, label, today, ...route.guardrail }))
      : []),
    ...(route.modelAccess
      ? part(
          "modelAccess",
          checkModelAccess({ place, today, modelIds: modelIds(plan.grant), ...route.modelAccess }),
        )
      : []),
    ...policySizeProblems(args, plan),
  ];
}

/** Base models of a grant, each once. */
export function modelIds(grant: Grant): string[] {
  return [...new Set(grant.profiles.map(({ modelId }) => modelId))];
}

function modelProblems({ zone, today, route }: BedrockAccessArgs): Problem[] {
  if (route.models.length === 0) return [{ path: "models", reason: "empty; name at least one" }];
  return route.models.flatMap((model, position) => {
    const path = `models.${position}`;
    if (route.models.indexOf(model) !== position) {
      return [{ path, reason: `"${model}" is listed twice` }];
    }
    const judged = verdict({ zone, provider: "bedrock", region: route.region, model, today });
    if (judged.status !== "inside") {
      const instead = judged.alternative === undefined ? "" : `; use ${judged.alternative}`;
      return [{ path, reason: `${judged.status}: ${judged.reason}${instead}` }];
    }
    return modelIdOf(model) === undefined
      ? [
          {
            path,
            reason: `"${model}" is no profile id; write the id, for example after "inference-profile/"`,
          },
        ]
      : [];
  });
}

/** A grant nobody recorded anything for would be refused resource by resource: say it once, before. */
function recordProblems(args: BedrockAccessArgs): Problem[] {
  const { route, zone, today, profileSources = {} } = args;
  if (!route.applicationProfiles?.grant) return [];
  const prefix = `arn:${zone.awsPartition}:bedrock:${route.region}:${route.accountId}:application-inference-profile/`;
  const path = "applicationProfiles.grant";
  const here = Object.keys(profileSources).filter((arn) => arn.startsWith(prefix));
  const counted = here.map((arn) => recordOn(profileSources, arn, today));
  if (counted.some((one) => "record" in one)) return [];
  const reasons = counted.flatMap((one) => ("reason" in one ? [one.reason] : []));
  if (reasons.length > 0) return reasons.map((reason) => ({ path, reason }));
  const reason = `the compliance file records no application profile of account ${route.accountId} in ${route.region}; run up without grant first, then have compliance record the ARNs`;
  return [{ path, reason }];
}

function accessProblems(
  { route, today }: BedrockAccessArgs,
  { place, roleName }: RoutePlan,
): Problem[] {
  const { access, desktop } = route;
  const fitting = desktopKinds[access.kind] ?? [];
  const problems: Problem[] = fitting.includes(desktop.kind)
    ? []
    : [
        {
          path: "desktop.kind",
          reason: `"${desktop.kind}" cannot work with access "${access.kind}"; use ${fitting.join(" or ")}`,
        },
      ];
  switch (access.kind) {
    case "identity-center":
      if (access.permissionSetName === undefined && roleName.length > 32) {
        const reason = `missing; the name it would get, "${roleName}", is longer than the 32 characters AWS accepts`;
        problems.push({ path: "access.permissionSetName", reason });
      }
      return [...problems, ...checkIdentityCenter("access", place, access)];
    case "oidc":
      return [...problems, ...checkOidc("access", place, access)];
    case "roles-anywhere":
      return [...problems, ...checkRolesAnywhere("access", place, access, today)];
    case "principal":
      return [...problems, ...checkPrincipal("access", place, access)];
  }
}

/** The network component's problems, at the places where a route's settings hold the values. */
function networkProblems({ route }: BedrockAccessArgs, plan: RoutePlan): Problem[] {
  const policies = endpointPolicies(plan.grant, plan.scope);
  return (
    checkBedrockNetwork(networkArgs(route, plan, policies))
      // The same retention is checked as logs.retentionDays.
      .filter(({ path }) => path !== "flowLogRetentionDays")
      .map(({ path, reason }) => ({
        path: path.replace(/^source/, "network").replace(/^clientCidrs/, "network.clientCidrs"),
        reason,
      }))
  );
}

function mantleProblems({ route, zone, today }: BedrockAccessArgs): Problem[] {
  if (route.mantle === undefined) return [];
  const { models, projectId } = route.mantle;
  const problems: Problem[] = [];
  if (models.length === 0)
    problems.push({ path: "mantle.models", reason: "empty; name at least one" });
  if (!/^[\w-]+$/.test(projectId)) {
    problems.push({ path: "mantle.projectId", reason: `"${projectId}" is not a project id` });
  }
  for (const [position, model] of models.entries()) {
    const path = `mantle.models.${position}`;
    const arn = `arn:${zone.awsPartition}:bedrock:${route.region}::foundation-model/${model}`;
    const judged = verdict({ zone, provider: "bedrock", region: route.region, model: arn, today });
    if (judged.status !== "inside") {
      problems.push({ path, reason: `${judged.status}: ${judged.reason}` });
    } else if (!mantleRegions(model).includes(route.region)) {
      const served = mantleRegions(model).join(", ") || "no region";
      problems.push({
        path,
        reason: `${model} is served in-region in ${served}, not in ${route.region}`,
      });
    }
  }
  return problems;
}

/** As long as the documents will be: an application profile's ARN is longer than what it stands for. */
function longest(
  { grant, place }: RoutePlan,
  profiles: BedrockAccessArgs["route"]["applicationProfiles"],
): Grant {
  if (!profiles?.grant) return grant;
  const arn = `arn:${place.zone.awsPartition}:bedrock:${place.region}:${place.accountId}:application-inference-profile/123456789012`;
  return {
    ...grant,
    profiles: profiles.teams.flatMap(() => grant.profiles.map((p) => ({ ...p, arn }))),
  };
}

function policySizeProblems({ route }: BedrockAccessArgs, plan: RoutePlan): Problem[] {
  const grant = longest(plan, route.applicationProfiles);
  const identity = identityPolicy(grant);
  const policies = Object.values(endpointPolicies(grant, plan.scope));
  const { access } = route;
  return [
    ...(access.kind === "identity-center"
      ? sizeProblems("permission set inline policy", "models", identity)
      : sizeProblems("role inline policy", "models", identity)),
    ...(access.kind !== "identity-center" && access.permissionsBoundaryArn === undefined
      ? sizeProblems("permission boundary", "models", identity)
      : []),
    ...(access.kind === "oidc"
      ? sizeProblems("trust policy", "access", policyText(oidcTrust(plan.place, access)))
      : []),
    ...(access.kind === "roles-anywhere"
      ? sizeProblems("trust policy", "access", policyText(rolesAnywhereTrust(plan.place, access)))
      : []),
    ...policies.flatMap((text) => sizeProblems("endpoint policy", "models", text)),
  ];
}
