import { createHash } from "node:crypto";

import type { Problem } from "../../residency/problem.ts";

/** A label's value: https://docs.cloud.google.com/resource-manager/docs/labels-overview (read 2026-11-21). */
const maxLabelLength = 63;

/**
 * Id of a workforce pool: 6 to 63 lower-case letters, digits and hyphens, a letter first, no hyphen last,
 * `gcp-` reserved. https://docs.cloud.google.com/iam/docs/reference/rest/v1/locations.workforcePools/create
 * (read 2026-11-21); the pool's providers and workload pools have 4 to 32.
 */
const maxPoolIdLength = 63;

/** Hex digits of a hash: enough that two long labels of one company do not meet. */
const hashLength = 8;

/** Joins organization, geography and route into the label that the names of a route hang on. */
export function vertexLabel(organization: string, geography: string, route: string): string {
  return [organization, geography, route].join("-");
}

/**
 * The text itself when it fits, else its beginning and a hash of all of it: two long texts that begin alike
 * stay two.
 */
export function fitted(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, hashLength);
  const start = text.slice(0, maxLength - hashLength - 1).replace(/-+$/, "");
  return `${start}-${hash}`;
}

/** Id of a route's workforce pool, known in any preview. An id is unique in all of Google Cloud. */
export function defaultPoolId(label: string): string {
  return fitted(`cowork-${label}`, maxPoolIdLength);
}

/** A label must survive as a Google label and, behind `cowork-`, in the ids made of it. */
export function checkVertexLabel(label: string): Problem[] {
  const problems: Problem[] = [];
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(label)) {
    const reason = `"${label}" may hold lower-case letters, digits and single hyphens between them`;
    problems.push({ path: "label", reason });
  }
  if (label.length > maxLabelLength) {
    const reason = `"${label}" has ${label.length} characters; at most ${maxLabelLength} fit a label: shorten the organization, geography or route`;
    problems.push({ path: "label", reason });
  }
  return problems;
}
