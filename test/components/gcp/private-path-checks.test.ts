import { describe, expect, it } from "vitest";

import { checkPrivatePath } from "../../../components/gcp/private-path-checks.ts";
import type {
  CreatedNetwork,
  ExistingNetwork,
  VertexRouteSettings,
} from "../../../components/gcp/vertex-route.ts";
import { created, existing, privately, singapore, vertexArgs } from "./private-path-args.ts";

const problems = (changes: Partial<VertexRouteSettings>) =>
  checkPrivatePath(vertexArgs(changes)).map(({ path, reason }) => `${path}: ${reason}`);
const withNew = (changes: Partial<CreatedNetwork>) =>
  problems(privately({ ...created, ...changes }));
const withExisting = (changes: Partial<ExistingNetwork>) =>
  problems(privately({ ...existing, ...changes }));

describe("checkPrivatePath", () => {
  it.each([
    ["a new network", {}],
    ["an existing one", privately(existing)],
    ["a single region", singapore],
    ["us from a region of the US", { location: "us", dataRegion: "us-east5" }],
    ["public reach, which has no network", { reach: { kind: "public" } }],
  ] as const)("has nothing against %s", (_, changes) => {
    expect(problems(changes)).toEqual([]);
  });

  it.each(["global", "eu-west9", ""])("refuses the location %j", (location) => {
    expect(problems({ location })).toEqual([
      `location: "${location}" has no private endpoint that stays in a place; use eu, us or a region with a Claude endpoint`,
    ]);
  });

  it.each([
    ["10.0.0.0/15", "a private path takes /16 to /29"],
    ["10.60.0.0/30", "a private path takes /16 to /29"],
    [
      "11.0.0.0/24",
      "is not private; use a block of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10",
    ],
    [
      "172.32.0.0/24",
      "is not private; use a block of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10",
    ],
    [
      "169.254.0.0/24",
      "is not private; use a block of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10",
    ],
    [
      "199.36.153.0/24",
      "is not private; use a block of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10",
    ],
    ["10.60.0.1/24", "has bits set after /24; did you mean 10.60.0.0/24"],
    ["fd00::/64", "is not an IPv4 block such as 10.40.0.0/16"],
  ])("refuses the block %s", (cidr, reason) => {
    const glue = reason.startsWith("a private") ? ";" : "";
    expect(withNew({ cidr, clientCidrs: ["192.168.20.0/24"] })).toEqual([
      `reach.network.cidr: "${cidr}"${glue} ${reason}`,
    ]);
  });

  it("wants room beside the subnetwork for the endpoint of a single region", () => {
    expect(problems({ ...singapore, ...privately({ ...created, cidr: "10.60.0.0/28" }) })).toEqual([
      'reach.network.cidr: "10.60.0.0/28"; a private path takes /16 to /27, half of it free for the endpoint',
    ]);
  });

  it.each([
    ["10.60.0.0/29", "eu"],
    ["10.60.0.0/16", "eu"],
    ["100.64.8.0/24", "eu"],
  ])("takes the block %s", (cidr) => {
    expect(withNew({ cidr })).toEqual([]);
  });

  it("refuses client blocks that are absent, unreadable, too wide, twice there or the network's own", () => {
    expect(withNew({ clientCidrs: [] })).toEqual([
      "reach.network.clientCidrs: empty; name the blocks laptops come from: answers are routed there",
    ]);
    expect(withNew({ clientCidrs: ["office", "0.0.0.0/0", "10.8.0.0/16", "10.8.4.0/24"] })).toEqual(
      [
        'reach.network.clientCidrs.0: "office" is not an IPv4 block such as 10.40.0.0/16',
        'reach.network.clientCidrs.1: "0.0.0.0/0" is wider than /8; name the company\'s own blocks',
        'reach.network.clientCidrs.1: "0.0.0.0/0" overlaps 10.60.0.0/24: a network answers its own addresses itself, so such laptops would hear nothing',
        'reach.network.clientCidrs.2: "10.8.0.0/16" overlaps 0.0.0.0/0; keep the wider one',
        'reach.network.clientCidrs.3: "10.8.4.0/24" overlaps 0.0.0.0/0; keep the wider one',
        'reach.network.clientCidrs.3: "10.8.4.0/24" overlaps 10.8.0.0/16; keep the wider one',
      ],
    );
    expect(withNew({ clientCidrs: ["10.60.0.128/25"] })).toEqual([
      'reach.network.clientCidrs.0: "10.60.0.128/25" overlaps 10.60.0.0/24: a network answers its own addresses itself, so such laptops would hear nothing',
    ]);
  });

  it("refuses client blocks of an existing network as well", () => {
    expect(withExisting({ clientCidrs: ["0.0.0.0/0"] })).toEqual([
      'reach.network.clientCidrs.0: "0.0.0.0/0" is wider than /8; name the company\'s own blocks',
    ]);
  });

  it("refuses a subnetwork outside the data region", () => {
    const subnetwork = "projects/example-hub/regions/europe-west2/subnetworks/endpoints";
    expect(withExisting({ subnetwork })).toEqual([
      `reach.network.subnetwork: "${subnetwork}" is in europe-west2; the endpoint lies in the data region, europe-west3`,
    ]);
  });

  it("refuses names it cannot read, and parts of two projects", () => {
    expect(withExisting({ network: "hub", subnetwork: "endpoints" })).toEqual([
      'reach.network.network: "hub"; write it as projects/PROJECT/global/networks/NAME',
      'reach.network.subnetwork: "endpoints"; write it as projects/PROJECT/regions/REGION/subnetworks/NAME',
    ]);
    const subnetwork = "projects/another/regions/europe-west3/subnetworks/endpoints";
    expect(withExisting({ subnetwork })).toEqual([
      `reach.network.subnetwork: "${subnetwork}" is of project another, the network of example-hub`,
    ]);
  });

  it("refuses an existing network for a single region, and says what works", () => {
    const subnetwork = "projects/example-hub/regions/asia-southeast1/subnetworks/endpoints";
    expect(problems({ ...singapore, ...privately({ ...existing, subnetwork }) })).toEqual([
      'reach.network.kind: "existing"; a single region is reached through an endpoint outside every subnetwork, whose address only a created network knows: use "create", or reach "public" with a perimeter',
    ]);
  });
});
