import type { Problem } from "../../../residency/problem.ts";
import type { DeployerSettings } from "../vertex-route.ts";
import { issuerAddressProblems, textProblems } from "./check-values.ts";
import { gitlabIssuer } from "./deployer-trust.ts";

/**
 * Bytes of a federated subject.
 * https://docs.cloud.google.com/iam/docs/workload-identity-federation (read 2026-11-21)
 */
const maxSubjectBytes = 127;

/** Everything wrong with the CI that deploys. Pure. `path` is where the settings are. */
export function checkDeployer(path: string, settings: DeployerSettings): Problem[] {
  switch (settings.kind) {
    case "github":
      return [
        ...idProblems(`${path}.repositoryId`, settings.repositoryId, "GitHub's repository id"),
        ...idProblems(`${path}.repositoryOwnerId`, settings.repositoryOwnerId, "GitHub's owner id"),
        ...refProblems(`${path}.ref`, settings.ref),
        ...(settings.environment === undefined
          ? []
          : textProblems(`${path}.environment`, settings.environment, "the environment's name")),
      ];
    case "gitlab":
      return [
        ...gitlabProblems(`${path}.issuer`, settings.issuer),
        ...idProblems(`${path}.projectId`, settings.projectId, "GitLab's project id"),
        ...idProblems(`${path}.namespaceId`, settings.namespaceId, "GitLab's namespace id"),
        ...refProblems(`${path}.ref`, settings.ref),
      ];
    case "azure-devops":
      return [
        ...organizationProblems(`${path}.organizationId`, settings.organizationId),
        ...connectionProblems(`${path}.serviceConnection`, settings.serviceConnection),
      ];
  }
}

/** Numbers, because a name that was given up can be taken by somebody else. */
function idProblems(path: string, value: string | undefined, meaning: string): Problem[] {
  const missing = textProblems(path, value, meaning);
  if (missing.length > 0 || value === undefined) return missing;
  return /^[1-9]\d*$/.test(value)
    ? []
    : [{ path, reason: `"${value}" is not a number; give ${meaning}, as a name can change hands` }];
}

function refProblems(path: string, ref: string | undefined): Problem[] {
  if (ref === undefined) return [];
  const missing = textProblems(path, ref, "a ref such as refs/heads/main");
  if (missing.length > 0) return missing;
  return /^refs\/(heads|tags)\/\S+$/.test(ref)
    ? []
    : [
        {
          path,
          reason: `"${ref}" is no full ref; write refs/heads/BRANCH or refs/tags/TAG, as one name may be both`,
        },
      ];
}

function gitlabProblems(path: string, issuer: string | undefined): Problem[] {
  if (issuer === undefined) return [];
  const wrong = issuerAddressProblems(path, issuer);
  if (wrong.length > 0) return wrong;
  const host = URL.parse(issuer)?.hostname;
  return host === "gitlab.com" && issuer !== gitlabIssuer
    ? [{ path, reason: `"${issuer}" is not as tokens spell it; write "${gitlabIssuer}"` }]
    : [];
}

function organizationProblems(path: string, organizationId: string | undefined): Problem[] {
  const missing = textProblems(path, organizationId, "the Azure DevOps organization's id");
  if (missing.length > 0 || organizationId === undefined) return missing;
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(organizationId)
    ? []
    : [
        {
          path,
          reason: `"${organizationId}" is no organization id: a UUID in lower case, as tokens spell it`,
        },
      ];
}

function connectionProblems(path: string, connection: string | undefined): Problem[] {
  const missing = textProblems(path, connection, "sc://organization/project/service-connection");
  if (missing.length > 0 || connection === undefined) return missing;
  if (connection.startsWith("/eid1/")) {
    const reason = `"${connection}" is a subject of Entra ID's issuer, whose tokens this kit has no dated source for; give the subject under the Azure DevOps issuer, sc://organization/project/service-connection`;
    return [{ path, reason }];
  }
  if (!/^sc:\/\/[^/]+\/[^/]+\/[^/]+$/.test(connection)) {
    const reason = `"${connection}" is no service connection; write sc://organization/project/service-connection`;
    return [{ path, reason }];
  }
  const bytes = Buffer.byteLength(connection);
  return bytes <= maxSubjectBytes
    ? []
    : [{ path, reason: `has ${bytes} bytes; Google takes subjects of ${maxSubjectBytes}` }];
}
