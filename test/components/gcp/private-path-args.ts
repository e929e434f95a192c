import { PrivatePath } from "../../../components/gcp/private-path.ts";
import type {
  CreatedNetwork,
  ExistingNetwork,
  VertexProjectArgs,
  VertexRouteSettings,
} from "../../../components/gcp/vertex-route.ts";
import type { Zone } from "../../../residency/types.ts";
import { deploy } from "../../support/deploy.ts";

const eu: Zone = {
  id: "eu",
  label: "European Union",
  countries: ["BE", "DE", "FR", "IE", "NL"],
  awsPartition: "aws",
  acceptances: [],
};

export const created: CreatedNetwork = {
  kind: "create",
  cidr: "10.60.0.0/24",
  clientCidrs: ["10.8.0.0/16", "192.168.20.0/24"],
};

export const existing: ExistingNetwork = {
  kind: "existing",
  network: "projects/example-hub/global/networks/hub",
  subnetwork: "projects/example-hub/regions/europe-west3/subnetworks/endpoints",
  clientCidrs: ["10.8.0.0/16"],
};

/** A private route that is right; tests change one thing. */
export function vertexArgs(changes: Partial<VertexRouteSettings> = {}): VertexProjectArgs {
  return {
    zone: eu,
    geography: "eu",
    organization: "example",
    today: "2026-11-21",
    route: {
      name: "claude",
      organizationId: "123456789012",
      project: { kind: "adopt", projectId: "example-claude-eu", projectNumber: "111122223333" },
      location: "eu",
      dataRegion: "europe-west3",
      models: ["claude-opus-5-5"],
      reach: { kind: "private", network: created, pinBaseUrl: false },
      access: { kind: "google-group", group: "claude-users@example.com" },
      desktop: { kind: "vendor-profile" },
      keys: { kind: "create", rotationDays: 90 },
      logs: { retentionDays: 365, locked: false },
      ...changes,
    },
  };
}

/** A network with changes, reached privately. */
export const privately = (network: CreatedNetwork | ExistingNetwork) =>
  ({ reach: { kind: "private", network, pinBaseUrl: false } }) as const;

/** The route of Singapore, whose host has no endpoint of its own. */
export const singapore = { location: "asia-southeast1", dataRegion: "asia-southeast1" } as const;

export const logBucketName =
  "projects/example-claude-eu/locations/europe-west3/buckets/cowork-example-eu-claude";

/** Deploys the path of a route with changes, under the name `eu-claude`. */
export const build = (changes: Partial<VertexRouteSettings> = {}, logs?: string) => {
  const args = vertexArgs(changes);
  const { reach } = args.route;
  if (reach.kind === "public") throw new Error("a private path is under test");
  return deploy(() => new PrivatePath("eu-claude", { ...args, reach, logBucketName: logs }), {
    outputs: { "gcp:compute/address:Address": () => ({ address: "10.1.2.3" }) },
  });
};
