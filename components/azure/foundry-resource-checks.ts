import type { Problem } from "../../residency/problem.ts";
import { checkAttestation } from "./attestation-checks.ts";
import { checkCallerRole } from "./caller-role.ts";
import { checkRotation } from "./customer-key.ts";
import { checkDeployer } from "./deployer-trust.ts";
import { checkDeployments } from "./deployment-checks.ts";
import { checkDesktopApplication } from "./entra-application-plan.ts";
import type { FoundryResourceArgs } from "./foundry-route.ts";
import { applicationArgs } from "./foundry-sign-in.ts";
import { checkFoundryNames } from "./names.ts";
import { checkPrivateAccess } from "./private-access-checks.ts";
import { checkLogRetention } from "./route-logs.ts";

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Everything wrong with a route, asked before anything is created. Pure; the verdict of every deployment is
 * among it, and anything but `inside` is a problem. Paths are those of the route in the stack file.
 */
export function checkFoundryResource(args: FoundryResourceArgs): Problem[] {
  const { route, today } = args;
  return [
    ...checkFoundryNames(args),
    ...idProblems("subscriptionId", route.subscriptionId),
    ...idProblems("tenantId", route.tenantId),
    ...checkDeployments(args),
    ...checkAttestation(route.attestation, today),
    ...checkPrivateAccess(route),
    ...checkCallerRole(route),
    ...applicationProblems(args),
    ...checkRotation("keys.rotationDays", route.keys.rotationDays),
    ...checkLogRetention("logs.retentionDays", route.logs.retentionDays),
    ...(route.deployer === undefined ? [] : checkDeployer("deployer", route.deployer)),
  ];
}

function idProblems(path: string, id: string): Problem[] {
  if (guid.test(id)) return [];
  return [{ path, reason: `"${id}" is no GUID` }];
}

/** The application is told things that are judged above already: those are said once. */
function applicationProblems(args: FoundryResourceArgs): Problem[] {
  const { application } = args.route;
  if (application.kind === "existing") {
    return idProblems("application.clientId", application.clientId);
  }
  return checkDesktopApplication(applicationArgs(args, application))
    .filter(({ path }) => path !== "tenantId" && path !== "groupObjectId")
    .map(({ path, reason }) => ({ path: `application.${path}`, reason }));
}
