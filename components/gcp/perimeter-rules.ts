import type * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

import type { VertexRouteSettings } from "./vertex-route.ts";

/** Settings of a perimeter; `spec` and `status` have the same shape. */
export type PerimeterConfig = gcp.types.input.accesscontextmanager.ServicePerimeterSpec &
  gcp.types.input.accesscontextmanager.ServicePerimeterStatus;

/** The API that serves Claude. */
const claude = "aiplatform.googleapis.com";

/**
 * What holds prompts or their traces, and where BigQuery could copy them to. Keys are left out: they hold no
 * content, and existing ones lie in other projects.
 */
const stores = ["bigquery.googleapis.com", "logging.googleapis.com", "storage.googleapis.com"];

/** What the rules are made of; all plain but the number and the deployer. */
export interface PerimeterParts {
  readonly route: VertexRouteSettings;
  /** `projects/NUMBER` */
  readonly project: pulumi.Input<string>;
  readonly caller: string;
  readonly deployer: pulumi.Input<string> | undefined;
  /** Full name of the access level, when there are ranges. */
  readonly accessLevel: string | undefined;
}

/**
 * One project inside; out of it nothing; into it the callers of the route, to Claude, from the company's public
 * ranges or from its network in another project; CI to everything guarded; and whoever holds a grant to the
 * stores, from the company's ranges.
 *
 * A network of the project itself is inside already: there the grant alone decides.
 */
export function perimeterConfig(parts: PerimeterParts): PerimeterConfig {
  const { route, project, deployer } = parts;
  // Without CI's identity the stores stay open to grants alone: the kit would lock itself out.
  const restrictedServices = deployer === undefined ? [claude] : [claude, ...stores];
  const ingressPolicies = [...callersFrom(parts), ...keepersFrom(parts)];
  return {
    resources: [project],
    restrictedServices,
    // Machines of an adopted project may need other APIs; a created one has none.
    ...(route.project.kind === "create" && {
      vpcAccessibleServices: { enableRestriction: true, allowedServices: ["RESTRICTED-SERVICES"] },
    }),
    ...(ingressPolicies.length > 0 && { ingressPolicies }),
  };
}

function callersFrom(parts: PerimeterParts): Ingress[] {
  const { accessLevel, caller, project, route } = parts;
  const network = foreignNetwork(route);
  const rules: Ingress[] = [];
  if (accessLevel !== undefined) {
    rules.push(
      ingress("People, from the company's ranges", [caller], { accessLevel }, project, [claude]),
    );
  }
  if (network !== undefined) {
    const resource = `//compute.googleapis.com/${network}`;
    rules.push(
      ingress("People, from the company's network", [caller], { resource }, project, [claude]),
    );
  }
  return rules;
}

/**
 * CI, and people who read logs or make what CI may not. They are told apart by their grants, not here: there is
 * no end to who may read a log, and the address alone keeps a stolen credential out.
 */
function keepersFrom({ deployer, accessLevel, project }: PerimeterParts): Ingress[] {
  if (deployer === undefined) return [];
  const anywhere = { accessLevel: "*" };
  const everything = [claude, ...stores];
  const rules = [ingress("The deployer, from anywhere", [deployer], anywhere, project, everything)];
  if (accessLevel !== undefined) {
    const title = "Holders of grants to the stores, from the company's ranges";
    rules.push(ingress(title, "ANY_IDENTITY", { accessLevel }, project, stores));
  }
  return rules;
}

/** The network of the private path, where it belongs to another project. */
function foreignNetwork({ reach, project }: VertexRouteSettings): string | undefined {
  if (reach.kind !== "private" || reach.network.kind !== "existing") return undefined;
  const { network } = reach.network;
  return network.startsWith(`projects/${project.projectId}/`) ? undefined : network;
}

type Ingress = gcp.types.input.accesscontextmanager.ServicePerimeterSpecIngressPolicy;

/**
 * Every method, because the custom role already grants one permission only, and no dated source says under
 * which method names a publisher model is called: a wrong one would lock people out.
 */
function ingress(
  title: string,
  who: readonly pulumi.Input<string>[] | "ANY_IDENTITY",
  source: gcp.types.input.accesscontextmanager.ServicePerimeterSpecIngressPolicyIngressFromSource,
  project: pulumi.Input<string>,
  services: readonly string[],
): Ingress {
  return {
    title,
    ingressFrom: {
      ...(who === "ANY_IDENTITY" ? { identityType: who } : { identities: [...who] }),
      sources: [source],
    },
    ingressTo: {
      resources: [project],
      operations: services.map((serviceName) => ({
        serviceName,
        methodSelectors: [{ method: "*" }],
      })),
    },
  };
}
