import type { Problem } from "../../residency/problem.ts";
import { verdict } from "../../residency/verdict.ts";
import { checkOidc, oidcTrust } from "./iam/oidc.ts";
import { checkPrincipal } from "./iam/principal.ts";
import {
  type MantleAccessArgs,
  mantleIdentityPolicy,
  mantleNetworkArgs,
  planMantle,
} from "./mantle-route.ts";
import { checkLabel } from "./names.ts";
import { checkBedrockNetwork } from "./network-checks.ts";
import { checkPlace } from "./place.ts";
import { sizeProblems } from "./policy-size.ts";
import { policyText } from "./policy-text.ts";
import { checkRetention } from "./retention.ts";

/**
 * Everything wrong with an in-region route, asked before anything is created. Pure; the verdict of every
 * model is among it, and anything but `inside` is a problem.
 */
export function checkMantleAccess(args: MantleAccessArgs): Problem[] {
  const { route } = args;
  const plan = planMantle(args);
  const { place, label, grant } = plan;
  const own = [...checkPlace(place), ...checkLabel(label)];
  const said = new Set([...own.map(({ path }) => path), "flowLogRetentionDays"]);
  const network = checkBedrockNetwork(mantleNetworkArgs(route, plan))
    .filter(({ path }) => !said.has(path))
    .map(({ path, reason }) => ({
      path: path.replace(/^source/, "network").replace(/^clientCidrs/, "network.clientCidrs"),
      reason,
    }));
  const { access, projectId } = route;
  const identity = mantleIdentityPolicy(grant);
  return [
    ...own,
    ...(own.some(({ path }) => path === "region") ? [] : modelProblems(args)),
    ...(/^[\w-]+$/.test(projectId)
      ? []
      : [{ path: "projectId", reason: `"${projectId}" is not a project id` }]),
    ...network,
    ...(access.kind === "oidc"
      ? [
          ...checkOidc("access", place, access),
          ...sizeProblems("trust policy", "access", policyText(oidcTrust(place, access))),
        ]
      : checkPrincipal("access", place, access)),
    ...checkRetention("logs.retentionDays", route.logs.retentionDays),
    ...sizeProblems("role inline policy", "models", identity),
    ...(access.permissionsBoundaryArn === undefined
      ? sizeProblems("permission boundary", "models", identity)
      : []),
  ];
}

function modelProblems({ zone, today, route }: MantleAccessArgs): Problem[] {
  const { models, region } = route;
  if (models.length === 0) return [{ path: "models", reason: "empty; name at least one" }];
  return models.flatMap((model, position) => {
    const path = `models.${position}`;
    if (models.indexOf(model) !== position) {
      return [{ path, reason: `"${model}" is listed twice` }];
    }
    const judged = verdict({ zone, provider: "mantle", region, model, today });
    if (judged.status === "inside") return [];
    const instead = judged.alternative === undefined ? "" : `; use ${judged.alternative}`;
    return [{ path, reason: `${judged.status}: ${judged.reason}${instead}` }];
  });
}
