import { parseDocument, type Statement } from "./iam-document.ts";
import { type Finding, type Resource, undecidable } from "./rule.ts";

/** A statement and where it stands. */
export interface Placed {
  /** Property path of the document. */
  readonly path: string;
  readonly statement: Statement;
}

/** Type -> property that holds the document of grants. */
const GRANTS: Readonly<Record<string, string>> = {
  "aws:iam/rolePolicy:RolePolicy": "policy",
  "aws:iam/policy:Policy": "policy",
  "aws:iam/userPolicy:UserPolicy": "policy",
  "aws:iam/groupPolicy:GroupPolicy": "policy",
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": "inlinePolicy",
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy": "policy",
};

const ROLE = "aws:iam/role:Role";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const ANYWHERE_PROFILE = "aws:rolesanywhere/profile:Profile";

/** Whether resources of a type can carry grants: IAM documents and endpoint policies. */
export function carriesGrants(type: string): boolean {
  return (
    Object.hasOwn(GRANTS, type) || type === ROLE || type === ENDPOINT || type === ANYWHERE_PROFILE
  );
}

/**
 * Every statement a resource grants by, and a finding for each document that cannot be read or is
 * missing. A role without inline policies grants nothing; a policy without a document is not readable.
 */
export function grantsOf(resource: Resource): {
  readonly placed: readonly Placed[];
  readonly findings: readonly Finding[];
} {
  const placed: Placed[] = [];
  const findings: Finding[] = [];
  for (const { path, document } of documentsOf(resource)) {
    if (document === undefined) {
      findings.push(undecidable(`\`${path}\` is absent: what it grants cannot be seen`));
      continue;
    }
    const parsed = parseDocument(document);
    if ("problem" in parsed) findings.push(undecidable(`\`${path}\`: ${parsed.problem}`));
    else placed.push(...parsed.statements.map((statement) => ({ path, statement })));
  }
  return { placed, findings };
}

function documentsOf(resource: Resource): readonly { path: string; document: unknown }[] {
  const { type, props } = resource;
  if (type === ROLE) {
    const inline = props.inlinePolicies;
    if (inline === undefined) return [];
    if (!Array.isArray(inline)) return [{ path: "inlinePolicies", document: undefined }];
    return inline.map((entry: unknown, index) => ({
      path: `inlinePolicies.${index}.policy`,
      document: (entry as { policy?: unknown } | null)?.policy,
    }));
  }
  // A Gateway endpoint to S3 or DynamoDB cannot carry a prompt to a model.
  if (type === ENDPOINT) {
    return servesBedrock(props.serviceName) ? [{ path: "policy", document: props.policy }] : [];
  }
  if (type === ANYWHERE_PROFILE) {
    const session = props.sessionPolicy;
    return session === undefined ? [] : [{ path: "sessionPolicy", document: session }];
  }
  const path = GRANTS[type];
  return path === undefined ? [] : [{ path, document: props[path] }];
}

/** Whether an endpoint's service may reach Bedrock; true when the name cannot be read. */
export function servesBedrock(serviceName: unknown): boolean {
  if (typeof serviceName !== "string") return true;
  const parts = /^(?:com|eu)\.amazonaws\.[^.]+\.(.+)$/.exec(serviceName);
  const service = parts?.[1];
  return service === undefined || service.startsWith("bedrock") || service.includes("anthropic");
}
