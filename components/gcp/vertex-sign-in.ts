import type * as pulumi from "@pulumi/pulumi";

import { findVertexModel, vertexModelName } from "../../residency/gcp/vertex.ts";
import { groupMember } from "./iam/member.ts";
import { WorkforceAccess, type WorkforceSignIn } from "./iam/workforce.ts";
import type { VertexProjectArgs, VertexRouteSettings } from "./vertex-route.ts";

export type VertexSignIn =
  | WorkforceSignIn
  | { readonly kind: "google-group"; readonly group: string }
  | { readonly kind: "principal"; readonly member: string };

/** Who may call Claude on a route. */
export interface VertexCallers {
  /** As IAM names them. Plain, so that a preview knows every grant. */
  readonly member: string;
  readonly signIn: VertexSignIn;
  /** What must exist before they are granted anything. */
  readonly ready: readonly pulumi.Resource[];
}

/** Creates the one kind of access a route asks for, if it needs anything to be created. */
export function vertexCallers(
  name: string,
  given: {
    readonly args: VertexProjectArgs;
    readonly label: string;
    readonly after: readonly pulumi.Resource[];
  },
  inside: pulumi.ComponentResourceOptions,
): VertexCallers {
  const { route } = given.args;
  const { access } = route;
  switch (access.kind) {
    case "workforce": {
      const { label, after } = given;
      const { organizationId } = route;
      const workforce = new WorkforceAccess(
        name,
        { organizationId, label, settings: access, after },
        inside,
      );
      const { signIn } = workforce;
      return { member: signIn.principalSet, signIn, ready: [workforce] };
    }
    case "google-group":
      return {
        member: groupMember(access.group),
        signIn: { kind: "google-group", group: access.group },
        ready: [],
      };
    case "principal":
      return {
        member: access.member,
        signIn: { kind: "principal", member: access.member },
        ready: [],
      };
  }
}

/** What the laptop's profile says about its credential. */
export function desktopOf({ desktop }: VertexRouteSettings, { signIn }: VertexCallers) {
  if (desktop.kind !== "workforce") return desktop;
  if (signIn.kind !== "workforce") {
    // The route's checks refuse this pair first; a profile without sign-in data must be impossible.
    throw new Error(`desktop "workforce" needs access "workforce", not "${signIn.kind}"`);
  }
  const { audience, issuer, clientId } = signIn;
  return { ...desktop, audience, issuer, clientId };
}

/** The route's models as profiles name them. A model without a row is refused by the checks. */
export function modelOutputs({ models, location }: VertexRouteSettings) {
  return models.map((id) => ({
    id,
    label: vertexModelName(id),
    processedIn: findVertexModel(id)?.locations[location] ?? "",
  }));
}
