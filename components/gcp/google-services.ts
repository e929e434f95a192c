import { findVertexLocation } from "../../residency/gcp/vertex.ts";
import type { VertexRouteSettings } from "./vertex-route.ts";

/** What every route needs: Claude, sign-in, the audit trail, keys, and the kit's own work. */
const always = [
  "aiplatform",
  "cloudkms",
  "cloudresourcemanager",
  "iam",
  "iamcredentials",
  "logging",
  "serviceusage",
  "sts",
] as const;

/** What only some routes need. An API that is off cannot be misused. */
const sometimes: readonly {
  readonly apis: readonly string[];
  readonly usedBy: (route: VertexRouteSettings) => boolean;
}[] = [
  { apis: ["bigquery"], usedBy: ({ logs }) => logs.content !== undefined },
  { apis: ["compute", "dns"], usedBy: ({ reach }) => reach.kind === "private" },
  // The private endpoint of `eu` and `us` is of the one API, that of a single region of the other.
  {
    apis: ["networkconnectivity"],
    usedBy: ({ reach, location }) => reach.kind === "private" && !isRegion(location),
  },
  {
    apis: ["servicedirectory"],
    usedBy: ({ reach, location }) => reach.kind === "private" && isRegion(location),
  },
  { apis: ["accesscontextmanager"], usedBy: ({ perimeter }) => perimeter !== undefined },
  { apis: ["orgpolicy"], usedBy: ({ organizationPolicies }) => organizationPolicies !== undefined },
  {
    apis: ["cloudcommerceconsumerprocurement"],
    usedBy: ({ modelAccess }) => modelAccess !== undefined,
  },
];

function isRegion(location: string): boolean {
  return findVertexLocation(location)?.kind === "region";
}

/** Exactly the APIs a route uses, by full name, sorted. Pure. */
export function servicesFor(route: VertexRouteSettings): readonly string[] {
  const used = sometimes.flatMap(({ apis, usedBy }) => (usedBy(route) ? apis : []));
  return [...always, ...used].sort().map((api) => `${api}.googleapis.com`);
}
