import { describe, expect, it } from "vitest";
import { rolesNameWhomTheyTrust as rule } from "../../../policy-pack/rules/roles-name-whom-they-trust.ts";
import { reportsOf, unknownText } from "../../support/run-rule.ts";

const role = (assumeRolePolicy: unknown) => ({
  type: "aws:iam/role:Role",
  props: { assumeRolePolicy },
});
const trusting = (statement: object) =>
  reportsOf(
    rule,
    role(
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", ...statement }],
      }),
    ),
  );
const at = "`assumeRolePolicy` statement 1";

const oidc = { Federated: "arn:aws:iam::111122223333:oidc-provider/Login.example.com/realms/x" };
const host = "Login.example.com/realms/x";
const saml = { Federated: "arn:aws:iam::111122223333:saml-provider/corp" };
const web = (Condition?: object) =>
  trusting({
    Principal: oidc,
    Action: ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
    ...(Condition === undefined ? {} : { Condition }),
  });
const client = { [`${host}:aud`]: "laptop" };
const subject = { [`${host}:sub`]: "ci" };
const anyClient = `blocks: ${at} does not pin login.example.com/realms/x:aud: tokens made for any client may sign in`;
const anyHolder = `blocks: ${at} pins neither login.example.com/realms/x:sub nor a session tag: anyone with an account at the issuer may sign in`;

describe("roles-name-whom-they-trust", () => {
  it.each([
    ["a service", { Principal: { Service: "bedrock.amazonaws.com" } }],
    ["one role", { Principal: { AWS: "arn:aws:iam::111122223333:role/issuer" } }],
    ["an account", { Principal: { AWS: "111122223333" } }],
    [
      "everybody of the organization",
      { Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } },
    ],
    [
      "everybody of an account",
      {
        Principal: { AWS: "*" },
        Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
      },
    ],
    ["nobody: a denial", { Effect: "Deny", Principal: "*" }],
    ["tags of anybody who got in otherwise", { Principal: oidc, Action: "sts:TagSession" }],
    [
      "assertions made for AWS",
      {
        Principal: saml,
        Action: "sts:AssumeRoleWithSAML",
        Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
      },
    ],
    [
      "a pool AWS names by host",
      {
        Principal: { Federated: "cognito-identity.amazonaws.com" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "cognito-identity.amazonaws.com:aud": "eu-central-1:pool",
            "cognito-identity.amazonaws.com:sub": "eu-central-1:one",
          },
        },
      },
    ],
  ])("passes trust in %s", async (_, statement) => {
    expect(await trusting(statement)).toEqual([]);
  });

  it.each([
    ["everybody", { Principal: "*" }, `${at} trusts any principal ("*") of any account`],
    [
      "everybody, in the longer form",
      { Principal: { AWS: ["arn:aws:iam::111122223333:role/r", "*"] } },
      `${at} trusts any principal ("*") of any account`,
    ],
    [
      "everybody with a shared word",
      { Principal: "*", Condition: { StringEquals: { "sts:ExternalId": "word" } } },
      `${at} trusts any principal ("*") of any account`,
    ],
    [
      "everybody whose organization may be absent",
      { Principal: "*", Condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } } },
      `${at} trusts any principal ("*") of any account`,
    ],
    [
      "everybody for any action",
      { Principal: "*", Action: "sts:*" },
      `${at} trusts any principal ("*") of any account`,
    ],
    [
      "everybody for all but one action",
      { Principal: "*", Action: undefined, NotAction: "sts:TagSession" },
      `${at} trusts any principal ("*") of any account`,
    ],
    [
      "everybody else",
      { NotPrincipal: { AWS: "111122223333" } },
      `${at} trusts everybody but those it names`,
    ],
    ["any service", { Principal: { Service: "*" } }, `${at} trusts any service ("*")`],
    [
      "any issuer",
      { Principal: { Federated: "*" }, Action: "sts:AssumeRoleWithWebIdentity" },
      `${at} trusts any issuer ("*")`,
    ],
    [
      "any assertion",
      { Principal: saml, Action: "sts:AssumeRoleWithSAML" },
      `${at} does not pin SAML:aud: assertions made for somebody else may sign in`,
    ],
  ])("fails trust in %s", async (_, statement, says) => {
    expect(await trusting(statement)).toEqual([`blocks: ${says}`]);
  });

  it.each([
    ["the client and a subject", { StringEquals: { ...client, ...subject } }],
    [
      "the client and a session tag",
      { StringEquals: { ...client, "aws:RequestTag/group": "cowork-eu" } },
    ],
    [
      "the client and the subjects of one owner",
      { StringEquals: client, StringLike: { [`${host}:sub`]: ["repo:acme/*", "one"] } },
    ],
    [
      "the client and a repository",
      { StringEquals: { ...client, [`${host}:repository_id`]: "7" } },
    ],
  ])("passes tokens pinned by %s", async (_, condition) => {
    expect(await web(condition)).toEqual([]);
  });

  it.each([
    ["nothing", undefined, [anyClient, anyHolder]],
    ["the client alone", { StringEquals: client }, [anyHolder]],
    ["a subject alone", { StringEquals: subject }, [anyClient]],
    ["no client at all", { StringEquals: { ...subject, [`${host}:aud`]: [] } }, [anyClient]],
    [
      "another issuer's claims",
      { StringEquals: { "other.example.com:aud": "laptop", "other.example.com:sub": "ci" } },
      [anyClient, anyHolder],
    ],
    [
      "the client, and how somebody signed in",
      { StringEquals: { ...client, [`${host}:amr`]: "mfa", [`${host}:azp`]: "laptop" } },
      [anyHolder],
    ],
    [
      "a client by a pattern",
      { StringEquals: subject, StringLike: { [`${host}:aud`]: "*" } },
      [anyClient],
    ],
    [
      "claims that may be absent",
      { StringEqualsIfExists: { ...client, ...subject } },
      [anyClient, anyHolder],
    ],
    [
      "sets that may be empty",
      { "ForAllValues:StringEquals": { ...client, ...subject } },
      [anyClient, anyHolder],
    ],
    [
      "a negation",
      { StringEquals: client, StringNotEquals: { [`${host}:sub`]: "guest" } },
      [anyHolder],
    ],
    [
      "a text the caller chooses",
      { StringEquals: { ...client, [`${host}:sub`]: ["$", "{aws:username}"].join("") } },
      [anyHolder],
    ],
    ...["*", "repo:*", "repo:acme*", "a*", ""].map((pattern): [string, object, string[]] => [
      `the client and the subjects "${pattern}"`,
      { StringEquals: client, StringLike: { [`${host}:sub`]: ["ci", pattern] } },
      [anyHolder],
    ]),
  ])("fails tokens pinned by %s", async (_, condition, says) => {
    expect(await web(condition)).toEqual(says);
  });

  it.each([
    ["no principal", {}, `${at} names no Principal`],
    [
      "an issuer in another form",
      { Principal: { Federated: "issuer" }, Action: "sts:AssumeRoleWithWebIdentity" },
      `${at} trusts an issuer in a form this rule does not know, "issuer"`,
    ],
    [
      "another kind of principal",
      { Principal: { Planet: "Earth" } },
      `${at} trusts a kind of principal this rule does not know, "Planet"`,
    ],
  ])("cannot judge %s", async (_, statement, says) => {
    expect(await trusting(statement)).toEqual([`blocks: undecidable: ${says}`]);
  });

  it.each([
    ["absent", undefined, "the document is not an object"],
    ["empty", "", "the document is not JSON"],
    ["without statements", "{}", "the document has no Statement"],
  ])("cannot judge a policy that is %s", async (_, policy, says) => {
    expect(await reportsOf(rule, role(policy))).toEqual([
      `blocks: undecidable: \`assumeRolePolicy\`: ${says}`,
    ]);
  });

  it.each([
    ["preview", "advises: not proven, decided at up: `assumeRolePolicy` is not known yet"],
    ["up", "blocks: undecidable: `assumeRolePolicy` is not known yet"],
  ] as const)("answers for an unknown policy at %s", async (phase, says) => {
    expect(await reportsOf(rule, role(unknownText), { phase })).toEqual([says]);
  });
});
