import { describe, expect, it } from "vitest";
import { entra, group, okta, people, tenant, workloads } from "../../support/federation.ts";
import { unknownText } from "../../support/run-rule.ts";

describe("a federation provider's condition", () => {
  it.each([
    ["a group", {}],
    [
      "a group as google.groups",
      {
        condition: "'x' in google.groups",
        mapping: { "google.subject": "assertion.sub", "google.groups": "assertion['a:b']" },
      },
    ],
    [
      "the list google.groups is made of, whatever its name",
      {
        condition: "'x' in assertion['a:b']",
        mapping: { "google.subject": "assertion.sub", "google.groups": "assertion['a:b']" },
      },
    ],
    [
      "the tenant and a group",
      {
        issuerUri: entra,
        condition: `assertion.tid == '${tenant}' && '${group}' in assertion.groups`,
        mapping: { "google.subject": "assertion.oid" },
      },
    ],
    ["a department", { condition: "assertion.department == 'legal'" }],
    ["one of two groups", { condition: "'a' in assertion.groups || 'b' in assertion.groups" }],
    ["nobody", { condition: "false" }],
  ])("may pin %s", async (_, wanted) => {
    expect(await people(wanted)).toEqual([]);
  });

  const absent = `blocks: \`attributeCondition\` is absent, and ${okta} signs for everybody of its company`;
  const loose = `blocks: \`attributeCondition\` can hold without any claim that tells people apart: ${okta} signs for everybody of its company`;
  const always = `blocks: \`attributeCondition\` is true for everybody, and ${okta} signs for everybody of its company`;
  const unclear =
    "blocks: undecidable: `attributeCondition` has a part in a form that proves nothing";
  it.each([
    ["nothing", undefined, absent],
    ["empty text", "", absent],
    ["spaces", "  ", absent],
    ["true", "true", always],
    ["an equation of constants", "1==1", always],
    ["an alternative that is true", "'claude' in assertion.groups || true", always],
    ["the issuer", `assertion.iss == '${okta}'`, loose],
    ["the application, which all have", "assertion.aud == 'desktop'", loose],
    ["the application by another claim", "assertion.azp == 'desktop'", loose],
    ["that there is a subject", "assertion.sub != ''", loose],
    ["that there are groups", "has(assertion.groups)", loose],
    ["everybody but some", "!('guests' in assertion.groups)", loose],
    ["a verified address", "assertion.email_verified == true", loose],
    ["a group or anything", "'claude' in assertion.groups || assertion.sub != ''", loose],
    ["a key of a map", "'roles' in assertion.realm_access", loose],
    ["a key of a map, found one by one", "assertion.realm_access.exists(k, k == 'roles')", loose],
    ["a key of the token", "'sub' in assertion", loose],
    ["the end of an address", "assertion.email.endsWith('@company.example')", unclear],
    ["a pattern", "assertion.sub.matches('.*')", unclear],
    ["the beginning of a subject", "assertion.sub.startsWith('a')", unclear],
    [
      "something unreadable",
      "'claude' in assertion.groups // || true",
      'blocks: undecidable: `attributeCondition` proves nothing: it cannot be read from "// || true" on',
    ],
  ])("may not be %s", async (_, condition, report) => {
    expect(await people({ condition })).toEqual([report]);
  });

  it("is waited for while it is not known, and then refused", async () => {
    const message = "`attributeCondition` is not known yet";
    expect(await people({ condition: unknownText })).toEqual([
      `advises: not proven, decided at up: ${message}`,
    ]);
    expect(await people({ condition: unknownText }, "up")).toEqual([
      `blocks: undecidable: ${message}`,
    ]);
  });

  it("is judged although something else is not known", async () => {
    const more = { oidc: { issuerUri: okta, clientId: unknownText } };
    expect(await people({ condition: "true", more })).toEqual([
      "advises: not proven, decided at up: `oidc.clientId` is not known yet",
      always,
    ]);
  });

  it("is of no matter while the provider is switched off", async () => {
    expect(await people({ condition: "true", more: { disabled: true } })).toEqual([]);
    for (const disabled of [false, "false", undefined, unknownText]) {
      expect(await people({ condition: "true", more: { disabled } })).toEqual([always]);
    }
  });

  it("of SAML, an AWS account or certificates is judged as well", async () => {
    const saml = { oidc: undefined, saml: { idpMetadataXml: "<x/>" } };
    const mapping = { "google.subject": "assertion.subject" };
    const inGroup = "'claude' in assertion.attributes['groups']";
    expect(await people({ more: saml, mapping, condition: inGroup })).toEqual([]);
    expect(
      await people({ more: saml, mapping, condition: "'groups' in assertion.attributes" }),
    ).toEqual([
      "blocks: `attributeCondition` can hold without any claim that tells people apart: the SAML provider signs for everybody it knows",
    ]);
    expect(await people({ more: saml, mapping, condition: undefined })).toEqual([
      "blocks: `attributeCondition` is absent, and the SAML provider signs for everybody it knows",
    ]);
    const aws = { oidc: undefined, aws: { accountId: "111122223333" } };
    const role = "assertion.arn.startsWith('arn:aws:sts::111122223333:assumed-role/ci/')";
    expect(await workloads({ more: aws, mapping: {}, condition: role })).toEqual([]);
    expect(
      await workloads({ more: aws, mapping: {}, condition: role.replace("ci/", "ci") }),
    ).toEqual([unclear]);
    expect(
      await workloads({ more: aws, mapping: {}, condition: "assertion.account == '111122223333'" }),
    ).toEqual([
      "blocks: `attributeCondition` can hold without any claim that tells people apart: the AWS account signs for everybody it knows",
    ]);
    const x509 = { oidc: undefined, x509: { trustStore: {} } };
    expect(
      await workloads({ more: x509, mapping, condition: "assertion.subject.dn.cn == 'ci'" }),
    ).toEqual([]);
    expect(await workloads({ more: { oidc: undefined }, condition: "true" })).toEqual([
      "blocks: undecidable: neither `oidc`, `saml`, `aws` nor `x509` says whom it trusts",
    ]);
  });
});
