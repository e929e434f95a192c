import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as gcp from "@pulumi/gcp";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CallerRole } from "../../components/gcp/caller-role.ts";
import { DeployerAccess } from "../../components/gcp/iam/deployer.ts";
import { WorkforceAccess } from "../../components/gcp/iam/workforce.ts";
import { type StandIns, startStandIns } from "../../offline/providers/stand-ins.ts";
import { stand, temporaryFolder } from "./support.ts";

const policyPack = fileURLToPath(new URL("../../policy-pack", import.meta.url));
let standIns: StandIns;
beforeAll(async () => {
  standIns = await startStandIns();
});
afterAll(() => standIns.close());

const project = "cowork-eu";
const tenantId = "11111111-2222-3333-4444-555555555555";
const group = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

/** Runs a program with our pack on; `blocks` is what the rules refused, `rule: message` each. */
async function run(operation: "preview" | "up", program: PulumiFn) {
  const compliance = join(temporaryFolder(), "zones.yaml");
  writeFileSync(compliance, "stacks: { eu: eu }\n");
  const config = { "gcp:project": project, "gcp:region": "europe-west1" };
  const env = { ...standIns.env, COWORK_COMPLIANCE_FILE: compliance };
  const result = await stand({ policyPack, config, env }).run(operation, program);
  const blocks = result.policyMessages
    .filter(({ level }) => level === "mandatory")
    .map(({ rule, message }) => `${rule}: ${message.split("\n").at(-1)}`)
    .toSorted();
  return { ...result, blocks };
}

test("a preview stops somebody else's key of an account, whole pool, wide role and open sign-in", async () => {
  const pool = "principalSet://iam.googleapis.com/locations/global/workforcePools/people/*";
  const { ok, blocks } = await run("preview", async () => {
    const account = new gcp.serviceaccount.Account("caller", { accountId: "claude-caller" });
    new gcp.serviceaccount.Key("key", { serviceAccountId: account.name });
    new gcp.projects.IAMMember("everybody", {
      project,
      role: "roles/aiplatform.user",
      member: pool,
    });
    new gcp.iam.WorkforcePoolProvider("sign-in", {
      location: "global",
      workforcePoolId: "people-of-company",
      providerId: "desktop",
      attributeMapping: { "google.subject": "assertion.email" },
      oidc: {
        issuerUri: `https://login.microsoftonline.com/${tenantId}/v2.0`,
        clientId: "desktop",
        webSsoConfig: {
          responseType: "ID_TOKEN",
          assertionClaimsBehavior: "ONLY_ID_TOKEN_CLAIMS",
        },
      },
    });
  });
  expect(ok).toBe(false);
  const member = `\`member\` "${pool}"`;
  const wide = "reaches far more of Agent Platform than a call to Claude";
  expect(blocks).toEqual([
    `federation-names-whom-it-trusts: \`attributeCondition\` is absent, and https://login.microsoftonline.com/${tenantId}/v2.0 signs for everybody of its tenant`,
    "federation-names-whom-it-trusts: `attributeMapping` takes `google.subject` from `email`, which can change or pass to somebody else",
    `federation-names-whom-it-trusts: ${member} is everybody of a workforce pool, and roles/aiplatform.user ${wide}`,
    "google-has-no-account-keys: a key of a service account works from anywhere until somebody deletes it",
    `people-get-the-custom-role-only: ${member} gets roles/aiplatform.user, which ${wide}`,
  ]);
});

test("the kit's own sign-in, caller and deployer pass", async () => {
  const { problems, blocks } = await run("up", async () => {
    const label = "cowork-eu-claude";
    const signIn = new WorkforceAccess("people", {
      organizationId: "123456789012",
      label,
      settings: {
        kind: "workforce",
        issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
        clientId: "99999999-2222-3333-4444-555555555555",
        tenantId,
        group,
      },
    });
    const caller = new CallerRole("caller", {
      projectId: project,
      member: signIn.signIn.principalSet,
      after: [signIn],
    });
    new DeployerAccess("deployer", {
      projectId: project,
      projectNumber: "934827158857",
      settings: { kind: "github", repositoryId: "42", repositoryOwnerId: "7" },
      permissions: ["resourcemanager.projects.setIamPolicy", "serviceusage.services.use"],
      grantableRoles: [caller.roleName],
    });
  });
  expect(blocks).toEqual([]);
  expect(problems).toEqual([]);
});
