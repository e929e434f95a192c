import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { gcpModel } from "../../../../offline/providers/gcp/model.ts";
import { tokenOf } from "../../../../offline/providers/gcp/type-tokens.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";
import { check, config } from "./checked.ts";
import { accessRows } from "./rows/access.ts";
import { computeRows } from "./rows/compute.ts";
import { identityRows } from "./rows/identity.ts";
import { storeRows } from "./rows/stores.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const model = gcpModel();

describe("project and region", () => {
  const subnet = { name: "a", network: "n", ipCidrRange: "10.0.0.0/24" };

  it("stay out of the inputs when the provider names them", () => {
    const { inputs, failures } = check("compute/Subnetwork", subnet);
    expect(failures).toEqual([]);
    expect(inputs).toEqual(subnet);
  });

  it("are refused when neither the resource nor the provider names them", () => {
    expect(check("compute/Subnetwork", subnet, { given: {} }).failures).toEqual([
      "project: neither the resource nor its provider names a project; set `project` on either",
      "region: neither the resource nor its provider names a region; set `region` on either",
    ]);
    expect(check("kms/KeyRing", { location: "eu" }, { given: {} }).failures).toEqual([
      "project: neither the resource nor its provider names a project; set `project` on either",
    ]);
  });

  it("are not asked for by what lies in an organization", () => {
    const pool = { location: "global", parent: "organizations/1", workforcePoolId: "cowork-eu" };
    expect(check("iam/WorkforcePool", pool, { given: {} }).failures).toEqual([]);
  });

  it("may come from the provider's zone, and stay unknown while they are", () => {
    const zonal = { project: "cowork-eu", zone: "europe-west1-b" };
    expect(check("compute/Subnetwork", subnet, { given: zonal }).failures).toEqual([]);
    const later = { project: unknown, region: unknown };
    expect(check("compute/Subnetwork", subnet, { given: later }).failures).toEqual([]);
  });

  it("are refused when they are no project and no region", () => {
    expect(
      check("compute/Subnetwork", { ...subnet, project: "Cowork", region: "eu" }).failures,
    ).toEqual([
      'project: "Cowork" is not a project: an id of 6 to 30 lower-case letters, digits and hyphens, or a number',
      'region: "eu" is not a region, as europe-west1',
    ]);
  });
});

describe("defaults", () => {
  it.each<[string, Properties, Properties]>([
    ["bigquery/Dataset", { datasetId: "d" }, { location: "US" }],
    [
      "kms/CryptoKey",
      { keyRing: "projects/p/locations/l/keyRings/r" },
      { purpose: "ENCRYPT_DECRYPT" },
    ],
    ["dns/ManagedZone", { dnsName: "a.example." }, { visibility: "public" }],
    [
      "logging/ProjectBucketConfig",
      { project: "cowork-eu", location: "eu", bucketId: "b" },
      { retentionDays: 30 },
    ],
    [
      "logging/ProjectSink",
      { destination: "storage.googleapis.com/b" },
      { uniqueWriterIdentity: true },
    ],
    ["compute/Network", {}, { autoCreateSubnetworks: true }],
    ["organizations/Project", { projectId: "cowork-eu" }, { autoCreateNetwork: true }],
    ["storage/Bucket", { location: "EU" }, { storageClass: "STANDARD" }],
  ])("of %s with %j are %j", (type, given, expected) => {
    expect(check(type, given).inputs).toMatchObject(expected);
  });

  it("reach into the objects a program gives, and make none it does not give", () => {
    const keyRing = "projects/p/locations/l/keyRings/r";
    const template = (versionTemplate: Properties) =>
      check("kms/CryptoKey", { keyRing, versionTemplate }).inputs.versionTemplate;
    expect(template({ algorithm: "A" })).toEqual({
      __defaults: [],
      algorithm: "A",
      protectionLevel: "SOFTWARE",
    });
    expect(template({ algorithm: "A", protectionLevel: "HSM" })).toMatchObject({
      protectionLevel: "HSM",
    });
    expect(check("kms/CryptoKey", { keyRing }).inputs).not.toHaveProperty("versionTemplate");
    const later = check("kms/CryptoKey", { keyRing, versionTemplate: unknown });
    expect(later.inputs.versionTemplate).toBe(unknown);
  });

  it("do not touch what the program says", () => {
    expect(check("bigquery/Dataset", { datasetId: "d", location: "EU" }).inputs.location).toBe(
      "EU",
    );
    expect(check("compute/Network", { autoCreateSubnetworks: false }).inputs).toMatchObject({
      autoCreateSubnetworks: false,
    });
  });
});

describe("names", () => {
  it.each<[string, string, Properties, string, RegExp]>([
    ["compute/Network", "name", {}, "Laptops", /^laptops-[0-9a-f]{7}$/],
    ["compute/Subnetwork", "name", { network: "n" }, "Laptops", /^laptops-[0-9a-f]{7}$/],
    ["kms/KeyRing", "name", { location: "eu" }, "Laptops", /^Laptops-[0-9a-f]{7}$/],
    ["serviceaccount/Account", "accountId", {}, "deployer", /^deployer-[0-9a-f]{7}$/],
    ["organizations/Project", "projectId", {}, "Cowork", /^cowork-[0-9a-f]{7}$/],
    ["organizations/Project", "name", {}, "Cowork", /^Cowork$/],
    ["secretmanager/Secret", "secretId", { replication: {} }, "Client", /^Client-[0-9a-f]{7}$/],
  ])("of %s are made in %s", (type, property, given, name, pattern) => {
    const first = check(type, given, { name });
    expect(first.failures).toEqual([]);
    expect(first.inputs[property]).toMatch(pattern);
    expect(check(type, given, { name }).inputs[property]).toBe(first.inputs[property]);
  });

  it.each<[string, Properties, string, string]>([
    ["compute/Router", { network: "n" }, "a".repeat(80), ""],
    [
      "networkconnectivity/RegionalEndpoint",
      {
        accessType: "GLOBAL",
        location: "europe-west1",
        targetGoogleApi: "sts.eu.rep.googleapis.com",
      },
      "Endpoint",
      "a name: 1 to 63 lower-case letters, digits and hyphens, a letter first, no hyphen last",
    ],
    [
      "projects/IAMCustomRole",
      { title: "Claude", permissions: ["a.b.c"] },
      "claude",
      "a role id: 3 to 64 letters, digits, periods and underscores",
    ],
    [
      "vertex/AiEndpoint",
      { displayName: "x", location: "europe-west1" },
      "endpoint",
      "an endpoint's name: a number of at most 10 digits; give one",
    ],
  ])("of %s made from %j are refused where the service would", (type, given, name, wanted) => {
    const { failures } = check(type, given, { name });
    expect(failures.map((text) => text.replace(/^.* is not /, ""))).toEqual(
      wanted === "" ? [] : [wanted],
    );
  });

  it("are kept as they were in the last run, and made anew when the last was the program's own", () => {
    const kept = check("kms/KeyRing", { location: "eu" }, { olds: { name: "claude-0000000" } });
    expect(kept.inputs.name).toBe("claude-0000000");
    const fresh = check("kms/KeyRing", { location: "eu" }, { olds: { name: "chosen" } });
    expect(fresh.inputs.name).toMatch(/^claude-[0-9a-f]{7}$/);
  });

  it("are not made where the service makes them", () => {
    expect(check("dns/RecordSet", {}).inputs).not.toHaveProperty("name");
    expect(check("iam/WorkforcePool", {}).inputs).not.toHaveProperty("name");
  });
});

describe("nested objects", () => {
  it("carry the empty list of defaults real providers leave in them, and lose it in the outputs", () => {
    const given = { datasetId: "d", defaultEncryptionConfiguration: { kmsKeyName: unknown } };
    const { inputs } = check("bigquery/Dataset", given);
    expect(inputs.defaultEncryptionConfiguration).toEqual({ __defaults: [], kmsKeyName: unknown });
    const target = { urn: "urn:pulumi:eu::p::t::d", type: "gcp:bigquery/dataset:Dataset" };
    const outputs = model.previewCreate(target, inputs, config);
    expect(outputs.defaultEncryptionConfiguration).toEqual({ kmsKeyName: unknown });
  });
});

describe("values that are not known yet", () => {
  const rows = Object.entries({ ...accessRows, ...computeRows, ...identityRows, ...storeRows });
  const someUnknown = fc.constantFrom(...rows).chain(([type, [given]]) =>
    fc.subarray(Object.keys(given)).map((names) => ({
      type,
      news: { ...given, ...Object.fromEntries(names.map((name) => [name, unknown])) },
    })),
  );

  it("are never refused, whichever they are, and stay unknown in a preview", () => {
    fc.assert(
      fc.property(someUnknown, ({ type, news }) => {
        const { inputs, failures } = check(type, news);
        expect(failures).toEqual([]);
        const target = { urn: `urn:pulumi:eu::p::${tokenOf(type)}::it`, type: tokenOf(type) };
        expect(model.previewCreate(target, inputs, config)).toMatchObject(news);
      }),
      { numRuns: 500 },
    );
  });
});
