/**
 * Resource types the stand-in models, by their class in `@pulumi/azuread`.
 * A type missing here is refused at Check with a message that names this folder.
 */
export const modelledTypes = [
  "AppRoleAssignment",
  "Application",
  "ApplicationApiAccess",
  "ApplicationCertificate",
  "ApplicationFallbackPublicClient",
  "ApplicationFederatedIdentityCredential",
  "ApplicationPassword",
  "ApplicationRedirectUris",
  "ApplicationRegistration",
  "Group",
  "GroupMember",
  "ServicePrincipal",
  "ServicePrincipalDelegatedPermissionGrant",
  "ServicePrincipalPassword",
] as const;

/** Class of a type the stand-in models. */
export type ModelledType = (typeof modelledTypes)[number];

/** File of the class, without ending. */
export function fileNameOf(className: string): string {
  return `${className.charAt(0).toLowerCase()}${className.slice(1)}`;
}

/** Pulumi type token, for example `azuread:index/application:Application`. */
export function tokenOf(className: string): string {
  return `azuread:index/${fileNameOf(className)}:${className}`;
}
