import { describe, expect, it } from "vitest";

import { gcpModel } from "../../../../offline/providers/gcp/model.ts";
import { tokenOf } from "../../../../offline/providers/gcp/type-tokens.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const model = gcpModel();
const config = { project: "cowork-eu", region: "europe-west1" };

function targetOf(type: string) {
  const token = tokenOf(type);
  return { urn: `urn:pulumi:eu::p::${token}::it`, type: token };
}
const preview = (type: string, inputs: Properties, given: Properties = config) =>
  model.previewCreate(targetOf(type), inputs, given);
const create = (type: string, inputs: Properties, given: Properties = config) =>
  model.create(targetOf(type), inputs, given).outputs;

describe("in a preview", () => {
  const subnet = { name: "a", network: "n", ipCidrRange: "10.0.0.0/24" };

  it("the project is known, as the real provider plans it, and the region is not", () => {
    expect(preview("compute/Subnetwork", subnet)).toMatchObject({
      project: "cowork-eu",
      region: unknown,
      selfLink: unknown,
    });
    expect(create("compute/Subnetwork", subnet)).toMatchObject({
      project: "cowork-eu",
      region: "europe-west1",
    });
  });

  it("the resource's own project and region win over the provider's", () => {
    const own = { ...subnet, project: "cowork-net", region: "europe-west4" };
    expect(preview("compute/Subnetwork", own)).toMatchObject({
      project: "cowork-net",
      region: "europe-west4",
    });
  });

  it("what the service makes is unknown", () => {
    expect(preview("projects/ServiceIdentity", { service: "aiplatform.googleapis.com" })).toEqual({
      email: unknown,
      member: unknown,
      project: "cowork-eu",
      service: "aiplatform.googleapis.com",
    });
    const pool = { location: "global", parent: "organizations/1", workforcePoolId: "cowork-eu" };
    expect(preview("iam/WorkforcePool", pool)).toMatchObject({ name: unknown, state: unknown });
  });

  it("a resource that exists keeps what it has", () => {
    const key = { name: "k", keyRing: "projects/p/locations/eu/keyRings/r" };
    const olds = create("kms/CryptoKey", key);
    const change = { olds, news: { ...key, rotationPeriod: "7776000s" }, preview: true };
    expect(model.update(targetOf("kms/CryptoKey"), change, config)).toEqual({
      ...olds,
      rotationPeriod: "7776000s",
    });
  });
});

describe("labels", () => {
  const topic = { name: "t", labels: { owner: "me" } };
  const labelled = (given: Properties) => preview("pubsub/Topic", topic, { ...config, ...given });

  it("of the provider and its attribution reach every resource, and its own win", () => {
    const all = { "goog-pulumi-provisioned": "true", owner: "me", stack: "eu" };
    expect(labelled({ defaultLabels: '{"owner":"it","stack":"eu"}' })).toMatchObject({
      effectiveLabels: all,
      labels: { owner: "me" },
      pulumiLabels: all,
    });
  });

  it("carry no attribution when the provider is told so", () => {
    expect(labelled({ addPulumiAttributionLabel: "false" }).effectiveLabels).toEqual({
      owner: "me",
    });
  });

  it("are unknown as a whole while the resource's own are", () => {
    const outputs = preview("pubsub/Topic", { name: "t", labels: unknown });
    expect(outputs.effectiveLabels).toBe(unknown);
  });
});

describe("the deletion policy", () => {
  it.each<[string, string, Properties, Properties, string]>([
    ["its own", "pubsub/Topic", { deletionPolicy: "ABANDON" }, {}, "ABANDON"],
    ["its provider's", "pubsub/Topic", {}, { deletionPolicy: "PREVENT" }, "PREVENT"],
    ["DELETE, when nobody says", "pubsub/Topic", {}, {}, "DELETE"],
    ["PREVENT for a project, when nobody says", "organizations/Project", {}, {}, "PREVENT"],
    ["its own for a project", "organizations/Project", { deletionPolicy: "DELETE" }, {}, "DELETE"],
  ])("is %s", (_, type, own, given, expected) => {
    const inputs = { name: "claude", projectId: "cowork-eu", ...own };
    expect(preview(type, inputs, { ...config, ...given }).deletionPolicy).toBe(expected);
  });
});

describe("a sink's writer", () => {
  const writer = (more: Properties) =>
    create("logging/ProjectSink", { name: "s", destination: "storage.googleapis.com/b", ...more })
      .writerIdentity;

  it.each<[string, Properties, string]>([
    [
      "the project's own agent",
      { uniqueWriterIdentity: true },
      "serviceAccount:service-934827158857@gcp-sa-logging.iam.gserviceaccount.com",
    ],
    [
      "one that all projects share, when none of its own is asked for",
      { uniqueWriterIdentity: false },
      "serviceAccount:cloud-logs@system.gserviceaccount.com",
    ],
    [
      "nobody, for a bucket of the same project",
      { destination: "logging.googleapis.com/projects/cowork-eu/locations/eu/buckets/b" },
      "",
    ],
    [
      "an agent, for a bucket of another project",
      { destination: "logging.googleapis.com/projects/audit/locations/eu/buckets/b" },
      "serviceAccount:service-934827158857@gcp-sa-logging.iam.gserviceaccount.com",
    ],
    [
      "whom the program names",
      { customWriterIdentity: "serviceAccount:w@cowork-eu.iam.gserviceaccount.com" },
      "serviceAccount:w@cowork-eu.iam.gserviceaccount.com",
    ],
  ])("is %s", (_, more, expected) => {
    expect(writer(more)).toBe(expected);
  });
});

describe("ids and numbers", () => {
  it("are another project's when it is another project", () => {
    const number = (projectId: string) => create("organizations/Project", { projectId }).number;
    expect(number("cowork-eu")).toBe("934827158857");
    expect(number("cowork-us")).toMatch(/^[1-9]\d{11}$/);
    expect(number("cowork-us")).not.toBe(number("cowork-eu"));
  });

  it("are the number itself where a program names its project by number", () => {
    const given = { project: "123456789012", service: "run.googleapis.com" };
    expect(create("projects/ServiceIdentity", given).email).toBe(
      "service-123456789012@serverless-robot-prod.iam.gserviceaccount.com",
    );
  });

  it("of generated kinds change with what forces a replacement", () => {
    const id = (inputs: Properties) =>
      model.create(targetOf("serviceaccount/Key"), inputs, config).id;
    const account = { serviceAccountId: "projects/p/serviceAccounts/a@p.iam.gserviceaccount.com" };
    expect(id({ ...account, keepers: { on: "1" } })).not.toBe(
      id({ ...account, keepers: { on: "2" } }),
    );
  });

  it.each([
    ["run.googleapis.com", "service-934827158857@serverless-robot-prod.iam.gserviceaccount.com"],
    ["pubsub.googleapis.com", "service-934827158857@gcp-sa-pubsub.iam.gserviceaccount.com"],
  ])("of the agent of %s are its own", (service, email) => {
    expect(create("projects/ServiceIdentity", { service }).email).toBe(email);
  });
});

describe("what is protected against deletion", () => {
  const target = targetOf("organizations/Project");

  it.each<[Properties, string]>([
    [{ deletionPolicy: "PREVENT" }, 'it cannot be deleted: its deletionPolicy is "PREVENT"'],
    [{ deletionProtection: true }, "it cannot be deleted: its deletionProtection is on"],
    [
      { deletionProtectionEnabled: true },
      "it cannot be deleted: its deletionProtectionEnabled is on",
    ],
  ])("by %j is not deleted", (state, message) => {
    expect(() => model.remove(target, state)).toThrow(message);
  });

  it("is nothing else", () => {
    expect(() => model.remove(target, {})).not.toThrow();
    expect(() =>
      model.remove(target, { deletionPolicy: "DELETE", deletionProtection: false }),
    ).not.toThrow();
  });
});
