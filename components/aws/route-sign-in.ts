import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { AccessSettings, BedrockRouteSettings, RoutePlan } from "./bedrock-route.ts";
import {
  IdentityCenterAccess,
  type IdentityCenterSignIn,
  permissionSetName,
} from "./iam/identity-center.ts";
import { OidcAccess, type OidcSignIn } from "./iam/oidc.ts";
import { PrincipalAccess, type PrincipalSignIn } from "./iam/principal.ts";
import { RolesAnywhereAccess, type RolesAnywhereSignIn } from "./iam/roles-anywhere.ts";
import type { AwsPlace } from "./place.ts";

export interface RouteSignInArgs {
  readonly access: AccessSettings;
  readonly place: AwsPlace;
  /** ISO date certificates are judged by. */
  readonly today: string;
  readonly roleName: string;
  readonly policy: pulumi.Input<string>;
  readonly boundaryPolicy: pulumi.Input<string>;
}

export type RouteSignIn = IdentityCenterSignIn | OidcSignIn | RolesAnywhereSignIn | PrincipalSignIn;

/** Creates the one kind of access a route asks for; returns its identifiers. */
export function routeSignIn(
  name: string,
  { access, ...args }: RouteSignInArgs,
  inside: pulumi.ComponentResourceOptions & { readonly parent: pulumi.Resource },
): pulumi.Output<RouteSignIn> {
  switch (access.kind) {
    case "oidc":
      return new OidcAccess(name, { ...args, settings: access }, inside).signIn;
    case "roles-anywhere":
      return new RolesAnywhereAccess(name, { ...args, settings: access }, inside).signIn;
    case "principal":
      return new PrincipalAccess(name, { ...args, settings: access }, inside).signIn;
    case "identity-center": {
      // Identity Center lives in its own region and is administered from its own account.
      const administrator = new aws.Provider(
        `${name}-sso`,
        { region: access.ssoRegion, allowedAccountIds: [access.administratorAccountId] },
        { parent: inside.parent },
      );
      const there = { parent: inside.parent, providers: [administrator] };
      return new IdentityCenterAccess(name, { ...args, settings: access }, there).signIn;
    }
  }
}

/** What the laptop's profile says about its credential. */
export function desktopOf({ desktop, access }: BedrockRouteSettings, plan: RoutePlan) {
  if (desktop.kind !== "interactive") return desktop;
  if (access.kind !== "identity-center") {
    // The route's checks refuse this pair first; a profile without sign-in data must be impossible.
    throw new Error(`desktop "interactive" needs access "identity-center", not "${access.kind}"`);
  }
  return {
    kind: "interactive" as const,
    ssoStartUrl: access.startUrl,
    ssoRegion: access.ssoRegion,
    ssoAccountId: plan.place.accountId,
    ssoRoleName: permissionSetName(access, plan.roleName),
  };
}
