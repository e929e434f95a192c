import { describe, expect, it } from "vitest";

import { PrivatePath } from "../../../../components/gcp/private-path.ts";
import { RouteKeys } from "../../../../components/gcp/route-keys.ts";
import { sharedWithRoute } from "../../../../components/gcp/token-service/shared-with-route.ts";
import type { VertexReach } from "../../../../components/gcp/vertex-route.ts";
import { deploy } from "../../../support/deploy.ts";
import { aKey, identities } from "../stores.ts";
import { args, route } from "../support.ts";

const created: Extract<VertexReach, { kind: "private" }> = {
  kind: "private",
  pinBaseUrl: false,
  network: { kind: "create", cidr: "10.50.0.0/24", clientCidrs: ["10.0.0.0/16"] },
};
const long = {
  ...args,
  organization: "a-company-with-a-long-name",
  geography: "a-geography",
};

describe("what a token service shares with a Vertex route", () => {
  it("is its project, region, network and key, by their plain names", () => {
    expect(sharedWithRoute({ ...args, route: { ...route, reach: created } })).toEqual({
      projectId: "example-claude-eu",
      region: "europe-west3",
      network: "projects/example-claude-eu/global/networks/cowork-example-corp-eu-google",
      key: "projects/example-claude-eu/locations/europe-west3/keyRings/cowork-example-corp-eu-google/cryptoKeys/stores",
    });
  });

  it.each([
    ["short names", args],
    ["names that are cut", long],
  ])("is what the route makes, with %s", async (_, given) => {
    const full = { ...given, route: { ...route, reach: created } };
    const label = [given.organization, given.geography, route.name].join("-");
    const { result } = await deploy(
      () => ({
        path: new PrivatePath("path", { ...full, reach: created }),
        keys: new RouteKeys("keys", {
          project: { projectId: "example-claude-eu", ready: [] },
          place: { zone: args.zone, dataRegion: "europe-west3" },
          label,
          keys: route.keys,
          dataset: false,
        }),
      }),
      { calls: identities },
    );
    const shared = sharedWithRoute(full);
    expect([shared.network, shared.key]).toEqual([result.path.network, result.keys.logs.name]);
  });

  it("is the company's own network and key where the route uses those", () => {
    const reach = {
      ...created,
      network: {
        kind: "existing",
        network: "projects/example-claude-eu/global/networks/hub",
        subnetwork: "projects/example-claude-eu/regions/europe-west3/subnetworks/hub",
        clientCidrs: ["10.0.0.0/16"],
      },
    } as const;
    const keys = { kind: "existing", logs: aKey } as const;
    expect(sharedWithRoute({ ...args, route: { ...route, reach, keys } })).toMatchObject({
      network: "projects/example-claude-eu/global/networks/hub",
      key: aKey,
    });
  });

  it("is no network where laptops use the public host", () => {
    expect(sharedWithRoute(args).network).toBeUndefined();
  });
});
