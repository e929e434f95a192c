import { describe, expect, it } from "vitest";

import { gcpModel } from "../../../../offline/providers/gcp/model.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";

const config = { project: "cowork-eu", region: "europe-west1" };

function invoke(name: string, args: Properties = {}, given: Properties = config): Properties {
  const [module = "", method = ""] = name.split("/");
  const result = gcpModel().invoke(`gcp:${module}/${method}:${method}`, args, given);
  if ("answer" in result) return result.answer;
  throw new Error(result.failures.map((one) => `${one.property}: ${one.reason}`).join("\n"));
}

describe("projects", () => {
  it("have the number their resources say, whoever asks", () => {
    const number = "934827158857";
    expect(invoke("organizations/getProject")).toMatchObject({ projectId: "cowork-eu", number });
    expect(invoke("organizations/getProject", { projectId: "cowork-eu" }, {})).toMatchObject({
      id: "projects/cowork-eu",
      number,
    });
    expect(invoke("projects/getProject", { filter: "projectId:cowork-eu" }).projects).toEqual([
      expect.objectContaining({ projectId: "cowork-eu", number }),
    ]);
  });

  it("are not looked for by anything else than their id", () => {
    expect(() => invoke("projects/getProject", { filter: "labels.team:it" })).toThrow(
      "filter: the offline gcp stand-in answers only a filter for one project, as projectId:my-project",
    );
  });

  it("are asked for when neither the call nor the provider names one", () => {
    expect(() => invoke("organizations/getProject", {}, {})).toThrow(
      "project: neither the call nor its provider names a project; set `project` on either",
    );
  });
});

describe("the client", () => {
  it("is the provider's own settings, and no token", () => {
    expect(
      invoke("organizations/getClientConfig", {}, { ...config, zone: "europe-west1-b" }),
    ).toEqual({
      accessToken: "offline: no token",
      defaultLabels: { "goog-pulumi-provisioned": "true" },
      id: "projects/cowork-eu/regions/europe-west1/zones/europe-west1-b",
      project: "cowork-eu",
      region: "europe-west1",
      zone: "europe-west1-b",
    });
  });
});

describe("organizations", () => {
  it("are known by their number only", () => {
    expect(
      invoke("organizations/getOrganization", { organization: "organizations/7" }),
    ).toMatchObject({
      name: "organizations/7",
      orgId: "7",
    });
    expect(() => invoke("organizations/getOrganization", { domain: "example.com" })).toThrow(
      "domain: the offline gcp stand-in knows organizations by number only; give `organization`",
    );
  });
});

describe("networks", () => {
  it.each<[Properties, string]>([
    [{ name: "shared" }, "projects/cowork-eu/global/networks/shared"],
    [{ name: "shared", project: "host" }, "projects/host/global/networks/shared"],
    [{ name: "projects/host/global/networks/shared" }, "projects/host/global/networks/shared"],
    [
      { selfLink: "https://www.googleapis.com/compute/v1/projects/host/global/networks/shared" },
      "projects/host/global/networks/shared",
    ],
  ])("asked for as %j are %s", (args, id) => {
    expect(invoke("compute/getNetwork", args)).toMatchObject({
      id,
      name: "shared",
      selfLink: `https://www.googleapis.com/compute/v1/${id}`,
    });
  });

  it("need a name", () => {
    expect(() => invoke("compute/getNetwork")).toThrow(
      "name: one of `name` and `selfLink` must be given",
    );
  });

  it("have subnets in the region of the call, of the link, or of the provider", () => {
    const subnet = (args: Properties, given?: Properties) =>
      invoke("compute/getSubnetwork", args, given).id;
    expect(subnet({ name: "a" })).toBe("projects/cowork-eu/regions/europe-west1/subnetworks/a");
    expect(subnet({ name: "a", region: "europe-west4" })).toBe(
      "projects/cowork-eu/regions/europe-west4/subnetworks/a",
    );
    expect(subnet({ selfLink: "projects/host/regions/us-east5/subnetworks/a" })).toBe(
      "projects/host/regions/us-east5/subnetworks/a",
    );
    expect(() => subnet({ name: "a" }, { project: "cowork-eu" })).toThrow(
      "region: neither the call nor its provider names a region",
    );
  });
});

describe("identities that keys are granted to", () => {
  it("are the services' own", () => {
    expect(invoke("bigquery/getDefaultServiceAccount")).toMatchObject({
      email: "bq-934827158857@bigquery-encryption.iam.gserviceaccount.com",
      member: "serviceAccount:bq-934827158857@bigquery-encryption.iam.gserviceaccount.com",
    });
    expect(invoke("storage/getProjectServiceAccount").emailAddress).toBe(
      "service-934827158857@gs-project-accounts.iam.gserviceaccount.com",
    );
    expect(invoke("logging/getProjectCmekSettings", { project: "cowork-eu" })).toMatchObject({
      name: "projects/cowork-eu/cmekSettings",
      serviceAccountId: "cmek-p934827158857@gcp-sa-logging.iam.gserviceaccount.com",
    });
    expect(invoke("serviceaccount/getAccount", { accountId: "deployer" })).toMatchObject({
      email: "deployer@cowork-eu.iam.gserviceaccount.com",
      name: "projects/cowork-eu/serviceAccounts/deployer@cowork-eu.iam.gserviceaccount.com",
    });
  });
});

describe("keys", () => {
  it("are found by their names", () => {
    const ring = invoke("kms/getKMSKeyRing", { name: "cowork", location: "europe-west1" }).id;
    expect(ring).toBe("projects/cowork-eu/locations/europe-west1/keyRings/cowork");
    expect(invoke("kms/getKMSCryptoKey", { keyRing: String(ring), name: "logs" })).toMatchObject({
      id: "projects/cowork-eu/locations/europe-west1/keyRings/cowork/cryptoKeys/logs",
      purpose: "ENCRYPT_DECRYPT",
    });
  });
});

describe("what is not answered", () => {
  it("is refused by name, with the place to add it", () => {
    expect(() => invoke("compute/getZones")).toThrow(
      'the offline gcp stand-in does not answer "gcp:compute/getZones:getZones"; add it to offline/providers/gcp/invokes.ts',
    );
  });
});
