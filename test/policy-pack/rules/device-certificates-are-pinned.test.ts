import { describe, expect, it } from "vitest";
import { deviceCertificatesArePinned as rule } from "../../../policy-pack/rules/device-certificates-are-pinned.ts";
import { reportsOf, unknownText } from "../../support/run-rule.ts";

const statement = {
  Effect: "Allow",
  Principal: { Service: "rolesanywhere.amazonaws.com" },
  Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
};
const account = { "aws:SourceAccount": "111122223333" };
const laptops = { "aws:PrincipalTag/x509Subject/OU": "Laptops" };
const anchor = "arn:aws:rolesanywhere:eu-central-1:111122223333:trust-anchor/*";
const role = (more: object) => ({
  type: "aws:iam/role:Role",
  props: {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ ...statement, ...more }],
    }),
  },
  provider: { region: "eu-central-1" },
});
const under = (Condition?: object) => reportsOf(rule, role(Condition ? { Condition } : {}));
const anyCertificate =
  "blocks: `assumeRolePolicy` statement 1 pins no field of the certificate: every one the authority issued may sign in";
const anyAccount =
  "blocks: `assumeRolePolicy` statement 1 pins neither aws:SourceAccount nor aws:SourceArn: any account's anchor may do";

describe("device-certificates-are-pinned", () => {
  it.each([
    ["a subject field and the account", { StringEquals: { ...account, ...laptops } }],
    [
      "a subject field and the account's anchors",
      { StringEquals: laptops, ArnLike: { "aws:SourceArn": anchor } },
    ],
    [
      "the issuing authority",
      { StringEquals: { ...account, "aws:PrincipalTag/x509Issuer/CN": "Devices" } },
    ],
    [
      "an alternative name that begins alike",
      { StringEquals: account, StringLike: { "aws:PrincipalTag/x509SAN/DNS": "laptop-*" } },
    ],
    [
      "the common name as source identity",
      { StringEquals: { ...account, "sts:SourceIdentity": "laptop-1" } },
    ],
  ])("passes %s", async (_, condition) => {
    expect(await under(condition)).toEqual([]);
  });

  it.each([
    ["no condition", undefined, [anyCertificate, anyAccount]],
    ["the account alone", { StringEquals: account }, [anyCertificate]],
    ["a subject alone", { StringEquals: laptops }, [anyAccount]],
    [
      "a field that may be absent",
      { StringEquals: account, StringEqualsIfExists: laptops },
      [anyCertificate],
    ],
    [
      "a set operator that absence satisfies",
      { StringEquals: account, "ForAllValues:StringEquals": laptops },
      [anyCertificate],
    ],
    ["a negation", { StringEquals: account, StringNotEquals: laptops }, [anyCertificate]],
    [
      "a pattern for everything",
      { StringEquals: account, StringLike: { "aws:PrincipalTag/x509Subject/OU": "*" } },
      [anyCertificate],
    ],
    [
      "one value of several that is a pattern",
      {
        StringEquals: account,
        StringLike: { "aws:PrincipalTag/x509Subject/OU": ["Laptops", "*"] },
      },
      [anyCertificate],
    ],
    [
      "a policy variable",
      {
        StringEquals: {
          ...account,
          "aws:PrincipalTag/x509Subject/OU": ["$", "{aws:username}"].join(""),
        },
      },
      [anyCertificate],
    ],
    [
      "no value",
      { StringEquals: { ...account, "aws:PrincipalTag/x509Subject/OU": [] } },
      [anyCertificate],
    ],
    [
      "another tag",
      { StringEquals: { ...account, "aws:PrincipalTag/team": "x" } },
      [anyCertificate],
    ],
    [
      "anchors of every account",
      {
        StringEquals: laptops,
        ArnLike: { "aws:SourceArn": "arn:aws:rolesanywhere:*:*:trust-anchor/*" },
      },
      [anyAccount],
    ],
  ])("fails %s", async (_, condition, reports) => {
    expect(await under(condition)).toEqual(reports);
  });

  it.each([
    ["every service", { Principal: { Service: "*" } }],
    ["everybody but somebody", { Principal: undefined, NotPrincipal: { AWS: "111122223333" } }],
    [
      "several services",
      { Principal: { Service: ["ec2.amazonaws.com", "rolesanywhere.amazonaws.com"] } },
    ],
  ])("judges a trust in %s too", async (_, more) => {
    expect(await reportsOf(rule, role(more))).toEqual([anyCertificate, anyAccount]);
  });

  it.each([
    ["of another service", { Principal: { Service: "bedrock.amazonaws.com" } }],
    ["of a web identity", { Principal: { Federated: "arn:aws:iam::1:oidc-provider/x" } }],
    ["that denies", { Effect: "Deny" }],
  ])("leaves a statement %s alone", async (_, more) => {
    expect(await reportsOf(rule, role(more))).toEqual([]);
  });

  it("cannot judge a trust policy that is absent or unreadable", async () => {
    const bare = { type: "aws:iam/role:Role", props: {}, provider: {} };
    expect(await reportsOf(rule, bare)).toEqual([
      "blocks: undecidable: `assumeRolePolicy`: the document is not an object",
    ]);
    expect(await reportsOf(rule, { ...bare, props: { assumeRolePolicy: "{" } })).toEqual([
      "blocks: undecidable: `assumeRolePolicy`: the document is not JSON",
    ]);
  });

  it("waits for a trust policy that is not known yet", async () => {
    const unknown = {
      type: "aws:iam/role:Role",
      props: { assumeRolePolicy: unknownText },
      provider: {},
    };
    const [report] = await reportsOf(rule, unknown);
    expect(report).toMatch(/^advises: not proven/);
  });
});
