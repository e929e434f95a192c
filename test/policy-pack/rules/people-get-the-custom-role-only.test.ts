import { describe, expect, it } from "vitest";
import { peopleGetTheCustomRoleOnly as rule } from "../../../policy-pack/rules/people-get-the-custom-role-only.ts";
import { type Candidate, type Run, reportsOf, unknownText } from "../../support/run-rule.ts";

const provider = { project: "cowork-eu" };
const roleType = "gcp:projects/iAMCustomRole:IAMCustomRole";
const caller = ["aiplatform.endpoints.predict", "serviceusage.services.use"];
const group =
  "principalSet://iam.googleapis.com/locations/global/workforcePools/people/group/claude";

const customRole = (permissions: unknown, project: unknown = "cowork-eu"): Candidate => ({
  type: roleType,
  name: `role in ${String(project)}`,
  props: { roleId: "caller", project, permissions },
  provider,
});
const granted = (role: unknown, member: unknown, run: Run = {}) =>
  reportsOf(
    rule,
    {
      type: "gcp:projects/iAMMember:IAMMember",
      props: { project: "cowork-eu", role, member },
      provider,
    },
    run,
  );

describe("people-get-the-custom-role-only, on grants", () => {
  it.each([
    ["roles/owner", "is a basic role over every service"],
    ["roles/editor", "is a basic role over every service"],
    ["roles/viewer", "is a basic role over every service"],
    ["roles/aiplatform.user", "reaches far more of Agent Platform than a call to Claude"],
    ["roles/aiplatform.admin", "reaches far more of Agent Platform than a call to Claude"],
    ["roles/ml.admin", "reaches far more of Agent Platform than a call to Claude"],
    ["roles/dataflow.serviceAgent", "is meant for a service of Google's own"],
    ["roles/iam.serviceAccountTokenCreator", "lets its holder act as a service account"],
    ["roles/iam.serviceAccountUser", "lets its holder act as a service account"],
    ["roles/iam.securityAdmin", "lets its holder grant every other role"],
    ["roles/orgpolicy.policyAdmin", "changes organization policies"],
  ])("fails people with %s", async (role, reach) => {
    for (const member of [
      group,
      "user:a@company.example",
      "group:all@company.example",
      "domain:company.example",
      "principal://iam.googleapis.com/locations/global/workforcePools/people/subject/42",
    ]) {
      expect(await granted(role, member)).toEqual([
        `blocks: \`member\` "${member}" gets ${role}, which ${reach}`,
      ]);
    }
  });

  it.each([
    ["a service account", "serviceAccount:gateway@cowork-eu.iam.gserviceaccount.com"],
    [
      "a service of Google's",
      "serviceAccount:service-42@gcp-sa-aiplatform.iam.gserviceaccount.com",
    ],
    [
      "a pipeline",
      "principalSet://iam.googleapis.com/projects/42/locations/global/workloadIdentityPools/ci/attribute.repository_id/7",
    ],
  ])("leaves %s alone", async (_, member) => {
    for (const role of [
      "roles/aiplatform.user",
      "roles/aiplatform.serviceAgent",
      "projects/x-project/roles/own",
    ]) {
      expect(await granted(role, member)).toEqual([]);
    }
  });

  it("passes people with a role for something else", async () => {
    expect(await granted("roles/logging.viewer", group)).toEqual([]);
    expect(await granted("roles/orgpolicy.policyViewer", group)).toEqual([]);
    expect(await granted("roles/logging.viewer", unknownText)).toEqual([]);
  });

  it("waits for a member that is not known yet, and then refuses", async () => {
    const message = "`member` is not known yet";
    expect(await granted("roles/aiplatform.user", unknownText)).toEqual([
      `advises: not proven, decided at up: ${message}`,
    ]);
    expect(await granted("roles/aiplatform.user", unknownText, { phase: "up" })).toEqual([
      `blocks: undecidable: ${message}`,
    ]);
  });

  it("cannot judge a member in a form it does not know", async () => {
    expect(await granted("roles/aiplatform.user", "everybody")).toEqual([
      'blocks: undecidable: `member` "everybody" may be people: its form is not known to this rule',
    ]);
  });

  describe("of a custom role", () => {
    const role = "projects/cowork-eu/roles/caller";

    it.each(["preview", "up"] as const)("passes the caller's own role at %s", async (phase) => {
      expect(await granted(role, group, { phase, others: [customRole(caller)] })).toEqual([]);
    });

    it("tells roles of one id in two projects apart", async () => {
      const wide = customRole([...caller, "iam.serviceAccounts.actAs"], "other-project");
      const others = [wide, customRole(caller)];
      expect(await granted(role, group, { others })).toEqual([]);
      expect(await granted("projects/other-project/roles/caller", group, { others })).toEqual([
        `blocks: \`member\` "${group}" gets projects/other-project/roles/caller, whose permission "iam.serviceAccounts.actAs" lets its holder act as a service account`,
      ]);
    });

    it("cannot judge one that is not part of the stack", async () => {
      const notSeen = [
        `blocks: undecidable: \`member\` "${group}" gets ${role}, and what that permits is not in the stack`,
      ];
      expect(await granted(role, group)).toEqual(notSeen);
      expect(await granted(role, group, { others: [customRole(caller, "other-project")] })).toEqual(
        notSeen,
      );
    });

    it("waits for permissions that are not known yet", async () => {
      const [report, ...more] = await granted(role, group, { others: [customRole(unknownText)] });
      expect(report).toMatch(
        /^advises: not proven, decided at up: `permissions` is not known yet$/,
      );
      expect(more).toEqual([]);
    });
  });
});

describe("people-get-the-custom-role-only, on custom roles", () => {
  const judged = (permissions: unknown, type = roleType) =>
    reportsOf(rule, { type, props: { roleId: "caller", permissions }, provider });

  it("passes a role that only calls", async () => {
    expect(await judged(caller)).toEqual([]);
    expect(
      await judged([...caller, "aiplatform.endpoints.get", "logging.logEntries.list"]),
    ).toEqual([]);
  });

  it("passes a role that deploys and cannot call", async () => {
    const deploys = ["resourcemanager.projects.setIamPolicy", "aiplatform.endpoints.update"];
    expect(await judged(deploys)).toEqual([]);
  });

  it.each([
    ["aiplatform.consents.update", "is about the switches that share content"],
    ["aiplatform.consents.get", "is about the switches that share content"],
    [
      "aiplatform.endpoints.setPublisherModelConfig",
      "changes Agent Platform, where content can be logged and shared",
    ],
    [
      "aiplatform.cacheConfigs.update",
      "changes Agent Platform, where content can be logged and shared",
    ],
    ["iam.serviceAccounts.getAccessToken", "lets its holder act as a service account"],
    ["iam.serviceAccountKeys.create", "lets its holder act as a service account"],
    ["resourcemanager.projects.setIamPolicy", "lets its holder grant more"],
    ["iam.roles.update", "lets its holder grant more"],
    ["orgpolicy.policies.update", "changes organization policies"],
  ])("fails a role that calls and holds %s", async (permission, opened) => {
    for (const type of [roleType, "gcp:organizations/iAMCustomRole:IAMCustomRole"]) {
      expect(await judged([...caller, permission], type)).toEqual([
        `blocks: permission "${permission}" ${opened}: not for who may call Claude`,
      ]);
    }
  });

  it.each(["*", "aiplatform.*", "aiplatform.endpoints.*"])(
    "fails the pattern %s in any role",
    async (permission) => {
      expect(await judged([permission])).toEqual([
        `blocks: permission "${permission}" is a pattern, and whatever Google adds falls under it`,
      ]);
    },
  );

  it("cannot judge a role without permissions", async () => {
    expect(await judged(undefined)).toEqual(["blocks: undecidable: `permissions` is absent"]);
  });

  it("waits for permissions that are not known yet", async () => {
    expect(await judged(unknownText)).toEqual([
      "advises: not proven, decided at up: `permissions` is not known yet",
    ]);
    expect(await judged([unknownText, ...caller, "aiplatform.consents.update"])).toEqual([
      'blocks: permission "aiplatform.consents.update" is about the switches that share content: not for who may call Claude',
      "advises: not proven, decided at up: some of `permissions` are not known yet",
    ]);
  });
});
