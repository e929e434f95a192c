import { expect, test } from "vitest";
import { parse, stringify } from "yaml";

import { stackOutputs } from "../../contract/outputs.ts";
import { openHouse } from "./house.ts";

/** Everything a Google route can be asked for beyond the shipped one; logs stay unlocked, else their key is kept. */
const optional = {
  reach: {
    kind: "private",
    network: { kind: "create", cidr: "10.60.0.0/24", clientCidrs: ["10.8.0.0/14"] },
    pinBaseUrl: true,
  },
  logs: { retentionDays: 400, content: { datasetId: "claude_content" } },
  deployer: {
    kind: "github",
    repositoryId: "123456789",
    repositoryOwnerId: "987654",
    ref: "refs/heads/main",
  },
  perimeter: {
    accessPolicyId: "987654321098",
    mode: "enforced",
    ingressCidrs: ["203.0.113.0/24"],
  },
  organizationPolicies: { scope: "project", mode: "enforced" },
  modelAccess: { legal: { acceptedBy: "counsel@example.com", acceptedOn: "2026-11-20" } },
};

const adopted = {
  kind: "adopt",
  projectId: "example-cowork-eu",
  projectNumber: "234567890123",
} as const;

const federation =
  "urn:pulumi:eu::cowork-landing-zone::cowork:gcp:VertexProject$cowork:gcp:DeployerAccess$gcp:serviceaccount/iAMMember:IAMMember::eu-google-deployer-federation";

test("a Google route with every optional part goes up, stays, and goes away but for its project", async () => {
  const house = await openHouse();
  const ask = (more: object) =>
    house.edit("stacks/Pulumi.eu.yaml", (text) => {
      const file = parse(text);
      const google = file.config["cowork:routes"].find(
        (route: { provider: string }) => route.provider === "vertex",
      );
      // Alone: Bedrock's options have a test of their own, and half the resources take half the time.
      delete file.config["cowork:tokenService"];
      file.config["cowork:routes"] = [{ ...google, ...optional, ...more }];
      return stringify(file);
    });
  const createNew = {
    kind: "create",
    projectId: "example-cowork-eu",
    billingAccount: "012345-6789AB-CDEF01",
  };

  // In a project that exists nothing is left "not proven, decided at up", not even as an advisory.
  ask({ project: adopted });
  const proven = await house.run("eu", "preview");
  expect(proven.problems).toEqual([]);
  expect(proven.policyMessages).toEqual([]);

  // Google chooses a new project's number, and CI's identity is named by it: this one grant waits for up.
  ask({ project: createNew });
  const preview = await house.run("eu", "preview");
  expect(preview.problems).toEqual([]);
  expect(
    preview.policyMessages.map(({ level, urn, message }) => ({
      level,
      urn,
      why: message.split("\n")[1],
    })),
  ).toEqual(
    [1, 2].map(() => ({
      level: "advisory",
      urn: federation,
      why: "not proven, decided at up: `member` is not known yet",
    })),
  );

  const up = await house.run("eu", "up");
  expect(up.problems).toEqual([]);
  expect(up.policyMessages).toEqual([]);
  expect(up.changes).toEqual(preview.changes);
  const [route] = stackOutputs.parse(up.outputs.landingZone).routes;
  expect(route).toMatchObject({
    baseUrl: "https://aiplatform.eu.rep.googleapis.com",
    reach: { kind: "private", address: "10.60.0.4" },
    logs: { retentionDays: 400, dataset: "projects/example-cowork-eu/datasets/claude_content" },
    perimeter: "enforced",
  });

  const second = await house.run("eu", "up");
  expect(second.problems).toEqual([]);
  expect(second.policyMessages).toEqual([]);
  expect(Object.keys(second.changes)).toEqual(["same"]);

  const gone = await house.run("eu", "destroy");
  expect(gone.problems).toEqual([]);
  // The stand-in refuses to delete a project, as Google does: that nothing failed means it was left alone.
  expect(gone.changes).toEqual({ delete: up.changes.create });
});
