import type { BedrockRouteSettings, RoutePlan } from "./bedrock-route.ts";
import type { BedrockNetworkArgs, NetworkSource } from "./network-args.ts";
import type { RoleRules } from "./service-role.ts";

type Policies = BedrockNetworkArgs["endpointPolicies"];

/** The settings of a route that its network follows from. */
type Networked = Pick<BedrockRouteSettings, "network" | "reach" | "fips" | "serviceRoles"> & {
  readonly logs: { readonly retentionDays: number };
};

/** What a route's settings ask of the network component. */
export function networkArgs(
  route: Networked,
  { place, label, grant, scope }: Omit<RoutePlan, "names" | "roleName">,
  endpointPolicies: Policies,
): Omit<BedrockNetworkArgs, "kmsKeyArn"> {
  return {
    place,
    label,
    source: source(route.network),
    clientCidrs: route.network.clientCidrs,
    reach: route.reach,
    endpointPolicies,
    flowLogRetentionDays: route.logs.retentionDays,
    discovery: grant.profileLookup,
    mantle: grant.mantle !== undefined,
    deviceCertificates: scope.session.kind === "device-certificate",
    fips: route.fips,
    roleRules: roleRules(route),
  };
}

/** Path and boundary of the roles AWS services use. */
export function roleRules({ serviceRoles }: Pick<BedrockRouteSettings, "serviceRoles">): RoleRules {
  const boundary = serviceRoles?.permissionsBoundaryArn;
  return {
    path: serviceRoles?.path ?? "/cowork/",
    ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
  };
}

function source(network: BedrockRouteSettings["network"]): NetworkSource {
  if (network.kind === "create") {
    const { cidr, zoneCount, availabilityZones } = network;
    return {
      kind: "create",
      cidr,
      ...(zoneCount === undefined ? {} : { zoneCount }),
      ...(availabilityZones === undefined ? {} : { availabilityZones }),
    };
  }
  const { vpcId, subnetIds, resolverAddresses } = network;
  return {
    kind: "existing",
    vpcId,
    subnetIds,
    ...(resolverAddresses === undefined ? {} : { resolverAddresses }),
  };
}
