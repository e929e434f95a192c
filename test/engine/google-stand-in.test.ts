import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StackRun } from "../../offline/engine/run-stack.ts";
import { type StandIns, startStandIns } from "../../offline/providers/stand-ins.ts";
import { stand } from "./support.ts";

let standIns: StandIns;
beforeAll(async () => {
  standIns = await startStandIns();
});
afterAll(() => standIns.close());

const project = "cowork-eu";
const location = "europe-west1";

/** Most of what a geography on Google consists of, and a neighbour from AWS. */
const program =
  (deletionPolicy: string): PulumiFn =>
  async () => {
    const own = new gcp.organizations.Project("own", {
      projectId: project,
      name: "Cowork EU",
      deletionPolicy,
    });
    const provider = new gcp.Provider("google", {
      project,
      region: location,
      userProjectOverride: true,
      defaultLabels: { owner: "it" },
    });
    const options = { provider, dependsOn: own };
    const service = "aiplatform.googleapis.com";
    new gcp.projects.Service("api", { service }, options);
    const agent = new gcp.projects.ServiceIdentity("agent", { service }, options);
    const ring = new gcp.kms.KeyRing("ring", { location }, options);
    const key = new gcp.kms.CryptoKey(
      "key",
      { keyRing: ring.id, labels: { use: "logs" } },
      options,
    );
    new gcp.kms.CryptoKeyIAMMember(
      "grant",
      {
        cryptoKeyId: key.id,
        role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
        member: agent.member,
      },
      options,
    );
    const network = new gcp.compute.Network("Private", { autoCreateSubnetworks: false }, options);
    const subnet = new gcp.compute.Subnetwork(
      "private",
      { network: network.id, ipCidrRange: "10.40.0.0/24" },
      options,
    );
    const endpoint = new gcp.networkconnectivity.RegionalEndpoint(
      "endpoint",
      {
        name: "aiplatform",
        accessType: "GLOBAL",
        location,
        network: network.id,
        subnetwork: subnet.id,
        targetGoogleApi: "aiplatform.eu.rep.googleapis.com",
      },
      options,
    );
    const found = await gcp.organizations.getProject({ projectId: project }, { provider });
    new aws.cloudwatch.LogGroup("neighbour", { region: "eu-central-1" });
    return {
      number: own.number,
      foundNumber: found.number,
      network: network.selfLink,
      subnetRegion: subnet.region,
      subnetProject: subnet.project,
      endpoint: endpoint.pscForwardingRule,
      key: key.id,
    };
  };

const changed = ({ steps }: StackRun) => steps.filter(({ op }) => op !== "same").length;

test("a program on both clouds is previewed, made, left alone and taken down", async () => {
  const engine = stand({ config: { "aws:region": "eu-central-1" }, env: standIns.env });
  const preview = await engine.run("preview", program("DELETE"));
  expect(preview.problems).toEqual([]);

  const up = await engine.run("up", program("DELETE"));
  expect(up.problems).toEqual([]);
  expect(changed(up)).toBeGreaterThan(10);
  const compute = "https://www.googleapis.com/compute/v1/projects/cowork-eu/global/networks";
  expect(up.outputs).toMatchObject({
    number: "934827158857",
    foundNumber: "934827158857",
    network: expect.stringMatching(new RegExp(`^${compute}/private-[0-9a-f]{7}$`)),
    subnetRegion: "europe-west1",
    subnetProject: "cowork-eu",
    endpoint: expect.stringMatching(
      /^\/\/compute\.googleapis\.com\/projects\/cowork-eu\/regions\/europe-west1\/forwardingRules\/rep-[0-9a-f]{12}$/,
    ),
    key: expect.stringMatching(
      /^projects\/cowork-eu\/locations\/europe-west1\/keyRings\/ring-[0-9a-f]{7}\/cryptoKeys\/key-[0-9a-f]{7}$/,
    ),
  });

  const second = await engine.run("up", program("DELETE"));
  expect(second.problems).toEqual([]);
  expect(changed(second)).toBe(0);

  const gone = await engine.run("destroy", program("DELETE"));
  expect(gone.problems).toEqual([]);
});

test("a project protected against deletion stops a destroy", async () => {
  const engine = stand({ config: { "aws:region": "eu-central-1" }, env: standIns.env });
  const up = await engine.run("up", program("PREVENT"));
  expect(up.problems).toEqual([]);
  const refused = await engine.run("destroy", program("PREVENT"));
  expect(refused.ok).toBe(false);
  expect(refused.problems.join("\n")).toContain(
    'own cannot be deleted: its deletionPolicy is "PREVENT"',
  );
});
