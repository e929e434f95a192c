import type { AzureTokenServiceArgs } from "./args.ts";
import { serviceDeployerSteps } from "./deployer-permissions.ts";
import { vaultSecret } from "./ids.ts";
import { endpointZones, type ServicePlan } from "./plan.ts";

const page = "(docs/token-service-azure.md)";

/** What only people of the company can do or decide, each a sentence. Pure. */
export function remainingSteps(args: AzureTokenServiceArgs, plan: ServicePlan): string[] {
  const { host, network, clientCidrs, egressCidrs, deviceAuthorities } = args;
  const from = clientCidrs.join(", ");
  const vaults = [
    args.certificateId,
    ...(plan.store.kind === "existing" ? [plan.store.passwordSecretId] : []),
  ].map((id) => new URL(vaultSecret(id)?.url ?? "https://unknown.invalid").hostname);
  const zones = plan.endpoints.map((endpoint) => endpointZones[endpoint]);
  return [
    `Have the company's DNS answer ${host} with the service's address.`,
    `Before the first run, publish the TXT record asuid.${host} with what "az containerapp show-custom-domain-verification-id" prints: Azure may look for it in public DNS before it takes the name ${page}.`,
    `See that Container Apps may read ${[...new Set(vaults)].join(" and ")}: a vault with a firewall has to let ${network.kind === "create" ? "the service's network" : "the environment's subnet"} in ${page}.`,
    ...(network.kind === "create"
      ? [
          `Connect the network ${network.cidr} in ${plan.region} with the company's, and carry ${from} to it and back${egressCidrs.length === 0 ? "" : `, and from there to ${egressCidrs.join(", ")}, where the issuers answer`}.`,
        ]
      : [
          `See that the rules of ${network.environmentSubnetId} let ${from} in on 443 and the environment out as ${page.slice(1, -1)} lists: the kit leaves them alone.`,
        ]),
    ...(plan.dns.kind === "existing" && zones.length > 0
      ? [`Link ${zones.join(" and ")} to the service's network: the zones are the hub's.`]
      : []),
    ...(plan.store.kind === "create"
      ? [
          `Accept in writing that the store writes to disk once a second: when both of its nodes fail at once, revocations and spent proofs of the last second can be lost; use a store of the company's own where that is too much ${page}.`,
        ]
      : []),
    ...(args.callerApplicationObjectId === undefined
      ? [
          `Where Foundry routes are served, give the caller application a federated credential: issuer https://login.microsoftonline.com/${plan.tenantId}/v2.0, the object id of identity ${plan.names.base}-service as subject, audience api://AzureADTokenExchange.`,
        ]
      : [
          `Where the service uses application ${args.callerApplicationObjectId} as federated, put its service principal into the group of each Foundry route it serves, and no people: calls are the application's own ${page}.`,
        ]),
    ...(args.deployerPrincipalId === undefined ? [] : serviceDeployerSteps(plan, network)),
    ...(deviceAuthorities === undefined
      ? []
      : [
          `Send one request without a certificate and with an X-Forwarded-Client-Cert of your own making to ${host}, and see it refused; again after every change of Container Apps you hear of ${page}.`,
        ]),
  ];
}
