import type { Problem } from "../shared/input-check.ts";
import type { FoundryDeployer } from "./foundry-route.ts";

/** Characters of an issuer or a subject. https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust (read 2026-11-21) */
const maxCharacters = 600;

/** What the subject of one CI system looks like when it cannot be taken over. */
interface TrustedIssuer {
  readonly issuer: RegExp;
  readonly subject: RegExp;
  /** How to write it, with the page that says so. */
  readonly form: string;
}

const gitlabForm =
  "project_id:ID:ref_type:branch:ref:NAME, after setting ci_id_token_sub_claim_components of the project to project_id, ref_type, ref (https://docs.gitlab.com/ci/secrets/id_token_authentication)";

/**
 * Entra ID compares a subject letter for letter and looks at no other claim, so everything hangs on it: it holds
 * ids that are never given to another, and one branch, tag or environment.
 *
 * @see https://learn.microsoft.com/entra/workload-id/workload-identities-github-immutable-subjects (read 2026-11-21)
 * @see https://docs.gitlab.com/ci/secrets/id_token_authentication (read 2026-11-21)
 * @see https://learn.microsoft.com/azure/devops/pipelines/release/troubleshoot-workload-identity (read 2026-11-21)
 */
const trusted: readonly TrustedIssuer[] = [
  {
    issuer: /^https:\/\/token\.actions\.(githubusercontent\.com(\/[\w-]+)?|[a-z0-9-]+\.ghe\.com)$/,
    subject:
      /^repo:[\w.-]+@[1-9]\d*\/[\w.-]+@[1-9]\d*:(ref:refs\/(heads|tags)\/[^\s:]+|environment:[^\s:]+)$/,
    form: "repo:OWNER@OWNER_ID/REPOSITORY@REPOSITORY_ID:ref:refs/heads/BRANCH or ...:environment:NAME, after switching immutable subjects on for the repository (https://docs.github.com/actions/reference/security/oidc)",
  },
  {
    issuer: /^https:\/\/login\.microsoftonline\.com\/[0-9a-f-]{36}\/v2\.0$/,
    // The ids at the end name organization and connection; what stands before them is Entra's own.
    subject: /^\/eid1\/[\w/-]+\/sc\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/,
    form: "/eid1/.../sc/ORGANIZATION_ID/CONNECTION_ID, as the service connection of Azure DevOps shows it",
  },
  {
    issuer: /^https:\/\/gitlab\.com$/,
    subject: /^project_id:[1-9]\d*:ref_type:(branch|tag):ref:[^\s:]+$/,
    form: gitlabForm,
  },
];

/** Any other https host is taken for a GitLab of one's own. */
const ownGitlab: TrustedIssuer = {
  issuer: /^https:\/\/[a-z0-9.-]+(:\d{1,5})?(\/[\w./-]*\w)?$/,
  subject: /^project_id:[1-9]\d*:ref_type:(branch|tag):ref:[^\s:]+$/,
  form: gitlabForm,
};

/** Everything wrong with the CI that deploys. Pure. `path` is where the settings are. */
export function checkDeployer(path: string, { issuer, subject }: FoundryDeployer): Problem[] {
  return [
    ...textProblems(`${path}.issuer`, issuer),
    ...textProblems(`${path}.subject`, subject),
    ...trustProblems(path, issuer, subject),
  ];
}

function textProblems(path: string, value: string): Problem[] {
  if (value.length > maxCharacters) {
    const reason = `has ${value.length} characters; Entra ID takes ${maxCharacters}`;
    return [{ path, reason }];
  }
  // Entra matches no pattern here: one would fit nobody, or, read by somebody else, everybody.
  return /[*?]/.test(value)
    ? [{ path, reason: `"${value}" holds a wildcard; give the one exact value` }]
    : [];
}

function trustProblems(path: string, issuer: string, subject: string): Problem[] {
  if (issuer.startsWith("https://vstoken.dev.azure.com/")) {
    const reason = `"${issuer}" ends on 2027-07-01; convert the service connection to the issuer of Entra ID (https://learn.microsoft.com/azure/devops/pipelines/release/convert-service-connections)`;
    return [{ path: `${path}.issuer`, reason }];
  }
  const found = trusted.find((one) => one.issuer.test(issuer)) ?? ownGitlabAt(issuer);
  if (found === undefined) {
    const reason = `"${issuer}" is no issuer this kit knows; use that of GitHub, GitLab or Entra ID for Azure DevOps, without a slash at the end`;
    return [{ path: `${path}.issuer`, reason }];
  }
  return found.subject.test(subject)
    ? []
    : [
        {
          path: `${path}.subject`,
          reason: `"${subject}" could become somebody else's or names more than one ref; write ${found.form}`,
        },
      ];
}

/** Hosts of vendors whose tokens are none of GitLab's are not taken for one. */
function ownGitlabAt(issuer: string): TrustedIssuer | undefined {
  const vendors =
    /(^|\.)(githubusercontent\.com|github\.com|ghe\.com|microsoftonline\.com|windows\.net|gitlab\.com|google\.com|googleapis\.com|amazonaws\.com)$/;
  const host = URL.parse(issuer)?.hostname;
  if (host === undefined || vendors.test(host)) return undefined;
  return ownGitlab.issuer.test(issuer) ? ownGitlab : undefined;
}
