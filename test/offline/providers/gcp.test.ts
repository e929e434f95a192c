import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startGcpProvider } from "../../../offline/providers/gcp.ts";
import type { ProviderServer } from "../../../offline/providers/server.ts";
import { startStandIns } from "../../../offline/providers/stand-ins.ts";
import { type Client, connect } from "./client.ts";

const signature = "4dabf18193072939515e22adb298388d";
const secret = (value: string) => ({ [signature]: "1b47061264138c4ac30d75fd1eb44270", value });
const ring = "gcp:kms/keyRing:KeyRing";

let server: ProviderServer;
let client: Client;

beforeAll(async () => {
  server = await startGcpProvider();
  client = connect(server.port);
  await client.handshake();
  await client.configure({ project: "cowork-eu", region: "europe-west1" });
});

afterAll(() => {
  client.close();
  server.close();
});

describe("the provider itself", () => {
  it("says which SDK it imitates", async () => {
    expect((await client.getPluginInfo()).getVersion()).toBe("9.37.0");
    expect((await client.getSchema()).getSchema()).toBe('{"name":"gcp","version":"9.37.0"}');
  });

  it("accepts its settings as the engine sends them, everything but text as JSON text", async () => {
    const settings = {
      project: "cowork-eu",
      region: "europe-west1",
      zone: "europe-west1-b",
      billingProject: "cowork-eu",
      userProjectOverride: "true",
      impersonateServiceAccount: "deployer@cowork-eu.iam.gserviceaccount.com",
      defaultLabels: '{"owner":"it"}',
      version: "9.37.0",
    };
    expect(await client.checkConfig(settings)).toEqual({ inputs: settings, failures: [] });
  });

  it("refuses settings that do not exist or have the wrong form", async () => {
    const settings = {
      projct: "cowork-eu",
      project: "Cowork",
      region: "eu",
      zone: "europe-west1",
      userProjectOverride: "yes",
      impersonateServiceAccount: "deployer",
      deletionPolicy: "KEEP",
    };
    expect((await client.checkConfig(settings)).failures).toEqual([
      'projct: pulumi:providers:gcp has no input of this name; did you mean "project"?',
      "userProjectOverride: expected boolean, got string",
      'project: "Cowork" is not a project: an id of 6 to 30 lower-case letters, digits and hyphens, or a number',
      'region: "eu" is not a region, as europe-west1',
      'deletionPolicy: "KEEP" is not one of "DELETE", "PREVENT", "ABANDON"',
      'zone: "europe-west1" is not a zone, as europe-west1-b',
      'impersonateServiceAccount: "deployer" is not the email of a service account',
    ]);
  });

  it("gives each of several instances the project it was configured with", async () => {
    const projects = ["cowork-eu", "cowork-us", "cowork-sg"];
    const instances = await Promise.all(
      projects.map(async (project) => {
        const instance = connect(server.port);
        await instance.attach();
        await instance.configure({ project });
        return instance;
      }),
    );
    const made = await Promise.all(
      instances.toReversed().map((one) => one.create(ring, { name: "r", location: "eu" })),
    );
    expect(made.map(({ id }) => id)).toEqual([
      "projects/cowork-sg/locations/eu/keyRings/r",
      "projects/cowork-us/locations/eu/keyRings/r",
      "projects/cowork-eu/locations/eu/keyRings/r",
    ]);
    for (const instance of instances) instance.close();
  });
});

describe("resources", () => {
  const inputs = { name: "r", location: "eu" };

  it("keep a secret input secret in the outputs", async () => {
    const type = "gcp:secretmanager/secret:Secret";
    const given = { secretId: secret("client"), replication: { auto: {} } };
    const { outputs } = await client.create(type, given);
    expect(outputs.secretId).toEqual(secret("client"));
  });

  it("are replaced when their location, or their provider's project, changes", async () => {
    const state = { ...inputs, project: "cowork-eu" };
    const moved = await client.diff(ring, inputs, { ...inputs, location: "us" }, state);
    expect(moved.replaces).toEqual(["location"]);
    const other = { ...inputs, project: "cowork-us" };
    expect(await client.diff(ring, inputs, inputs, other)).toEqual({
      changes: 2,
      diffs: ["project"],
      replaces: ["project"],
      details: { project: 5 },
    });
    expect((await client.diff(ring, inputs, inputs, state)).changes).toBe(1);
  });

  it("are deleted without a word, unless they are protected", async () => {
    const type = "gcp:organizations/project:Project";
    expect((await client.delete(ring, "r", { deletionPolicy: "DELETE" })).toObject()).toEqual({});
    await expect(client.delete(type, "p", { deletionPolicy: "PREVENT" })).rejects.toThrow(
      '3 INVALID_ARGUMENT: it cannot be deleted: its deletionPolicy is "PREVENT"',
    );
  });
});

describe("what the stand-in does not model", () => {
  it("refuses a resource type by name and says where to add it", async () => {
    await expect(client.check("gcp:spanner/instance:Instance", {})).rejects.toThrow(
      '3 INVALID_ARGUMENT: the offline gcp stand-in does not model "gcp:spanner/instance:Instance"; add it to offline/providers/gcp/type-tokens.ts and offline/providers/gcp/types/',
    );
  });

  it("refuses an invoke by name and says where to add it", async () => {
    await expect(client.invoke("gcp:compute/getZones:getZones")).rejects.toThrow(
      '3 INVALID_ARGUMENT: the offline gcp stand-in does not answer "gcp:compute/getZones:getZones"; add it to offline/providers/gcp/invokes.ts',
    );
  });

  it("refuses to read a resource nobody made", async () => {
    await expect(client.read(ring, "r", {})).rejects.toThrow(
      '3 INVALID_ARGUMENT: the offline gcp stand-in has no gcp:kms/keyRing:KeyRing "r" to read: nothing exists before a run',
    );
  });
});

describe("the stand-ins together", () => {
  it("tell an engine where each of them is, and are gone when closed", async () => {
    const standIns = await startStandIns();
    const [, aws = "", gcp = "", azure = "", entra = ""] =
      /^aws:(\d+),gcp:(\d+),azure-native:(\d+),azuread:(\d+)$/.exec(
        standIns.env.PULUMI_DEBUG_PROVIDERS ?? "",
      ) ?? [];
    for (const [port, name] of [
      [aws, "aws"],
      [gcp, "gcp"],
      [azure, "azure-native"],
      [entra, "azuread"],
    ]) {
      const one = connect(Number(port));
      expect(JSON.parse((await one.getSchema()).getSchema())).toMatchObject({ name });
      one.close();
    }
    standIns.close();
    const again = await startGcpProvider({ port: Number(gcp) });
    expect(again.port).toBe(Number(gcp));
    again.close();
  });
});
