import { locationVerdict } from "../../residency/gcp/vertex-verdict.ts";
import type { Problem } from "../../residency/problem.ts";
import { verdict } from "../../residency/verdict.ts";
import { checkDesktop } from "./desktop-checks.ts";
import { checkGoogleProject } from "./google-project.ts";
import { checkDeployer } from "./iam/deployer-checks.ts";
import { checkGoogleGroup, checkPrincipalMember } from "./iam/member.ts";
import { checkWorkforce } from "./iam/workforce-checks.ts";
import { checkVertexLabel, vertexLabel } from "./names.ts";
import { checkPerimeter } from "./perimeter-checks.ts";
import { checkPrivatePath } from "./private-path-checks.ts";
import { checkStores } from "./store-checks.ts";
import { checkDataRegion } from "./store-place.ts";
import type { VertexProjectArgs } from "./vertex-route.ts";

/**
 * Everything wrong with a route, asked before anything is created. Pure; the verdict of every model is among
 * it, and anything but `inside` is a problem. Paths are those of the route in the stack file.
 */
export function checkVertexProject(args: VertexProjectArgs): Problem[] {
  const { zone, geography, organization, route } = args;
  const { organizationId, project, dataRegion, access, desktop, deployer } = route;
  return eachOnce([
    ...checkVertexLabel(vertexLabel(organization, geography, route.name)),
    ...checkGoogleProject("project", { settings: project, organizationId }),
    ...placeProblems(args),
    ...checkDataRegion({ zone, dataRegion }),
    ...checkPrivatePath(args),
    ...checkStores(args),
    ...accessProblems(args),
    ...checkDesktop(access, desktop),
    ...(deployer === undefined ? [] : checkDeployer("deployer", deployer)),
    ...checkPerimeter(args),
  ]);
}

/** The location once, for all models; the models where the location is fine. */
function placeProblems({ zone, route, today }: VertexProjectArgs): Problem[] {
  const { location, models } = route;
  const asked = { zone, provider: "vertex", region: location, today } as const;
  const there = locationVerdict(zone, location);
  const empty = { path: "models", reason: "empty; name at least one" };
  if (there.status !== "inside") {
    const { alternative } = verdict({ ...asked, model: models[0] ?? "" });
    const reason = `${there.status}: ${there.reason}${instead(alternative)}`;
    return [{ path: "location", reason }, ...(models.length === 0 ? [empty] : [])];
  }
  if (models.length === 0) return [empty];
  return models.flatMap((model, position) => {
    const path = `models.${position}`;
    if (models.indexOf(model) !== position) {
      return [{ path, reason: `"${model}" is listed twice` }];
    }
    const { status, reason, alternative } = verdict({ ...asked, model });
    return status === "inside"
      ? []
      : [{ path, reason: `${status}: ${reason}${instead(alternative)}` }];
  });
}

function instead(alternative: string | undefined): string {
  return alternative === undefined ? "" : `; use ${alternative}`;
}

function accessProblems({ geography, organization, route }: VertexProjectArgs): Problem[] {
  const { access, organizationId } = route;
  switch (access.kind) {
    case "workforce": {
      const label = vertexLabel(organization, geography, route.name);
      return checkWorkforce("access", { organizationId, label, settings: access });
    }
    case "google-group":
      return checkGoogleGroup("access.group", access.group);
    case "principal":
      return checkPrincipalMember("access.member", access.member);
  }
}

/**
 * Several parts judge the label or the location, and the first has said enough. Several need the organization:
 * there the last counts, since a new project alone could do with a folder.
 */
function eachOnce(problems: readonly Problem[]): Problem[] {
  const paths = problems.map(({ path }) => path);
  const once: Readonly<Record<string, number>> = {
    label: paths.indexOf("label"),
    location: paths.indexOf("location"),
    organizationId: paths.lastIndexOf("organizationId"),
  };
  return problems.filter(({ path }, position) =>
    Object.hasOwn(once, path) ? once[path] === position : true,
  );
}
