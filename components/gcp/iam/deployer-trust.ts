import type { DeployerSettings } from "../vertex-route.ts";
import { celClaim, celEquals } from "./cel.ts";

/** What makes a token of a CI system the deployer's. */
export interface DeployerTrust {
  readonly issuer: string;
  /** Audiences instead of the provider's own name, where the CI system does not let a job choose. */
  readonly audiences?: readonly string[];
  readonly mapping: Readonly<Record<string, string>>;
  readonly condition: string;
  /** Scheme of the member that may act as the deployer, and its part behind the pool's name. */
  readonly member: {
    readonly scheme: "principal" | "principalSet";
    readonly tail: string;
  };
}

/** GitLab of the vendor's own making. */
export const gitlabIssuer = "https://gitlab.com";

/**
 * Which tokens are the deployer's. Ids that are never given to another: whoever takes over an abandoned name
 * of a repository or an organization gets nothing. Every claim must be there; one that is absent refuses.
 *
 * @see https://docs.github.com/actions/reference/security/oidc (read 2026-11-21)
 * @see https://docs.gitlab.com/ci/secrets/id_token_authentication (read 2026-11-21)
 */
export function deployerTrust(settings: DeployerSettings): DeployerTrust {
  switch (settings.kind) {
    case "github": {
      const { repositoryId, repositoryOwnerId, ref, environment } = settings;
      return pinned(
        "https://token.actions.githubusercontent.com",
        { repository_id: repositoryId, repository_owner_id: repositoryOwnerId },
        {
          ...(ref === undefined ? {} : { ref }),
          ...(environment === undefined ? {} : { environment }),
        },
      );
    }
    case "gitlab": {
      const { issuer = gitlabIssuer, projectId, namespaceId, ref } = settings;
      return pinned(
        issuer,
        { project_id: projectId, namespace_id: namespaceId },
        // `ref` is a bare name that a branch and a tag may share; the path says which it is.
        ref === undefined ? {} : { ref_path: ref },
      );
    }
    case "azure-devops":
      return azureDevOps(settings.organizationId, settings.serviceConnection);
  }
}

/** `ids` name the repository, first the one that grants hang on; `run` narrows which of its runs. */
function pinned(
  issuer: string,
  ids: Readonly<Record<string, string>>,
  run: Readonly<Record<string, string>>,
): DeployerTrust {
  const [[claim, id] = ["", ""]] = Object.entries(ids);
  const mapped = [...Object.keys(ids), ...Object.keys(run)];
  return {
    issuer,
    mapping: {
      "google.subject": celClaim("sub"),
      ...Object.fromEntries(mapped.map((name) => [`attribute.${name}`, celClaim(name)])),
    },
    condition: celEquals({ ...ids, ...run }),
    member: { scheme: "principalSet", tail: `attribute.${claim}/${id}` },
  };
}

/**
 * Tokens of a service connection. The issuer holds the organization's id; the subject is the only other claim
 * that says anything. Microsoft ends this issuer for connections to Entra ID's public cloud on 2027-07-01:
 * https://learn.microsoft.com/azure/devops/pipelines/release/convert-service-connections (read 2026-11-21).
 */
function azureDevOps(organizationId: string, serviceConnection: string): DeployerTrust {
  return {
    issuer: `https://vstoken.dev.azure.com/${organizationId}`,
    audiences: ["api://AzureADTokenExchange"],
    mapping: { "google.subject": celClaim("sub") },
    condition: celEquals({ sub: serviceConnection }),
    member: { scheme: "principal", tail: `subject/${serviceConnection}` },
  };
}
