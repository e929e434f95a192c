import { describe, expect, it } from "vitest";
import { laptopPrincipalsHoldNoBroadPolicy as rule } from "../../../policy-pack/rules/laptop-principals-hold-no-broad-policy.ts";
import { type Candidate, reportsOf, unknownText } from "../../support/run-rule.ts";

const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
const role = (name: string, principal: object, action = "sts:AssumeRole"): Candidate => ({
  type: "aws:iam/role:Role",
  name,
  props: {
    name,
    assumeRolePolicy: JSON.stringify({
      Statement: [{ Effect: "Allow", Action: action, Principal: principal }],
    }),
  },
});
const others = [
  role("web", { Federated: "arn:aws:iam::1:oidc-provider/x" }, "sts:AssumeRoleWithWebIdentity"),
  role("saml", { Federated: "arn:aws:iam::1:saml-provider/x" }, "sts:*"),
  role("device", { Service: "rolesanywhere.amazonaws.com" }),
  role("service", { Service: "bedrock.amazonaws.com" }),
  role("person", { AWS: "arn:aws:iam::111122223333:root" }),
];
const attach = (name: unknown, policyArn: unknown = admin): Candidate => ({
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  props: { role: name, policyArn },
  from: { role: ["web"] },
});

describe("laptop-principals-hold-no-broad-policy", () => {
  describe.each(["preview", "up"] as const)("at %s", (phase) => {
    it.each(["web", "saml", "device"])(
      "fails the %s role with administrator access",
      async (name) => {
        expect(await reportsOf(rule, attach(name), { phase, others })).toEqual([
          `blocks: AdministratorAccess is given to ${name}, which laptops may assume`,
        ]);
      },
    );

    it("passes a role that only an AWS service assumes", async () => {
      expect(await reportsOf(rule, attach("service"), { phase, others })).toEqual([]);
    });

    it.each([
      {
        name: "person",
        says: "AdministratorAccess is given to person: who stands behind its principals is not seen",
      },
      {
        name: "elsewhere",
        says: 'AdministratorAccess is attached to role "elsewhere", whose trust policy is not seen',
      },
    ])("cannot judge the role $name", async ({ name, says }) => {
      expect(await reportsOf(rule, attach(name), { phase, others })).toEqual([
        `blocks: undecidable: ${says}`,
      ]);
    });
  });

  it.each([
    "AmazonBedrockFullAccess",
    "AmazonBedrockLimitedAccess",
    "AmazonBedrockMantleFullAccess",
    "PowerUserAccess",
    "IAMFullAccess",
    "job-function/DataScientist",
  ])("counts %s as broad", async (policy) => {
    const candidate = attach("web", `arn:aws:iam::aws:policy/${policy}`);
    expect(await reportsOf(rule, candidate, { others })).toEqual([
      `blocks: ${policy.replace(/^.*\//, "")} is given to web, which laptops may assume`,
    ]);
  });

  it.each([
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:iam::aws:policy/AmazonBedrockReadOnly",
    "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    "arn:aws:iam::aws:policy/SecurityAudit",
  ])("passes %s, which only reads", async (policyArn) => {
    expect(await reportsOf(rule, attach("web", policyArn), { others })).toEqual([]);
  });

  const own = "arn:aws:iam::111122223333:policy/teams/AdministratorAccess";
  it.each([own, "arn:aws:iam::aws:policy/AmazonSageMakerCanvasAIServicesAccess"])(
    "cannot judge %s, which is not part of the stack",
    async (policyArn) => {
      const name = policyArn.replace(/^.*\//, "");
      expect(await reportsOf(rule, attach("web", policyArn), { others })).toEqual([
        `blocks: undecidable: ${name} is given to web, which laptops may assume: what it grants is not seen`,
      ]);
      expect(await reportsOf(rule, attach("service", policyArn), { others })).toEqual([]);
    },
  );

  it("leaves a policy of the stack to the rules that read it", async () => {
    const policy = {
      type: "aws:iam/policy:Policy",
      name: "p",
      props: { name: "AdministratorAccess" },
    };
    const seen = [...others, policy];
    expect(await reportsOf(rule, attach("web", own), { others: seen, phase: "up" })).toEqual([]);
    const later = { ...attach("web", unknownText), from: { policyArn: ["p"], role: ["web"] } };
    expect(await reportsOf(rule, later, { others: seen })).toEqual([]);
  });

  it.each([
    [
      "ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment",
      { customerManagedPolicyReference: { name: "Extra", path: "/" } },
    ],
    [
      "ssoadmin/customerManagedPolicyAttachmentsExclusive:CustomerManagedPolicyAttachmentsExclusive",
      { customerManagedPolicyReferences: [{ name: "Extra" }] },
    ],
  ])("cannot judge what aws:%s names in other accounts", async (type, named) => {
    const policy = { type: "aws:iam/policy:Policy", name: "p", props: { name: "Extra" } };
    const candidate = { type: `aws:${type}`, props: { ...named, permissionSetArn: "arn:set" } };
    expect(await reportsOf(rule, candidate, { others: [policy] })).toEqual([
      "blocks: undecidable: Extra is attached to people (`permissionSetArn`): what it grants is not seen",
    ]);
  });

  it.each([
    {
      when: "a permission set",
      candidate: {
        type: "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
        props: { managedPolicyArn: admin, permissionSetArn: unknownText },
      },
      says: "AdministratorAccess is attached to people (`permissionSetArn`)",
    },
    {
      when: "a group",
      candidate: {
        type: "aws:iam/policyAttachment:PolicyAttachment",
        props: { policyArn: admin, groups: ["staff"] },
      },
      says: "AdministratorAccess is attached to people (`groups.*`)",
    },
    {
      when: "a user",
      candidate: {
        type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
        props: { policyArn: admin, user: "u" },
      },
      says: "AdministratorAccess is attached to people (`user`)",
    },
    {
      when: "a permission set's whole list",
      candidate: {
        type: "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive",
        props: { managedPolicyArns: [admin], permissionSetArn: "arn:set" },
      },
      says: "AdministratorAccess is attached to people (`permissionSetArn`)",
    },
    {
      when: "a user's whole list",
      candidate: {
        type: "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
        props: { policyArns: [admin], userName: "u" },
      },
      says: "AdministratorAccess is attached to people (`userName`)",
    },
    {
      when: "a group's whole list",
      candidate: {
        type: "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
        props: { policyArns: [admin], groupName: "g" },
      },
      says: "AdministratorAccess is attached to people (`groupName`)",
    },
    {
      when: "a role's own list",
      candidate: {
        ...others[0]!,
        props: { ...others[0]!.props, managedPolicyArns: [admin] },
      },
      says: "AdministratorAccess is given to web, which laptops may assume",
    },
  ])("fails $when with administrator access", async ({ candidate, says }) => {
    expect(await reportsOf(rule, candidate)).toEqual([`blocks: ${says}`]);
  });

  it("cannot judge an attachment without a policy, or one to nobody", async () => {
    const type = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
    expect(await reportsOf(rule, { type, props: { role: "web" } }, { others })).toEqual([
      "blocks: undecidable: `policyArn` is absent",
    ]);
    expect(await reportsOf(rule, { type, props: { policyArn: admin } })).toEqual([
      "blocks: undecidable: AdministratorAccess: who receives it is absent",
    ]);
  });

  it("cannot judge a role whose trust policy is absent", async () => {
    const bare = { type: "aws:iam/role:Role", name: "web", props: { name: "web" } };
    expect(await reportsOf(rule, attach("web"), { others: [bare] })).toEqual([
      "blocks: undecidable: AdministratorAccess: the trust policy of web: the document is not an object",
    ]);
  });

  it("judges the role an unknown name comes from", async () => {
    expect(await reportsOf(rule, attach(unknownText), { others })).toEqual([
      "blocks: AdministratorAccess is given to web, which laptops may assume",
    ]);
  });

  it.each([
    { phase: "preview", says: "advises: not proven, decided at up" },
    { phase: "up", says: "blocks: undecidable" },
  ] as const)("answers for an unknown policy at $phase", async ({ phase, says }) => {
    expect(await reportsOf(rule, attach("web", unknownText), { phase, others })).toEqual([
      `${says}: \`policyArn\` is not known yet`,
    ]);
  });
});

describe("what the cloud fills in", () => {
  it("does not make a role doubtful that was given no managed policies", async () => {
    const quiet = { ...others[0]!, outputs: { managedPolicyArns: unknownText } };
    expect(await reportsOf(rule, quiet)).toEqual([]);
  });

  it("stays not proven when the managed policies were given and are not known yet", async () => {
    const given = others[0]!;
    const asked = { ...given, props: { ...given.props, managedPolicyArns: unknownText } };
    expect(await reportsOf(rule, asked)).toEqual([
      "advises: not proven, decided at up: `managedPolicyArns` is not known yet",
    ]);
  });

  it("fails a policy it knows beside one that is not known yet", async () => {
    const [web] = others;
    if (web === undefined) throw new Error("no role");
    const holding = { ...web, props: { ...web.props, managedPolicyArns: [unknownText, admin] } };
    expect(await reportsOf(rule, holding)).toEqual([
      "blocks: AdministratorAccess is given to web, which laptops may assume",
      "advises: not proven, decided at up: `managedPolicyArns.0` is not known yet",
    ]);
  });
});
