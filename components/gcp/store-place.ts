import type * as pulumi from "@pulumi/pulumi";

import { googlePlacesOf, googlePlaceVerdict } from "../../residency/gcp/resting-places.ts";
import { didYouMean } from "../../residency/nearest.ts";
import type { Problem } from "../../residency/problem.ts";
import type { Zone } from "../../residency/types.ts";
import { checkVertexLabel, fitted } from "./names.ts";

/** Where data of a route rests. Plain: it decides names, so that every document is known in a preview. */
export interface GooglePlace {
  /** Required. Zone the region must lie in. */
  readonly zone: Zone;
  /** Required. Region of everything that rests, for example `europe-west3`. */
  readonly dataRegion: string;
}

/** The project a store belongs to; a `GoogleProject` is one. */
export interface StoreProject {
  /** Required. Plain project id, for example `example-claude-eu`. */
  readonly projectId: string;
  /**
   * Required. What must exist before anything is asked of the project: the project and its APIs.
   * Google is asked for service identities only after these, so a first preview does not fail.
   */
  readonly ready: readonly pulumi.Resource[];
}

/** A key that a service may already use: what it encrypts waits for the grant. */
export interface GrantedKey {
  /** Plain name, `projects/P/locations/L/keyRings/R/cryptoKeys/K`. */
  readonly name: string;
  /** The grant that lets the service use it. */
  readonly grant: pulumi.Resource;
}

/** What every store of a route is told. */
export interface StoreArgs {
  /** Required. */
  readonly project: StoreProject;
  /** Required. */
  readonly place: GooglePlace;
  /** Required. From `vertexLabel`: part of every physical name. */
  readonly label: string;
}

/**
 * Shortest of the limits of what is named here: a key ring's.
 * @see https://docs.cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings/create (read 2026-11-21)
 */
const maxNameLength = 63;

/** Name of a route's key ring, log bucket, sink and exclusion. Composed from configuration alone. */
export function storeName(label: string): string {
  return fitted(`cowork-${label}`, maxNameLength);
}

/** Problems of the arguments every store has. */
export function checkStorePlace({ place, label }: Pick<StoreArgs, "place" | "label">): Problem[] {
  return [...checkVertexLabel(label), ...checkDataRegion(place)];
}

/** A region, because keys, log buckets and datasets of one route must meet in one. */
export function checkDataRegion({ zone, dataRegion }: GooglePlace): Problem[] {
  const { status, reason } = googlePlaceVerdict(zone, dataRegion);
  if (status === "inside" && /^[a-z]+-[a-z]+\d+$/.test(dataRegion)) return [];
  const choices = googlePlacesOf(zone).filter((choice) => choice.includes("-"));
  const why = status === "inside" ? `"${dataRegion}" is not one region` : `${status}: ${reason}`;
  const offer =
    choices.length === 0
      ? `no Google region is proven inside zone ${zone.id}`
      : `zone ${zone.id} has ${choices.join(", ")}`;
  // Outside is no slip of the pen: the nearest spelling would be a place nobody thought of.
  const hint = status === "undecidable" ? didYouMean(dataRegion, choices) : "";
  return [{ path: "dataRegion", reason: `${why}; ${offer}${hint}` }];
}
