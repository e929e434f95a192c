import type { CheckedAnswer } from "../provider-model.ts";
import type { Answer } from "../shared/cloud.ts";
import { digits, uuidOf } from "../shared/template.ts";
import type { Properties, Value } from "../struct.ts";
import { principalOf } from "./facts.ts";
import { publishedApp } from "./published-apps.ts";
import { guidPattern } from "./rules.ts";
import type { Settings } from "./settings.ts";

/** What the stand-in answers for data sources. A token not here is refused, never answered empty. */
export const invokes: ReadonlyMap<string, Answer<Settings>> = new Map<string, Answer<Settings>>([
  ["azuread:index/getClientConfig:getClientConfig", clientConfig],
  ["azuread:index/getServicePrincipal:getServicePrincipal", servicePrincipal],
  ["azuread:index/getApplicationPublishedAppIds:getApplicationPublishedAppIds", publishedAppIds],
  ["azuread:index/getGroup:getGroup", group],
]);

function clientConfig(_: Properties, { clientId, tenantId }: Settings): CheckedAnswer {
  const objectId = uuidOf(digits(clientId, "object"));
  return {
    answer: { clientId, id: `${tenantId}-${clientId}-${objectId}`, objectId, tenantId },
  };
}

/** There is no directory to search: a principal is known by its client id, and by that alone. */
function servicePrincipal({ clientId }: Properties, settings: Settings): CheckedAnswer {
  const id = text(clientId);
  if (!guidPattern.test(id))
    return refused(
      "clientId",
      "the offline azuread stand-in knows service principals by their client id only; give `clientId`, a GUID",
    );
  const app = publishedApp(id);
  const objectId = principalOf(id, settings);
  return {
    answer: {
      accountEnabled: true,
      alternativeNames: [],
      appRoleAssignmentRequired: false,
      appRoleIds: {},
      appRoles: [],
      applicationTenantId: settings.tenantId,
      clientId: id,
      displayName: app?.displayName ?? "an application of this tenant",
      id: `/servicePrincipals/${objectId}`,
      oauth2PermissionScopeIds: app?.scopes ?? {},
      objectId,
      redirectUris: [],
      servicePrincipalNames: [id],
      signInAudience: app === undefined ? "AzureADMyOrg" : "AzureADMultipleOrgs",
      tags: [],
      type: "Application",
    },
  };
}

/** Only the name that is certain; the real list is long and names others as well. */
function publishedAppIds(): CheckedAnswer {
  return {
    answer: {
      id: "appIds",
      result: { MicrosoftGraph: "00000003-0000-0000-c000-000000000000" },
    },
  };
}

/** A group exists under whatever name it is asked for; its object id follows from what was asked. */
function group(args: Properties, { tenantId }: Settings): CheckedAnswer {
  const asked = text(args.objectId) || text(args.displayName) || text(args.mailNickname);
  if (asked === "")
    return refused("objectId", "one of `objectId`, `displayName` and `mailNickname` must be given");
  if (args.objectId !== undefined && !guidPattern.test(text(args.objectId)))
    return refused("objectId", `"${text(args.objectId)}" is not a GUID`);
  const objectId = text(args.objectId) || uuidOf(digits(`${tenantId} ${asked}`, "group"));
  return {
    answer: {
      assignableToRole: false,
      description: "",
      displayName: text(args.displayName) || asked,
      id: `/groups/${objectId}`,
      mailEnabled: false,
      mailNickname: text(args.mailNickname),
      members: [],
      objectId,
      owners: [],
      securityEnabled: true,
      types: [],
    },
  };
}

function refused(property: string, reason: string): CheckedAnswer {
  return { failures: [{ property, reason }] };
}

function text(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}
