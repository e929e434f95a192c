import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as gcp from "@pulumi/gcp";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { CallerRole } from "../../components/gcp/caller-role.ts";
import { DataAccessAudit } from "../../components/gcp/data-access-audit.ts";
import { GoogleProject } from "../../components/gcp/google-project.ts";
import { servicesFor } from "../../components/gcp/google-services.ts";
import { DeployerAccess } from "../../components/gcp/iam/deployer.ts";
import { deployerPermissions } from "../../components/gcp/iam/deployer-permissions.ts";
import { WorkforceAccess } from "../../components/gcp/iam/workforce.ts";
import type { DeployerSettings, ProjectSettings } from "../../components/gcp/vertex-route.ts";
import { type StandIns, startStandIns } from "../../offline/providers/stand-ins.ts";
import { entra, route } from "../components/gcp/support.ts";
import { stand } from "./support.ts";

let standIns: StandIns;
beforeAll(async () => {
  standIns = await startStandIns();
});
afterAll(() => standIns.close());

const organizationId = "123456789012";

/** One project with everything about identity in it. */
function identities(name: string, settings: ProjectSettings, ci: DeployerSettings): void {
  const provider = new gcp.Provider(name, { project: settings.projectId, region: "europe-west3" });
  const own = { provider };
  const label = `example-${name}`;
  const services = servicesFor(route);
  const project = new GoogleProject(name, { settings, organizationId, services, label }, own);
  const { projectId, projectNumber, ready } = project;
  const people = new WorkforceAccess(
    name,
    { organizationId, label, settings: entra, after: ready },
    own,
  );
  const member = people.signIn.principalSet;
  const caller = new CallerRole(name, { projectId, member, after: [...ready, people] }, own);
  new DataAccessAudit(name, { projectId, after: ready }, own);
  new DeployerAccess(
    name,
    {
      projectId,
      projectNumber,
      settings: ci,
      permissions: deployerPermissions(route),
      grantableRoles: [caller.roleName],
      after: ready,
    },
    own,
  );
}

const program: PulumiFn = async () => {
  identities(
    "made",
    { kind: "create", projectId: "example-claude-eu", billingAccount: "012345-6789AB-CDEF01" },
    { kind: "github", repositoryId: "12345", repositoryOwnerId: "678", ref: "refs/heads/main" },
  );
  identities(
    "adopted",
    { kind: "adopt", projectId: "example-claude-us", projectNumber: "210987654321" },
    {
      kind: "azure-devops",
      organizationId: "11111111-2222-3333-4444-555555555555",
      serviceConnection: "sc://example/zone/google",
    },
  );
};

test("projects with sign-in, grants and CI are previewed, made in order, and left alone", async () => {
  const engine = stand({ env: standIns.env });
  const preview = await engine.run("preview", program);
  expect(preview.problems).toEqual([]);

  const up = await engine.run("up", program);
  expect(up.problems).toEqual([]);
  const needs = dependenciesIn(engine.stateFolder);
  // A grant to people of a pool that is not there yet is refused, and an API that is off answers nothing.
  expect(needs("made-grant")).toEqual(
    expect.arrayContaining(["made-pool", "made-provider", "made-role", "made-aiplatform"]),
  );
  expect(needs("made-aiplatform")).toEqual(["made-project"]);
  expect(needs("made-config")).toContain("made-aiplatform");
  expect(needs("made-federation")).toEqual(
    expect.arrayContaining(["made-account", "made-provider"]),
  );

  const second = await engine.run("up", program);
  expect(second.problems).toEqual([]);
  expect(second.steps.filter(({ op }) => op !== "same")).toEqual([]);
});

/** Names of what a resource waited for, from the engine's own record. */
function dependenciesIn(folder: string): (name: string) => string[] {
  const file = readdirSync(folder, { recursive: true, encoding: "utf8" }).find((path) =>
    path.endsWith(join("stacks", "parts", "eu.json")),
  );
  const state = JSON.parse(readFileSync(join(folder, file ?? ""), "utf8"));
  const { resources } = state.checkpoint.latest as {
    resources: { urn: string; dependencies?: string[] }[];
  };
  const nameOf = (urn: string) => urn.split("::").at(-1) ?? "";
  return (name) =>
    resources
      .filter(({ urn }) => nameOf(urn) === name)
      .flatMap(({ dependencies = [] }) => dependencies.map(nameOf));
}
