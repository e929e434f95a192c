import { vertexHost } from "../../residency/gcp/hosts.ts";
import { addressAt, type Block, split } from "../shared/cidr.ts";

/**
 * Which Private Service Connect endpoint leads to a location's host: one for exactly that host where Google
 * serves it as a `rep` host, else the one for the bundle of Google APIs that VPC Service Controls supports.
 * See docs/decisions/2026-11-21-private-path-to-google.md.
 */
export type EndpointKind = "regional" | "bundle";

/** `undefined` for a location without an endpoint that stays in a place: `global`, and what is not known. */
export function endpointKind(location: string): EndpointKind | undefined {
  const host = vertexHost(location);
  if (host?.endsWith(".rep.googleapis.com")) return "regional";
  return host === `${location}-aiplatform.googleapis.com` ? "bundle" : undefined;
}

/**
 * Narrowest block a created network can use. A subnetwork has eight addresses or more and Google keeps four;
 * the endpoint and the DNS entry point take two. The bundle's endpoint must lie outside every subnetwork, so
 * half of the block is kept free for it.
 * The numbers were not read again on these pages (2026-11-21: medium); Google refuses what is wrong when it is made.
 * @see https://docs.cloud.google.com/vpc/docs/subnets
 * @see https://docs.cloud.google.com/vpc/docs/about-accessing-google-apis-endpoints
 */
export const narrowestPrefix: Readonly<Record<EndpointKind, number>> = { regional: 29, bundle: 27 };

/** Where a created network puts things. */
export interface AddressPlan {
  readonly subnetwork: Block;
  /** The endpoint's fixed address, known before anything exists. */
  readonly endpoint: string;
}

/** The fifth address: Google keeps the first two and the last two of a subnetwork. */
const endpointOffset = 4;

/** `undefined` when the block is narrower than {@link narrowestPrefix}. */
export function planAddresses(kind: EndpointKind, block: Block): AddressPlan | undefined {
  if (block.prefix > narrowestPrefix[kind]) return undefined;
  if (kind === "regional") {
    return { subnetwork: block, endpoint: addressAt(block, endpointOffset) };
  }
  const [subnetwork, free] = split(block, 2) ?? [];
  return subnetwork && free && { subnetwork, endpoint: addressAt(free, endpointOffset) };
}
