import type { PlaceVerdict } from "../place-verdict.ts";
import type { Zone } from "../types.ts";
import { findVertexLocation, gcpCatalogue } from "./vertex.ts";
import { locationVerdict } from "./vertex-verdict.ts";

/**
 * The one host that serves Claude at a location
 * ([hosts](https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/partner-models/use-partner-models), 2026-08).
 * `undefined` for any other location: `eu-aiplatform.googleapis.com` and the like are not hosts.
 */
export function vertexHost(location: string): string | undefined {
  return findVertexLocation(location)?.host;
}

/** Where a request goes that is sent to a Google API host. Unknown hosts are undecidable. */
export function vertexHostVerdict(zone: Zone, host: string): PlaceVerdict {
  const name = host.toLowerCase();
  if (gcpCatalogue.inventedHosts.includes(name)) {
    return { status: "outside", reason: `${host} is not a host Google serves${meant(name)}` };
  }
  const served = Object.entries(gcpCatalogue.locations).find(([, { host }]) => host === name);
  if (served === undefined) {
    return {
      status: "undecidable",
      reason: `no dated source says where a request to ${host} is processed`,
    };
  }
  const { status, reason } = locationVerdict(zone, served[0]);
  return { status, reason: `${host} serves ${served[0]}: ${reason}` };
}

/** `eu-aiplatform…` is meant to be the `eu` host. */
function meant(name: string): string {
  const host = vertexHost(name.replace("-aiplatform.googleapis.com", ""));
  return host === undefined ? "" : `; use ${host}`;
}
