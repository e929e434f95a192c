import { azurePlaceVerdict } from "../../residency/azure/resting-places.ts";
import type { Problem } from "../../residency/problem.ts";
import { verdict } from "../../residency/verdict.ts";
import { deploymentName } from "./deployment-template.ts";
import type { FoundryDeployment, FoundryResourceArgs } from "./foundry-route.ts";

/** Azure's rule for the name of a deployment. */
const nameForm = /^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$/;

/**
 * The verdict of every deployment, and what Azure would refuse about it. The region once where it is what is
 * wrong, the deployments where the region is fine. Pure.
 */
export function checkDeployments(args: FoundryResourceArgs): Problem[] {
  const { models } = args.route;
  if (models.length === 0) return [{ path: "models", reason: "empty; name at least one" }];
  const names = models.map(deploymentName);
  const shapes = models.flatMap((deployment, position) => [
    ...nameProblems(
      `models.${position}`,
      deployment,
      names.indexOf(names[position] ?? ""),
      position,
    ),
    ...capacityProblems(`models.${position}.capacity`, deployment.capacity),
  ]);
  const region = regionProblems(args);
  return [...(region.length > 0 ? region : verdicts(args)), ...shapes];
}

/** Where data rests is judged unless the zone accepts Azure anywhere. */
function regionProblems({ zone, route, today }: FoundryResourceArgs): Problem[] {
  if (zone.accepts?.includes("azure-anywhere") === true) return [];
  if (azurePlaceVerdict(zone, route.region).status === "inside") return [];
  const [first] = route.models;
  return first === undefined ? [] : judged("region", first, { zone, region: route.region, today });
}

function verdicts({ zone, route, today }: FoundryResourceArgs): Problem[] {
  return route.models.flatMap((deployment, position) =>
    judged(`models.${position}`, deployment, { zone, region: route.region, today }),
  );
}

function judged(
  path: string,
  { model, version, sku }: FoundryDeployment,
  asked: Pick<FoundryResourceArgs, "zone" | "today"> & { readonly region: string },
): Problem[] {
  const { status, reason, alternative } = verdict({
    ...asked,
    provider: "foundry",
    model,
    version,
    sku,
  });
  if (status === "inside") return [];
  const instead = alternative === undefined ? "" : `; use ${alternative}`;
  return [{ path, reason: `${status}: ${reason}${instead}` }];
}

function nameProblems(
  path: string,
  deployment: FoundryDeployment,
  first: number,
  position: number,
): Problem[] {
  const name = deploymentName(deployment);
  if (!nameForm.test(name)) {
    const reason = `"${name}" (${name.length} characters); a deployment's name has 2 to 64 letters, digits, dots, hyphens and underscores`;
    return [{ path: `${path}.name`, reason }];
  }
  // Gateways in front of Foundry tell the Anthropic surface by how the name begins.
  if (!name.startsWith("claude")) {
    return [{ path: `${path}.name`, reason: `"${name}"; begin it with claude` }];
  }
  if (first === position) return [];
  return [{ path: `${path}.name`, reason: `"${name}" is the name of models.${first} already` }];
}

function capacityProblems(path: string, capacity: number): Problem[] {
  if (Number.isInteger(capacity) && capacity >= 1) return [];
  return [{ path, reason: `${capacity}; need a whole number of thousands of tokens a minute` }];
}
