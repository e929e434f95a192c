import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startAwsProvider } from "../../../offline/providers/aws.ts";
import type { LogLine } from "../../../offline/providers/handlers.ts";
import type { ProviderServer } from "../../../offline/providers/server.ts";
import { type Client, connect } from "./client.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const signature = "4dabf18193072939515e22adb298388d";
const secret = (value: string) => ({ [signature]: "1b47061264138c4ac30d75fd1eb44270", value });

const vpc = "aws:ec2/vpc:Vpc";
const role = "aws:iam/role:Role";
const trust =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}';

let server: ProviderServer;
let client: Client;
const lines: LogLine[] = [];

beforeAll(async () => {
  server = await startAwsProvider({ onLog: (line) => lines.push(line) });
  client = connect(server.port);
  await client.handshake();
  await client.configure({ region: "eu-central-1", allowedAccountIds: '["111122223333"]' });
});

afterAll(() => {
  client.close();
  server.close();
});

describe("the verbs before the first resource", () => {
  it("promises secrets, resources and previews, and no outputs", async () => {
    const instance = connect(server.port);
    const handshake = await instance.handshake();
    expect([handshake.getAcceptSecrets(), handshake.getAcceptResources()]).toEqual([true, true]);
    const configured = await instance.configure({ region: "eu-central-1" });
    expect(configured.toObject()).toMatchObject({
      acceptsecrets: true,
      acceptresources: true,
      supportspreview: true,
      acceptoutputs: false,
    });
    instance.close();
  });

  it("says which SDK it imitates", async () => {
    expect((await client.getPluginInfo()).getVersion()).toBe("7.48.0");
    expect((await client.getSchema()).getSchema()).toBe('{"name":"aws","version":"7.48.0"}');
  });

  it("takes no parameters", async () => {
    await expect(client.parameterize()).rejects.toThrow(
      "12 UNIMPLEMENTED: the offline aws stand-in does not take parameters",
    );
  });

  it("goes on serving after one engine cancels, as others share the server", async () => {
    await client.cancel();
    expect((await client.check(vpc, { cidrBlock: "10.0.0.0/16" })).failures).toEqual([]);
  });

  it("accepts a provider's settings as the engine sends them, everything but text as JSON text", async () => {
    const settings = {
      region: "eu-central-1",
      allowedAccountIds: '["111122223333"]',
      skipMetadataApiCheck: "true",
      version: "7.48.0",
      defaultTags: '{"tags":{"owner":"it"}}',
    };
    expect(await client.checkConfig(settings)).toEqual({ inputs: settings, failures: [] });
  });

  it("refuses a provider setting that does not exist", async () => {
    expect((await client.checkConfig({ regoin: "eu-central-1" })).failures).toEqual([
      'regoin: pulumi:providers:aws has no input of this name; did you mean "region"?',
    ]);
  });

  it("updates a provider in place when its region changes", async () => {
    expect(await client.diffConfig({ region: "eu-west-1" }, { region: "eu-central-1" })).toEqual({
      changes: 2,
      diffs: ["region"],
      replaces: [],
      details: { region: 4 },
    });
  });
});

describe("several provider instances on one server", () => {
  it("gives each the region and account it was configured with, in whatever order they ask", async () => {
    const settings = [
      { region: "eu-central-1", allowedAccountIds: '["111111111111"]' },
      { region: "us-east-1", allowedAccountIds: '["222222222222"]' },
      { region: "ap-northeast-1", allowedAccountIds: '["333333333333"]' },
    ];
    const instances = await Promise.all(
      settings.map(async (config) => {
        const instance = connect(server.port);
        await instance.attach();
        await instance.configure(config);
        return instance;
      }),
    );
    const anchor = {
      name: "devices",
      source: { sourceType: "CERTIFICATE_BUNDLE", sourceData: { x509CertificateData: "pem" } },
    };
    const created = await Promise.all(
      instances
        .toReversed()
        .map((one) => one.create("aws:rolesanywhere/trustAnchor:TrustAnchor", anchor)),
    );
    expect(created.map(({ outputs }) => String(outputs.arn).replace(/[^/]*$/, ""))).toEqual([
      "arn:aws:rolesanywhere:ap-northeast-1:333333333333:trust-anchor/",
      "arn:aws:rolesanywhere:us-east-1:222222222222:trust-anchor/",
      "arn:aws:rolesanywhere:eu-central-1:111111111111:trust-anchor/",
    ]);
    const checks = await Promise.all(instances.map((one) => one.check(vpc, {})));
    expect(checks.map(({ inputs }) => inputs.region)).toEqual([
      "eu-central-1",
      "us-east-1",
      "ap-northeast-1",
    ]);
    for (const instance of instances) instance.close();
  });

  it("refuses to serve an instance that was never configured", async () => {
    const instance = connect(server.port);
    await instance.handshake();
    await expect(instance.check(vpc, {})).rejects.toThrow(
      "3 INVALID_ARGUMENT: the provider was asked for a resource before it was configured",
    );
    instance.close();
  });
});

describe("create", () => {
  it("echoes inputs in a preview and leaves unknown what the service makes", async () => {
    const { id, outputs } = await client.create(
      vpc,
      { cidrBlock: "10.0.0.0/16", tags: { a: "b" } },
      true,
    );
    expect(id).toBe("");
    expect(outputs).toEqual({
      arn: unknown,
      cidrBlock: "10.0.0.0/16",
      defaultNetworkAclId: unknown,
      defaultRouteTableId: unknown,
      defaultSecurityGroupId: unknown,
      dhcpOptionsId: unknown,
      enableDnsHostnames: unknown,
      enableNetworkAddressUsageMetrics: unknown,
      ipv6AssociationId: unknown,
      ipv6CidrBlock: unknown,
      ipv6CidrBlockNetworkBorderGroup: unknown,
      mainRouteTableId: unknown,
      ownerId: unknown,
      region: unknown,
      tags: { a: "b" },
      tagsAll: { a: "b" },
    });
  });

  it("knows everything once the resource exists", async () => {
    const { id, outputs } = await client.create(vpc, {
      cidrBlock: "10.0.0.0/16",
      region: "eu-central-1",
    });
    expect(id).toMatch(/^vpc-[0-9a-f]{17}$/);
    expect(outputs.arn).toBe(`arn:aws:ec2:eu-central-1:111122223333:vpc/${id}`);
    expect(outputs.ownerId).toBe("111122223333");
    expect(outputs.mainRouteTableId).toBe(outputs.defaultRouteTableId);
    expect(JSON.stringify(outputs)).not.toContain(unknown);
  });

  it("gives the same id for the same URN, and another for another name, region or CIDR", async () => {
    const inputs = { cidrBlock: "10.0.0.0/16", region: "eu-central-1" };
    const id = async (given: Record<string, string>, name = "it") =>
      (await client.create(vpc, given, false, name)).id;
    const first = await id(inputs);
    expect(await id(inputs)).toBe(first);
    const others = [
      await id(inputs, "other"),
      await id({ ...inputs, region: "eu-west-1" }),
      await id({ ...inputs, cidrBlock: "10.1.0.0/16" }),
    ];
    expect(new Set([first, ...others]).size).toBe(4);
  });

  it("keeps a secret input secret in the outputs", async () => {
    const { outputs } = await client.create(role, {
      assumeRolePolicy: trust,
      description: secret("hush"),
      name: "r",
      path: "/",
    });
    expect(outputs.description).toEqual(secret("hush"));
    expect(outputs.arn).toBe("arn:aws:iam::111122223333:role/r");
  });
});

describe("diff", () => {
  it("says that nothing changed", async () => {
    expect(
      await client.diff(vpc, { cidrBlock: "10.0.0.0/16" }, { cidrBlock: "10.0.0.0/16" }),
    ).toEqual({
      changes: 1,
      diffs: [],
      replaces: [],
      details: {},
    });
  });

  it("replaces on a new CIDR and updates new tags in place", async () => {
    const olds = { cidrBlock: "10.0.0.0/16", region: "eu-central-1" };
    const news = { cidrBlock: "10.1.0.0/16", region: "eu-central-1", tags: { a: "b" } };
    expect(await client.diff(vpc, olds, news)).toEqual({
      changes: 2,
      diffs: ["cidrBlock", "tags"],
      replaces: ["cidrBlock"],
      details: { cidrBlock: 5, tags: 0 },
    });
  });
});

describe("update, read and delete", () => {
  const inputs = { cidrBlock: "10.0.0.0/16", region: "eu-central-1" };

  it("keeps what the service computed, in a preview and after it", async () => {
    const { outputs: olds } = await client.create(vpc, inputs);
    const news = { ...inputs, tags: { a: "b" } };
    const expected = { ...olds, tags: { a: "b" }, tagsAll: { a: "b" } };
    expect(await client.update(vpc, olds, news, true)).toEqual(expected);
    expect(await client.update(vpc, olds, news)).toEqual(expected);
  });

  it("reads back the state it is shown", async () => {
    const { id, outputs } = await client.create(vpc, inputs);
    expect(await client.read(vpc, id, outputs, inputs)).toEqual({ id, outputs, inputs });
  });

  it("refuses to read a resource nobody made, as there is no cloud to look into", async () => {
    await expect(client.read(vpc, "vpc-1", {})).rejects.toThrow(
      '3 INVALID_ARGUMENT: the offline aws stand-in has no aws:ec2/vpc:Vpc "vpc-1" to read: nothing exists before a run',
    );
  });

  it("deletes without a word", async () => {
    expect((await client.delete(vpc, "vpc-1")).toObject()).toEqual({});
  });
});

describe("what the stand-in does not model", () => {
  it("refuses a resource type by name and says where to add it", async () => {
    await expect(client.check("aws:sqs/queue:Queue", {})).rejects.toThrow(
      '3 INVALID_ARGUMENT: the offline aws stand-in does not model "aws:sqs/queue:Queue"; add it to offline/providers/aws/type-tokens.ts and offline/providers/aws/types/',
    );
  });

  it("refuses an invoke by name and says where to add it", async () => {
    await expect(client.invoke("aws:ec2/getVpc:getVpc", { id: "vpc-1" })).rejects.toThrow(
      '3 INVALID_ARGUMENT: the offline aws stand-in does not answer "aws:ec2/getVpc:getVpc"; add it to offline/providers/aws/invokes.ts',
    );
  });
});

describe("the server", () => {
  it("reports each request with its verb and what it is about", () => {
    expect(lines).toContainEqual({
      verb: "create",
      about: "urn:pulumi:eu::p::aws:ec2/vpc:Vpc::it",
    });
    expect(lines).toContainEqual({ verb: "invoke", about: "aws:ec2/getVpc:getVpc" });
  });

  it("gives one clear error when its port is taken", async () => {
    await expect(startAwsProvider({ port: server.port })).rejects.toThrow(
      `the offline aws stand-in cannot listen on 127.0.0.1:${server.port}: the port is taken; leave the port out to get a free one`,
    );
  });

  it("frees its port when closed", async () => {
    const first = await startAwsProvider();
    first.close();
    const second = await startAwsProvider({ port: first.port });
    expect(second.port).toBe(first.port);
    second.close();
  });
});
