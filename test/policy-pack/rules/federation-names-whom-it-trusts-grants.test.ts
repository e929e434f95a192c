import { describe, expect, it } from "vitest";
import { federationNamesWhomItTrusts as rule } from "../../../policy-pack/rules/federation-names-whom-it-trusts.ts";
import { type Run, reportsOf, unknownText } from "../../support/run-rule.ts";

const provider = { project: "cowork-eu" };
const memberType = "gcp:projects/iAMMember:IAMMember";
const granted = (role: unknown, member: unknown, run: Run = {}, type = memberType) =>
  reportsOf(rule, { type, props: { project: "cowork-eu", role, member }, provider }, run);

const pool = "principalSet://iam.googleapis.com/locations/global/workforcePools/people";
const ci =
  "principalSet://iam.googleapis.com/projects/42/locations/global/workloadIdentityPools/ci";
const user = "roles/aiplatform.user";
const reach = "reaches far more of Agent Platform than a call to Claude";

describe("federation-names-whom-it-trusts, on grants", () => {
  it.each([
    ["allUsers", "is everybody on the internet"],
    ["allAuthenticatedUsers", "is everybody with any Google account"],
    ["principalSet://goog/public:all", "is everybody"],
    ["domain:company.example", "is a whole domain"],
    [
      "principalSet://goog/cloudIdentityCustomerId/C0",
      "is everybody of a Google account's customer",
    ],
    ["projectEditor:cowork-eu", "is whoever holds a basic role"],
    [
      "principalSet://cloudresourcemanager.googleapis.com/organizations/42",
      "is everybody of a project, folder or organization",
    ],
    [
      "principalSet://cloudresourcemanager.googleapis.com/projects/42/type/ServiceAccount",
      "is every service account of a project, folder or organization",
    ],
    [`${pool}/*`, "is everybody of a workforce pool"],
    [pool, "is everybody of a workforce pool"],
    [`${pool}/group/*`, "is everybody of a workforce pool"],
    [`${pool}/attribute.department/`, "is everybody of a workforce pool"],
    [`deleted:${pool}/*?uid=42`, "is everybody of a workforce pool"],
    [`${ci}/*`, "is everything a workload identity pool lets in"],
    [`${ci}/attribute.repository_id/*`, "is everything a workload identity pool lets in"],
  ])("fails a role of Agent Platform for %s", async (member, why) => {
    expect(await granted(user, member)).toEqual([
      `blocks: \`member\` "${member}" ${why}, and ${user} ${reach}`,
    ]);
  });

  it.each([
    [`${pool}/group/claude`],
    [`principal://iam.googleapis.com/locations/global/workforcePools/people/subject/42`],
    [`${ci}/attribute.repository_id/42`],
    [
      `principal://iam.googleapis.com/projects/42/locations/global/workloadIdentityPools/ci/subject/x`,
    ],
    ["group:claude@company.example"],
    ["user:a@company.example"],
    ["serviceAccount:gateway@cowork-eu.iam.gserviceaccount.com"],
  ])("passes %s, who is one group or one identity", async (member) => {
    expect(await granted("roles/iam.workloadIdentityUser", member)).toEqual([]);
  });

  it.each([
    ["roles/owner", "is a basic role over every service"],
    ["roles/viewer", "is a basic role over every service"],
    ["roles/ml.developer", reach],
    ["roles/aiplatform.serviceAgent", reach],
    ["roles/dataflow.serviceAgent", "is meant for a service of Google's own"],
    ["roles/iam.serviceAccountTokenCreator", "lets its holder act as a service account"],
    ["roles/iam.workloadIdentityUser", "lets its holder act as a service account"],
    ["roles/resourcemanager.projectIamAdmin", "lets its holder grant every other role"],
  ])("fails %s for a whole pool", async (role, reaches) => {
    expect(await granted(role, `${ci}/*`)).toEqual([
      `blocks: \`member\` "${ci}/*" is everything a workload identity pool lets in, and ${role} ${reaches}`,
    ]);
  });

  it.each([
    "roles/storage.objectViewer",
    "roles/run.invoker",
    "roles/serviceusage.serviceUsageConsumer",
  ])(
    "leaves %s alone, which does not lead to Claude, even while the member is not known",
    async (role) => {
      expect(await granted(role, "allUsers")).toEqual([]);
      expect(await granted(role, unknownText)).toEqual([]);
    },
  );

  it("looks up what a custom role of the stack permits", async () => {
    const role = "projects/cowork-eu/roles/caller";
    const others = (permissions: unknown, project: unknown = "cowork-eu"): Run => ({
      others: [
        {
          type: "gcp:projects/iAMCustomRole:IAMCustomRole",
          name: "role",
          props: { roleId: "caller", project, permissions },
          provider,
        },
      ],
    });
    const everybody = `\`member\` "${pool}/*" is everybody of a workforce pool, and`;
    const calls = ["serviceusage.services.use", "aiplatform.endpoints.predict"];
    const fails = [`blocks: ${everybody} ${role} permits aiplatform.endpoints.predict`];
    expect(await granted(role, `${pool}/*`, others(calls))).toEqual(fails);
    expect(await granted(role, `${pool}/*`, { ...others(calls), phase: "up" })).toEqual(fails);
    expect(await granted(role, `${pool}/*`, others(calls, null))).toEqual(fails);
    expect(await granted(role, `${pool}/*`, others(["serviceusage.services.use"]))).toEqual([]);
    expect(await granted(role, `${pool}/group/claude`, others(calls))).toEqual([]);
    expect(await granted(role, `${pool}/*`, others([unknownText, ...calls]))).toEqual(fails);
    expect(await granted(role, `${pool}/*`, others([unknownText]))).toEqual([
      "advises: not proven, decided at up: some of `permissions` are not known yet",
    ]);
    const notSeen = [`blocks: undecidable: ${everybody} what ${role} permits is not in the stack`];
    expect(await granted(role, `${pool}/*`)).toEqual(notSeen);
    expect(await granted(role, `${pool}/*`, others(calls, "another-one"))).toEqual(notSeen);
    expect(await granted(role, `${pool}/*`, others(calls, unknownText))).toEqual(notSeen);
  });

  it("finds a custom role by where its unknown name comes from", async () => {
    const candidate = {
      type: memberType,
      props: { role: unknownText, member: "allUsers" },
      provider,
      from: { role: ["role"] },
    };
    const permissions = ["aiplatform.endpoints.predict"];
    const made = { name: "role", props: { permissions }, provider };
    const type = "gcp:organizations/iAMCustomRole:IAMCustomRole";
    expect(await reportsOf(rule, candidate, { others: [{ ...made, type }] })).toEqual([
      'blocks: `member` "allUsers" is everybody on the internet, and role permits aiplatform.endpoints.predict',
    ]);
    const stranger = { ...made, type: "gcp:storage/bucket:Bucket" };
    expect(await reportsOf(rule, candidate, { others: [stranger] })).toEqual([
      "advises: not proven, decided at up: `role` is not known yet",
    ]);
  });

  it.each([
    "gcp:organizations/iAMBinding:IAMBinding",
    "gcp:folder/iAMBinding:IAMBinding",
    "gcp:serviceaccount/iAMBinding:IAMBinding",
    "gcp:vertex/aiEndpointIamBinding:AiEndpointIamBinding",
  ])("judges each member of %s", async (type) => {
    const members = ["group:a@company.example", unknownText, "allUsers"];
    expect(await reportsOf(rule, { type, props: { role: user, members }, provider })).toEqual([
      "advises: not proven, decided at up: `members.1` is not known yet",
      `blocks: \`members.2\` "allUsers" is everybody on the internet, and ${user} ${reach}`,
    ]);
    expect(await reportsOf(rule, { type, props: { role: user }, provider })).toEqual([
      "blocks: undecidable: `members` is no list",
    ]);
  });

  it.each([
    "gcp:projects/iAMPolicy:IAMPolicy",
    "gcp:vertex/aiEndpointIamPolicy:AiEndpointIamPolicy",
  ])("judges each binding of %s", async (type) => {
    const says = (policyData: unknown) =>
      reportsOf(rule, { type, props: { policyData }, provider });
    const bindings = [
      { role: "roles/run.invoker", members: ["allUsers"] },
      { role: user, members: ["user:a@company.example", "domain:company.example"] },
    ];
    expect(await says(JSON.stringify({ bindings }))).toEqual([
      `blocks: \`policyData.bindings.1.members.1\` "domain:company.example" is a whole domain, and ${user} ${reach}`,
    ]);
    expect(await says(JSON.stringify({}))).toEqual([]);
    expect(await says(undefined)).toEqual(["blocks: undecidable: `policyData` is absent"]);
    expect(await says("{")).toEqual(["blocks: undecidable: `policyData` is not JSON"]);
    expect(await says('{"bindings":[1]}')).toEqual([
      "blocks: undecidable: `policyData` holds no list of bindings",
    ]);
    expect(await says(JSON.stringify({ Bindings: bindings }))).toEqual([
      'blocks: undecidable: `policyData` holds "Bindings", which the provider may take for another name',
    ]);
    const hidden = { role: "roles/run.invoker", members: [], ROLE: user, Members: ["allUsers"] };
    expect(await says(JSON.stringify({ bindings: [hidden] }))).toEqual([
      'blocks: undecidable: `policyData` holds "ROLE", "Members", which the provider may take for another name',
    ]);
    const whole = { bindings: [{ ...bindings[0], condition: {} }], auditConfigs: [], version: 3 };
    expect(await says(JSON.stringify({ ...whole, etag: "e" }))).toEqual([]);
    expect(await says(unknownText)).toEqual([
      "advises: not proven, decided at up: `policyData` is not known yet",
    ]);
  });

  it("cannot judge a role or a member in a form it does not know", async () => {
    for (const role of [undefined, "", "aiplatform.user", "roles/a b"]) {
      expect(await granted(role, "allUsers")).toEqual([
        `blocks: undecidable: \`role\` "${role ?? ""}" is no role this rule can read`,
      ]);
    }
    expect(await granted(user, "everybody")).toEqual([
      'blocks: undecidable: `member` "everybody" is a form of member this rule does not know',
    ]);
    expect(await granted(user, undefined)).toEqual(["blocks: undecidable: `member` is absent"]);
    expect(await granted(user, unknownText, { phase: "up" })).toEqual([
      "blocks: undecidable: `member` is not known yet",
    ]);
  });

  it.each([
    "gcp:iam/denyPolicy:DenyPolicy",
    "gcp:orgpolicy/policy:Policy",
    "gcp:projects/iAMAuditConfig:IAMAuditConfig",
    "gcp:projects/iamMemberRemove:IamMemberRemove",
    "aws:iam/policy:Policy",
  ])("leaves %s alone, which grants nothing", (type) => {
    expect(rule.appliesTo(type)).toBe(false);
  });
});
