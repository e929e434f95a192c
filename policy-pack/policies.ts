import type { Policies } from "@pulumi/policy";

import type { Rule } from "./rule.ts";
import { azureDataStaysInTheZone } from "./rules/azure-data-stays-in-the-zone.ts";
import { dataTargetsStayInTheZone } from "./rules/data-targets-stay-in-the-zone.ts";
import { deviceCertificatesArePinned } from "./rules/device-certificates-are-pinned.ts";
import { endpointsArePrivateAndPinned } from "./rules/endpoints-are-private-and-pinned.ts";
import { entraAppsArePublicSingleTenant } from "./rules/entra-apps-are-public-single-tenant.ts";
import { federationNamesWhomItTrusts } from "./rules/federation-names-whom-it-trusts.ts";
import { foundryAccountsArePrivate } from "./rules/foundry-accounts-are-private.ts";
import { foundryDeploymentsStayInTheZone } from "./rules/foundry-deployments-stay-in-the-zone.ts";
import { googleDataStaysInTheZone } from "./rules/google-data-stays-in-the-zone.ts";
import { googleHasNoAccountKeys } from "./rules/google-has-no-account-keys.ts";
import { invokeGrantsAreExact } from "./rules/invoke-grants-are-exact.ts";
import { laptopPrincipalsHoldNoBroadPolicy } from "./rules/laptop-principals-hold-no-broad-policy.ts";
import { noBedrockServiceCredentials } from "./rules/no-bedrock-service-credentials.ts";
import { noSideDoorGrants } from "./rules/no-side-door-grants.ts";
import { peopleGetTheCustomRoleOnly } from "./rules/people-get-the-custom-role-only.ts";
import { perimetersLetInOnlyNamedCallers } from "./rules/perimeters-let-in-only-named-callers.ts";
import { profilesStayInTheZone } from "./rules/profiles-stay-in-the-zone.ts";
import { recordsNameWhatWasCopied } from "./rules/records-name-what-was-copied.ts";
import { resourcesStayInTheZone } from "./rules/resources-stay-in-the-zone.ts";
import { rolesNameWhomTheyTrust } from "./rules/roles-name-whom-they-trust.ts";
import { stackIsMappedToAZone } from "./rules/stack-is-mapped-to-a-zone.ts";
import { tokenServicesArePrivate } from "./rules/token-services-are-private.ts";
import { vertexContentIsNotShared } from "./rules/vertex-content-is-not-shared.ts";
import { vertexIsCalledInsideTheZone } from "./rules/vertex-is-called-inside-the-zone.ts";
import { type Surroundings, toPolicy } from "./run.ts";
import { createSurroundings } from "./surroundings.ts";

/** Every rule that judges resources, in the order of docs/policies.md. */
export const rules: readonly Rule[] = [
  resourcesStayInTheZone,
  endpointsArePrivateAndPinned,
  profilesStayInTheZone,
  invokeGrantsAreExact,
  noBedrockServiceCredentials,
  dataTargetsStayInTheZone,
  laptopPrincipalsHoldNoBroadPolicy,
  deviceCertificatesArePinned,
  rolesNameWhomTheyTrust,
  noSideDoorGrants,
  googleDataStaysInTheZone,
  vertexIsCalledInsideTheZone,
  perimetersLetInOnlyNamedCallers,
  googleHasNoAccountKeys,
  vertexContentIsNotShared,
  federationNamesWhomItTrusts,
  peopleGetTheCustomRoleOnly,
  foundryDeploymentsStayInTheZone,
  azureDataStaysInTheZone,
  foundryAccountsArePrivate,
  entraAppsArePublicSingleTenant,
  tokenServicesArePrivate,
];

/** The pack's policies for given surroundings. */
export function policiesFor(surroundings: () => Surroundings): Policies {
  return [
    stackIsMappedToAZone(surroundings),
    ...rules.map((rule) => toPolicy(rule, surroundings)),
    recordsNameWhatWasCopied(surroundings),
  ];
}

/** What Pulumi runs. */
export const policies: Policies = policiesFor(createSurroundings());
