import { describe, expect, it } from "vitest";

import { googleDataStaysInTheZone as rule } from "../../../policy-pack/rules/google-data-stays-in-the-zone.ts";
import { google } from "../../support/google-resources.ts";
import { reportsOf, unknownText } from "../../support/run-rule.ts";

const keyIn = (place: string) => `projects/p/locations/${place}/keyRings/r/cryptoKeys/k`;
const inUs = "us-east1 is in US, outside zone eu";
const everywhere = "global promises no place, so it is outside every zone";

describe.each(["preview", "up"] as const)("what a token service stands on, at %s", (phase) => {
  it.each([
    "cloudrunv2/service:Service",
    "memorystore/instance:Instance",
    "certificatemanager/trustConfig:TrustConfig",
    "networksecurity/serverTlsPolicy:ServerTlsPolicy",
    "networksecurity/authzPolicy:AuthzPolicy",
    "networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy",
  ])("rests inside the zone: %s", async (type) => {
    const at = (location: string) => reportsOf(rule, google(type, { location }), { phase });
    expect(await at("europe-west3")).toEqual([]);
    expect(await at("us-east1")).toEqual([`blocks: \`location\` is us-east1: ${inUs}`]);
    expect(await at("global")).toEqual([`blocks: \`location\` is global: ${everywhere}`]);
    expect(await at(unknownText)).toEqual(
      phase === "preview"
        ? ["advises: not proven, decided at up: `location` is not known yet"]
        : ["blocks: undecidable: `location` is not known yet"],
    );
  });

  it.each([
    "cloudrunv2/service:Service",
    "memorystore/instance:Instance",
    "certificatemanager/trustConfig:TrustConfig",
    "networksecurity/authzPolicy:AuthzPolicy",
    "compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup",
  ])("says where it rests: %s", async (type) => {
    const kind = type.replace(/\/\w+:/, "/");
    expect(await reportsOf(rule, google(type, {}), { phase })).toEqual([
      `blocks: undecidable: no input says where it is, and no rule knows where ${kind} rests without one`,
    ]);
  });

  it("is no TLS policy of the global load balancers, which is what an absent place means", async () => {
    const candidate = google("networksecurity/serverTlsPolicy:ServerTlsPolicy", {});
    expect(await reportsOf(rule, candidate, { phase })).toEqual([
      `blocks: \`location\` is absent, and Google's default is global: ${everywhere}`,
    ]);
  });

  it.each([
    ["compute/regionBackendService:RegionBackendService"],
    ["compute/regionSslPolicy:RegionSslPolicy"],
    ["compute/regionTargetHttpsProxy:RegionTargetHttpsProxy"],
    ["compute/regionUrlMap:RegionUrlMap"],
  ])("has a load balancer inside the zone: %s", async (type) => {
    expect(await reportsOf(rule, google(type, {}), { phase })).toEqual([]);
    expect(await reportsOf(rule, google(type, { region: "us-east1" }), { phase })).toEqual([
      `blocks: \`region\` is us-east1: ${inUs}`,
    ]);
  });

  it("is under keys of its own region", async () => {
    const service = google("cloudrunv2/service:Service", {
      location: "europe-west3",
      template: { encryptionKey: keyIn("europe-west1") },
    });
    const store = google("memorystore/instance:Instance", {
      location: "europe-west3",
      kmsKey: keyIn("us-east1"),
    });
    expect(await reportsOf(rule, service, { phase })).toEqual([
      expect.stringMatching(/^blocks: `template.encryptionKey` is a key in europe-west1/),
    ]);
    expect(await reportsOf(rule, store, { phase })).toEqual([
      `blocks: \`kmsKey\` is a key in us-east1: ${inUs}`,
    ]);
  });

  it("has no copies elsewhere", async () => {
    const store = google("memorystore/instance:Instance", {
      location: "europe-west3",
      crossInstanceReplicationConfig: {
        instanceRole: "PRIMARY",
        secondaryInstances: [{ instance: "projects/p/locations/us-east1/instances/copy" }],
      },
    });
    expect(await reportsOf(rule, store, { phase })).toEqual([
      `blocks: \`crossInstanceReplicationConfig.secondaryInstances.*.instance\` is in us-east1: ${inUs}`,
    ]);
    const spread = google("cloudrunv2/service:Service", {
      location: "europe-west3",
      multiRegionSettings: { regions: ["europe-west3", "us-east1"] },
    });
    expect(await reportsOf(rule, spread, { phase })).toEqual([
      `blocks: \`multiRegionSettings.regions.1\` is us-east1: ${inUs}`,
    ]);
  });
});
