import type { Problem } from "../../../residency/problem.ts";
import { checkVertexLabel } from "../names.ts";
import type { WorkforceSettings } from "../vertex-route.ts";
import { textProblems } from "./check-values.ts";
import { isEntraIssuer, issuerProblems } from "./issuers.ts";
import { type WorkforceArgs, workforceCondition, workforceNames } from "./workforce-names.ts";

/** Claims that never change for a person; `sub` of OpenID Connect is never given to another one. */
const lastingClaims: readonly string[] = ["sub", "oid", "objectguid", "entryuuid"];

/** https://docs.cloud.google.com/iam/docs/reference/rest/v1/locations.workforcePools.providers (read 2026-11-21) */
const maxConditionLength = 4096;

/** Everything wrong with a workforce sign-in. Pure. `path` is where the settings are. */
export function checkWorkforce(path: string, args: WorkforceArgs): Problem[] {
  const { organizationId, label, settings } = args;
  const { issuer, clientId, tenantId, poolId } = settings;
  return [
    ...organizationProblems(organizationId),
    ...issuerProblems(path, issuer, tenantId),
    ...textProblems(`${path}.clientId`, clientId, "the desktop application's client id"),
    ...groupProblems(path, settings),
    ...subjectProblems(`${path}.subjectClaim`, settings),
    ...poolProblems(
      poolId === undefined ? "label" : `${path}.poolId`,
      workforceNames(label, settings).poolId,
    ),
    ...(poolId === undefined ? checkVertexLabel(label) : []),
    ...sessionProblems(`${path}.sessionSeconds`, settings.sessionSeconds),
  ];
}

function organizationProblems(organizationId: string | undefined): Problem[] {
  const path = "organizationId";
  if (organizationId === undefined) {
    const reason =
      "missing; workforce pools belong to an organization: give the Google Cloud organization's number";
    return [{ path, reason }];
  }
  return /^\d{6,20}$/.test(organizationId)
    ? []
    : [{ path, reason: `"${organizationId}" is not an organization's number, 6 to 20 digits` }];
}

function groupProblems(path: string, settings: WorkforceSettings): Problem[] {
  const { issuer, group, groupsClaim } = settings;
  const at = `${path}.group`;
  const claim =
    groupsClaim === undefined
      ? []
      : textProblems(`${path}.groupsClaim`, groupsClaim, "the claim that lists groups");
  const unfit = textProblems(at, group, "the one group that may use the route");
  if (unfit.length > 0) return [...unfit, ...claim];
  const problems = [...claim];
  if (group.includes("/")) {
    const reason = `"${group}" holds a slash, which separates the parts of IAM's names of groups; let the issuer send the group's plain name or id`;
    problems.push({ path: at, reason });
  }
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(group);
  if (isEntraIssuer(issuer) && groupsClaim === undefined && !isId) {
    const reason = `"${group}" is no object id, and those are what Entra ID lists in groups; a name could also be given to another group later`;
    problems.push({ path: at, reason });
  }
  const { length } = workforceCondition(settings);
  if (length > maxConditionLength) {
    const reason = `the condition made of it has ${length} characters; Google takes ${maxConditionLength}`;
    problems.push({ path: at, reason });
  }
  return problems;
}

function subjectProblems(path: string, { issuer, subjectClaim }: WorkforceSettings): Problem[] {
  if (subjectClaim === undefined) return [];
  const unfit = textProblems(path, subjectClaim, "a claim that never changes for a person");
  if (unfit.length > 0 || lastingClaims.includes(subjectClaim.toLowerCase())) return unfit;
  const instead = isEntraIssuer(issuer) ? "oid" : "sub";
  const reason = `"${subjectClaim}" may change for a person or pass to another, and with it what they may do; use ${instead}`;
  return [{ path, reason }];
}

/** https://docs.cloud.google.com/iam/docs/reference/rest/v1/locations.workforcePools/create (read 2026-11-21) */
function poolProblems(path: string, poolId: string): Problem[] {
  if (poolId.startsWith("gcp-")) {
    return [{ path, reason: `"${poolId}" begins with gcp-, which Google reserves` }];
  }
  return /^[a-z][a-z0-9-]{4,61}[a-z0-9]$/.test(poolId)
    ? []
    : [
        {
          path,
          reason: `"${poolId}" is no pool id: 6 to 63 lower-case letters, digits and hyphens, a letter first, no hyphen last`,
        },
      ];
}

function sessionProblems(path: string, seconds: number | undefined): Problem[] {
  if (seconds === undefined) return [];
  return Number.isInteger(seconds) && seconds >= 900 && seconds <= 43_200
    ? []
    : [{ path, reason: `${seconds} is not a whole number of seconds from 900 to 43200` }];
}
