import { describe, expect, it } from "vitest";

import type {
  ServiceNetwork,
  ServiceStore,
} from "../../../../components/gcp/token-service/args.ts";
import { checkNetwork } from "../../../../components/gcp/token-service/network-checks.ts";
import { checkStore } from "../../../../components/gcp/token-service/store-checks.ts";
import { existingStore, network, planOf } from "./support.ts";

const inNetwork = (change: Partial<ServiceNetwork>, maxReplicas = 4) =>
  checkNetwork({ ...network, ...change }, { ...planOf(), maxReplicas }, ["10.0.0.0/16"]).map(
    ({ path, reason }) => `${path}: ${reason}`,
  );
const inStore = (store: ServiceStore) =>
  checkStore(store).map(({ path, reason }) => `${path}: ${reason}`);

describe("the network of a token service", () => {
  it.each([
    "",
    "default",
    "projects/other/global/networks/n",
    "projects/example-claude-eu/networks/n",
  ])("is one of its own project, not %j", (name) => {
    expect(inNetwork({ network: name })).toEqual([
      `network.network: "${name}" is no network of the service's project; write projects/example-claude-eu/global/networks/<name>`,
    ]);
  });

  it.each([
    ["10.60.0.0/27", '"10.60.0.0/27"; need a block of /8 to /26'],
    ["10.60.0.1/26", '"10.60.0.1/26" has bits set after /26; did you mean 10.60.0.0/26'],
    ["", '"" is not an IPv4 block such as 10.40.0.0/16'],
  ])("has a block with room, not %j", (subnetCidr, reason) => {
    expect(inNetwork({ subnetCidr })).toEqual([`network.subnetCidr: ${reason}`]);
    expect(inNetwork({ proxies: { kind: "create", cidr: subnetCidr } })).toEqual([
      `network.proxies.cidr: ${reason}`,
    ]);
  });

  it("holds two addresses for each instance, and a few more", () => {
    expect(inNetwork({}, 28)).toEqual([]);
    expect(inNetwork({}, 29)).toEqual([
      'network.subnetCidr: "10.60.0.0/26" has no room for 29 instances, which take two addresses each; use a wider block',
    ]);
  });

  it("keeps proxies, instances and laptops apart", () => {
    expect(inNetwork({ proxies: { kind: "create", cidr: "10.60.0.0/25" } })).toEqual([
      'network.proxies.cidr: "10.60.0.0/26" and the proxies\' block share addresses; use two blocks',
    ]);
    expect(inNetwork({ subnetCidr: "10.0.0.0/26" })).toEqual([
      'network.subnetCidr: "10.0.0.0/26" overlaps "10.0.0.0/16", where laptops are; answers would not find back',
    ]);
  });
});

describe("the store of a token service", () => {
  it("is of a node type that keeps its promises", () => {
    expect(inStore({ kind: "create", nodeType: "SHARED_CORE_NANO" })).toEqual([
      'store.nodeType: "SHARED_CORE_NANO"; use one of STANDARD_SMALL, STANDARD_LARGE, HIGHMEM_MEDIUM, HIGHMEM_XLARGE, HIGHCPU_MEDIUM',
    ]);
  });

  it.each(["redis://store.example.com", "store.example.com:6379", "rediss://store/0", ""])(
    "is reached with TLS, not as %j",
    (url) => {
      expect(inStore({ ...existingStore, url })).toEqual([
        `store.url: "${url}" is no address such as rediss://store.example.com:6379, with TLS and without user, password or path`,
      ]);
    },
  );

  it("never repeats a password", () => {
    expect(inStore({ ...existingStore, url: "rediss://user:hunter2@store.example.com" })).toEqual([
      'store.url: "rediss://...@store.example.com" is no address such as rediss://store.example.com:6379, with TLS and without user, password or path',
    ]);
    expect(inStore({ ...existingStore, passwordSecret: "hunter2" })).toEqual([
      "store.passwordSecret: is no name of a secret; write projects/<project>/secrets/<name>, without a version",
    ]);
  });

  it("says where it answers from", () => {
    expect(inStore({ ...existingStore, cidrs: [] })).toEqual([
      "store.cidrs: empty; name the blocks the store answers from",
    ]);
  });
});
