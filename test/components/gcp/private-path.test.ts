import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { PrivatePath } from "../../../components/gcp/private-path.ts";
import { deploy, refusal, resolved } from "../../support/deploy.ts";
import { inventoryOf, only } from "../../support/inventory.ts";
import {
  build,
  created,
  existing,
  logBucketName,
  privately,
  singapore,
  vertexArgs,
} from "./private-path-args.ts";

const network = "projects/example-claude-eu/global/networks/cowork-example-eu-claude";

describe("PrivatePath to a rep host, with a new network", () => {
  it("creates exactly this, each named and in the route's project", async () => {
    const { resources } = await build();

    expect(inventoryOf(resources).counts).toEqual({
      "cowork:gcp:PrivateNetwork": 1,
      "cowork:gcp:PrivatePath": 1,
      "gcp:compute/address:Address": 1,
      "gcp:compute/firewall:Firewall": 3,
      "gcp:compute/network:Network": 1,
      "gcp:compute/subnetwork:Subnetwork": 1,
      "gcp:dns/managedZone:ManagedZone": 1,
      "gcp:dns/policy:Policy": 1,
      "gcp:dns/recordSet:RecordSet": 1,
      "gcp:networkconnectivity/regionalEndpoint:RegionalEndpoint": 1,
    });
    const made = resources.filter((r) => r.type.startsWith("gcp:"));
    expect(made.filter((r) => r.inputs.project !== "example-claude-eu")).toEqual([]);
    expect(made.filter((r) => !r.inputs.name)).toEqual([]);
  });

  it("puts an endpoint for exactly the host into the data region, open to any of its regions", async () => {
    const { resources } = await build();

    expect(only(resources, "gcp:networkconnectivity/regionalEndpoint:RegionalEndpoint")).toEqual({
      project: "example-claude-eu",
      location: "europe-west3",
      name: "cowork-example-eu-claude-endpoint",
      targetGoogleApi: "aiplatform.eu.rep.googleapis.com",
      accessType: "GLOBAL",
      network,
      subnetwork:
        "projects/example-claude-eu/regions/europe-west3/subnetworks/cowork-example-eu-claude",
      address:
        "projects/example-claude-eu/regions/europe-west3/addresses/cowork-example-eu-claude-endpoint",
    });
    expect(only(resources, "gcp:compute/address:Address")).toEqual({
      project: "example-claude-eu",
      region: "europe-west3",
      name: "cowork-example-eu-claude-endpoint",
      addressType: "INTERNAL",
      purpose: "GCE_ENDPOINT",
      subnetwork:
        "projects/example-claude-eu/regions/europe-west3/subnetworks/cowork-example-eu-claude",
      address: "10.60.0.4",
    });
  });

  it("knows its address and routes before anything exists", async () => {
    const { result } = await build();

    expect(result.host).toBe("aiplatform.eu.rep.googleapis.com");
    expect(result.address).toBe("10.60.0.4");
    expect(result.network).toBe(network);
    expect(await resolved(pulumi.output(result.routing.toGoogle))).toBe("10.60.0.4/32");
    expect(result.routing.toLaptops).toEqual(["10.8.0.0/16", "192.168.20.0/24"]);
  });

  it("leaves routes and names to the company's network, and says so", async () => {
    const { result } = await build();

    expect(result.remainingSteps).toEqual([
      "Connect the company's network: carry the endpoint's address to Google and 10.8.0.0/16, 192.168.20.0/24 back, and let only those laptops through your own firewall (docs/runbook-vertex.md).",
      "Let the company's DNS answer aiplatform.eu.rep.googleapis.com with the endpoint's address, or forward the name to the network's inbound entry point (docs/runbook-vertex.md).",
      "Call Claude once over the private path before laptops rely on it: no dated source shows an endpoint for aiplatform.eu.rep.googleapis.com at work (docs/runbook-vertex.md).",
    ]);
  });

  it("names one host in DNS, visible to one network, and hides no other name", async () => {
    const { resources } = await build();

    expect(only(resources, "gcp:dns/managedZone:ManagedZone")).toEqual({
      project: "example-claude-eu",
      name: "cowork-example-eu-claude",
      dnsName: "aiplatform.eu.rep.googleapis.com.",
      description: "The private endpoint of Claude",
      visibility: "private",
      privateVisibilityConfig: { networks: [{ networkUrl: network }] },
    });
    expect(only(resources, "gcp:dns/recordSet:RecordSet")).toEqual({
      project: "example-claude-eu",
      managedZone: "cowork-example-eu-claude",
      name: "aiplatform.eu.rep.googleapis.com.",
      type: "A",
      ttl: 300,
      rrdatas: ["10.60.0.4"],
    });
    expect(only(resources, "gcp:dns/policy:Policy")).toMatchObject({
      enableInboundForwarding: true,
      networks: [{ networkUrl: network }],
    });
  });

  it("has no way out: no default route, no router, no NAT, no external address", async () => {
    const { resources } = await build();

    expect(resources.filter((r) => /[rR]outer|route:Route|Vpn/.test(r.type))).toEqual([]);
    expect(only(resources, "gcp:compute/network:Network")).toMatchObject({
      autoCreateSubnetworks: false,
      deleteDefaultRoutesOnCreate: true,
      routingMode: "GLOBAL",
    });
    expect(only(resources, "gcp:compute/subnetwork:Subnetwork")).toMatchObject({
      region: "europe-west3",
      network,
      ipCidrRange: "10.60.0.0/24",
      privateIpGoogleAccess: true,
    });
    expect(only(resources, "gcp:compute/address:Address")).toMatchObject({
      addressType: "INTERNAL",
    });
  });

  it("records flows in the region's own log bucket and keeps them out of the one that may lie in global", async () => {
    const { resources } = await build({}, logBucketName);
    const filter =
      'log_id("compute.googleapis.com/vpc_flows") AND resource.labels.subnetwork_name="cowork-example-eu-claude"';

    expect(only(resources, "gcp:compute/subnetwork:Subnetwork").logConfig).toEqual({
      aggregationInterval: "INTERVAL_5_SEC",
      flowSampling: 1,
      metadata: "INCLUDE_ALL_METADATA",
    });
    expect(only(resources, "gcp:logging/projectSink:ProjectSink")).toMatchObject({
      project: "example-claude-eu",
      name: "cowork-example-eu-claude-flows",
      destination: `logging.googleapis.com/${logBucketName}`,
      filter,
    });
    expect(only(resources, "gcp:logging/projectExclusion:ProjectExclusion")).toMatchObject({
      project: "example-claude-eu",
      name: "cowork-example-eu-claude-flows",
      filter,
    });
  });

  it("records no flow where it would not know the place", async () => {
    const { resources } = await build();
    expect(only(resources, "gcp:compute/subnetwork:Subnetwork")).not.toHaveProperty("logConfig");
    expect(resources.filter((r) => r.type.startsWith("gcp:logging"))).toEqual([]);
  });

  it("lets a machine in the network call the endpoint and nothing else", async () => {
    const { values } = inventoryOf((await build()).resources);
    const rules = Object.entries(values).filter(([key]) => key.includes("Firewall"));

    expect(Object.fromEntries(rules)).toEqual({
      "gcp:compute/firewall:Firewall::eu-claude-deny-in": {
        project: "example-claude-eu",
        name: "cowork-example-eu-claude-deny-in",
        network,
        direction: "INGRESS",
        priority: 65534,
        denies: [{ protocol: "all" }],
        sourceRanges: ["0.0.0.0/0"],
      },
      "gcp:compute/firewall:Firewall::eu-claude-deny-out": {
        project: "example-claude-eu",
        name: "cowork-example-eu-claude-deny-out",
        network,
        direction: "EGRESS",
        priority: 65534,
        denies: [{ protocol: "all" }],
        destinationRanges: ["0.0.0.0/0"],
      },
      "gcp:compute/firewall:Firewall::eu-claude-to-endpoint": {
        project: "example-claude-eu",
        name: "cowork-example-eu-claude-to-endpoint",
        network,
        direction: "EGRESS",
        priority: 1000,
        allows: [{ protocol: "tcp", ports: ["443"] }],
        destinationRanges: ["10.60.0.4/32"],
      },
    });
  });

  it("keeps every name within 63 characters, and two long ones apart", async () => {
    const namesOf = async (organization: string) => {
      const args = { ...vertexArgs(), organization };
      const { reach } = args.route;
      if (reach.kind === "public") throw new Error("a private path is under test");
      const { resources } = await deploy(() => new PrivatePath("eu-claude", { ...args, reach }));
      return resources
        .filter((r) => r.type.startsWith("gcp:") && !r.type.includes("RecordSet"))
        .map((r) => String(r.inputs.name));
    };
    const one = await namesOf("a-company-with-a-name-that-does-not-end-for-a-long-time-one");
    const two = await namesOf("a-company-with-a-name-that-does-not-end-for-a-long-time-two");

    expect(one.filter((n) => !/^[a-z]([-a-z0-9]{0,61}[a-z0-9])$/.test(n))).toEqual([]);
    expect(one.filter((n) => two.includes(n))).toEqual([]);
  });
});

describe("PrivatePath to a rep host, in an existing network", () => {
  it("adds an endpoint and its names, and changes nothing else", async () => {
    const { resources, result } = await build(privately(existing));

    expect(inventoryOf(resources).counts).toEqual({
      "cowork:gcp:PrivatePath": 1,
      "gcp:compute/address:Address": 1,
      "gcp:dns/managedZone:ManagedZone": 1,
      "gcp:dns/recordSet:RecordSet": 1,
      "gcp:networkconnectivity/regionalEndpoint:RegionalEndpoint": 1,
    });
    expect(only(resources, "gcp:networkconnectivity/regionalEndpoint:RegionalEndpoint")).toEqual(
      expect.objectContaining({
        project: "example-claude-eu",
        location: "europe-west3",
        network: existing.network,
        subnetwork: existing.subnetwork,
      }),
    );
    expect(result.network).toBe("projects/example-hub/global/networks/hub");
    expect(result.remainingSteps[1]).toBe(
      "Let the company's DNS answer aiplatform.eu.rep.googleapis.com with the endpoint's address (docs/runbook-vertex.md).",
    );
  });

  it("takes the address that Google chose, in DNS as well", async () => {
    const { resources, result } = await build(privately(existing));

    expect(only(resources, "gcp:compute/address:Address")).not.toHaveProperty("address");
    expect(await resolved(pulumi.output(result.address))).toBe("10.1.2.3");
    expect(only(resources, "gcp:dns/recordSet:RecordSet").rrdatas).toEqual(["10.1.2.3"]);
    expect(await resolved(pulumi.output(result.routing.toGoogle))).toBe("10.1.2.3/32");
  });
});

describe("PrivatePath to a locational host", () => {
  it("goes through the bundle that VPC Service Controls supports, and names one host of it", async () => {
    const { resources, result } = await build(singapore);

    expect(resources.filter((r) => r.type.startsWith("gcp:networkconnectivity"))).toEqual([]);
    expect(only(resources, "gcp:compute/globalForwardingRule:GlobalForwardingRule")).toEqual({
      project: "example-claude-eu",
      name: expect.stringMatching(/^[a-z][a-z0-9]{0,19}$/),
      target: "vpc-sc",
      network,
      ipAddress: "projects/example-claude-eu/global/addresses/cowork-example-eu-claude-endpoint",
      loadBalancingScheme: "",
      noAutomateDnsZone: true,
      serviceDirectoryRegistrations: {
        namespace: "goog-psc-default",
        serviceDirectoryRegion: "asia-southeast1",
      },
    });
    expect(only(resources, "gcp:dns/managedZone:ManagedZone").dnsName).toBe(
      "asia-southeast1-aiplatform.googleapis.com.",
    );
    expect(result.host).toBe("asia-southeast1-aiplatform.googleapis.com");
    expect(result.remainingSteps.filter((step) => step.includes("no dated source"))).toEqual([]);
  });

  it("keeps the endpoint's address outside the subnetwork, as Google demands", async () => {
    const { resources, result } = await build(singapore);

    expect(only(resources, "gcp:compute/subnetwork:Subnetwork").ipCidrRange).toBe("10.60.0.0/25");
    expect(only(resources, "gcp:compute/globalAddress:GlobalAddress")).toEqual({
      project: "example-claude-eu",
      name: "cowork-example-eu-claude-endpoint",
      address: "10.60.0.132",
      addressType: "INTERNAL",
      purpose: "PRIVATE_SERVICE_CONNECT",
      network,
    });
    expect(result.address).toBe("10.60.0.132");
    expect(only(resources, "gcp:dns/recordSet:RecordSet").rrdatas).toEqual(["10.60.0.132"]);
  });
});

it("refuses bad settings before anything exists, all at once", async () => {
  const bad = { ...created, cidr: "8.8.8.0/24", clientCidrs: ["office"] };
  expect(await refusal(build({ ...privately(bad), location: "global" }))).toBe(
    [
      "eu-claude: invalid arguments",
      '  location: "global" has no private endpoint that stays in a place; use eu, us or a region with a Claude endpoint',
      '  reach.network.cidr: "8.8.8.0/24" is not private; use a block of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10',
      '  reach.network.clientCidrs.0: "office" is not an IPv4 block such as 10.40.0.0/16',
    ].join("\n"),
  );
});
