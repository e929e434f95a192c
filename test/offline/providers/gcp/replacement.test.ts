import { describe, expect, it } from "vitest";
import { changesBetween } from "../../../../offline/providers/diff.ts";
import { gcpModel } from "../../../../offline/providers/gcp/model.ts";
import { modelledTypes, tokenOf } from "../../../../offline/providers/gcp/type-tokens.ts";

const model = gcpModel();

describe("inputs that force a replacement", () => {
  it.each([
    ["organizations/Project", ["projectId"], ["name", "billingAccount", "labels", "orgId"]],
    ["kms/KeyRing", ["location", "name", "project"], []],
    ["kms/CryptoKey", ["keyRing", "name", "purpose"], ["labels", "rotationPeriod"]],
    ["iam/WorkforcePool", ["location", "parent", "workforcePoolId"], ["sessionDuration"]],
    ["iam/WorkforcePoolProvider", ["providerId"], ["attributeCondition", "oidc"]],
    ["iam/WorkloadIdentityPoolProvider", ["workloadIdentityPoolId"], ["attributeMapping"]],
    ["projects/IAMMember", ["condition", "member", "project", "role"], []],
    ["projects/IAMCustomRole", ["project", "roleId"], ["permissions", "title"]],
    ["logging/ProjectBucketConfig", ["bucketId", "location"], ["cmekSettings", "retentionDays"]],
    ["logging/ProjectSink", ["name", "uniqueWriterIdentity"], ["destination", "filter"]],
    ["bigquery/Dataset", ["datasetId", "location"], ["defaultEncryptionConfiguration", "labels"]],
    ["storage/Bucket", ["location", "name"], ["encryption", "labels", "retentionPolicy"]],
    ["compute/Network", ["autoCreateSubnetworks", "name"], ["routingMode"]],
    [
      "compute/Subnetwork",
      ["ipCidrRange", "name", "network", "region"],
      ["privateIpGoogleAccess", "secondaryIpRanges"],
    ],
    ["compute/GlobalForwardingRule", ["ipAddress", "network"], ["labels", "target"]],
    [
      "networkconnectivity/RegionalEndpoint",
      ["accessType", "location", "network", "subnetwork", "targetGoogleApi"],
      ["labels"],
    ],
    ["dns/ManagedZone", ["dnsName", "visibility"], ["privateVisibilityConfig"]],
    ["dns/RecordSet", ["managedZone", "name"], ["rrdatas", "ttl"]],
    ["accesscontextmanager/ServicePerimeter", ["name", "parent"], ["spec", "status"]],
    ["vertex/AiModelGardenEnableModel", ["publisherModelName"], []],
  ])("of %s include %j and none of %j", (type, replacing, inPlace) => {
    const replaceOn = model.replaceOn(tokenOf(type));
    expect(replacing.filter((name) => !replaceOn.has(name))).toEqual([]);
    expect(inPlace.filter((name) => replaceOn.has(name))).toEqual([]);
  });

  it("always include project, region and location", () => {
    for (const type of modelledTypes)
      expect([...model.replaceOn(tokenOf(type))]).toEqual(
        expect.arrayContaining(["project", "region", "location"]),
      );
  });

  it("include the protection level inside a key's template, but not its algorithm", () => {
    const replaceOn = model.replaceOn("gcp:kms/cryptoKey:CryptoKey");
    const old = { versionTemplate: { algorithm: "A", protectionLevel: "SOFTWARE" } };
    const now = { versionTemplate: { algorithm: "B", protectionLevel: "HSM" } };
    expect(changesBetween(old, now, replaceOn)).toEqual([
      { path: "versionTemplate.algorithm", kind: "update", replaces: false },
      { path: "versionTemplate.protectionLevel", kind: "update", replaces: true },
    ]);
  });
});

describe("a provider that moves to another project", () => {
  const target = {
    urn: "urn:pulumi:eu::p::gcp:kms/keyRing:KeyRing::it",
    type: "gcp:kms/keyRing:KeyRing",
  };
  const inputs = { name: "ring", location: "europe-west1" };
  const now = (config: Record<string, string>) => model.compared(target, { inputs }, config);
  const then = (from: Record<string, string>) =>
    model.compared(target, { inputs, from }, { project: "cowork-eu" });

  it("replaces what took its project from it", () => {
    const changes = changesBetween(
      then({ project: "cowork-eu" }),
      now({ project: "cowork-us" }),
      model.replaceOn(target.type),
    );
    expect(changes).toEqual([{ path: "project", kind: "update", replaces: true }]);
  });

  it("leaves alone what names its own project, and what has none", () => {
    const own = { ...inputs, project: "cowork-keys" };
    expect(model.compared(target, { inputs: own }, { project: "cowork-us" })).toEqual(own);
    const pool = { urn: "urn", type: "gcp:iam/workforcePool:WorkforcePool" };
    expect(model.compared(pool, { inputs: {} }, { project: "cowork-us" })).toEqual({});
  });

  it("changes nothing when the project stays", () => {
    expect(then({ project: "cowork-eu" })).toEqual(now({ project: "cowork-eu" }));
  });
});
