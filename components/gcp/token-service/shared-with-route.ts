import { fitted, vertexLabel } from "../names.ts";
import { storeName } from "../store-place.ts";
import type { VertexProjectArgs } from "../vertex-route.ts";

/** Room a private path leaves for the endings of its names. */
const maxNetworkLength = 48;

/** What a token service shares with the Vertex route it runs on. Plain, before either exists. */
export interface SharedWithRoute {
  readonly projectId: string;
  readonly region: string;
  /** Absent where laptops reach the route by Google's public host: a network has to be named then. */
  readonly network: string | undefined;
  /** Key of the route's log bucket. */
  readonly key: string;
}

/** Composed as `PrivatePath` and `RouteKeys` compose them; pure. */
export function sharedWithRoute({
  organization,
  geography,
  route,
}: Pick<VertexProjectArgs, "organization" | "geography" | "route">): SharedWithRoute {
  const { dataRegion: region, reach, keys } = route;
  const { projectId } = route.project;
  const label = vertexLabel(organization, geography, route.name);
  const created = `projects/${projectId}/global/networks/${fitted(`cowork-${label}`, maxNetworkLength)}`;
  return {
    projectId,
    region,
    network:
      reach.kind === "public"
        ? undefined
        : reach.network.kind === "existing"
          ? reach.network.network
          : created,
    key:
      keys.kind === "existing"
        ? keys.logs
        : `projects/${projectId}/locations/${region}/keyRings/${storeName(label)}/cryptoKeys/stores`,
  };
}
