import { describe, expect, it } from "vitest";
import { entra, github, group, okta, people, tenant, workloads } from "../../support/federation.ts";
import { unknownText } from "../../support/run-rule.ts";

describe("a federation provider's issuer", () => {
  const others = (issuer: string, signs: string, cure: string) => [
    `blocks: \`attributeCondition\` lets in others: ${issuer} ${signs}; ${cure}`,
  ];
  const anyRepository = others(
    github,
    "signs for every GitHub repository",
    "pin `repository_id` or `repository_owner_id`",
  );

  it.each([
    "assertion.repository_id == '42'",
    "assertion.repository_owner_id == '7' && assertion.ref == 'refs/heads/main'",
    "assertion.repository_id in ['42', '43']",
    "assertion.repository_owner_id == '7' || assertion.repository_id == '42'",
  ])("of GitHub passes with %s", async (condition) => {
    expect(await workloads({ condition })).toEqual([]);
  });

  it.each([
    "assertion.repository_owner == 'company'",
    "assertion.repository == 'company/kit'",
    "assertion.sub == 'repo:company/kit:ref:refs/heads/main'",
    "assertion.ref == 'refs/heads/main'",
    "assertion.repository_id != '42'",
    "assertion.repository_id == '42' || assertion.repository == 'company/kit'",
    "'42' in assertion.repository_id",
    "assertion.repository_id.of == '42'",
    "assertion.aud == 'company'",
    "true",
  ])("of GitHub fails with %s", async (condition) => {
    expect(await workloads({ condition })).toEqual(anyRepository);
  });

  it("of GitHub proves nothing by the beginning of an id", async () => {
    const condition = "assertion.repository_id.startsWith('4')";
    expect(await workloads({ condition })).toEqual([
      "blocks: undecidable: `attributeCondition` has a part in a form that proves nothing",
    ]);
  });

  it.each([
    [
      "https://gitlab.com",
      "assertion.namespace_id == '9'",
      "assertion.project_path == 'a/b'",
      "signs for every GitLab project",
      "pin `project_id` or `namespace_id`",
    ],
    [
      "https://accounts.google.com",
      "assertion.hd == 'company.example'",
      "assertion.email == 'a@company.example'",
      "signs in every Google account",
      "pin `hd` or `sub`",
    ],
    [
      "https://app.terraform.io",
      "assertion.terraform_workspace_id == 'ws-1'",
      "assertion.terraform_organization_name == 'company'",
      "signs for every HCP Terraform organization",
      "pin `terraform_organization_id` or `terraform_project_id` or `terraform_workspace_id`",
    ],
    [
      "https://oidc.vercel.com/company",
      "assertion.owner_id == 'team_1'",
      "assertion.owner == 'company'",
      "signs for every Vercel team",
      "pin `owner_id` or `project_id`",
    ],
    [
      "https://api.pulumi.com/oidc/v2",
      "assertion['https://pulumi.com/org_id'] == '1'",
      "assertion['https://pulumi.com/org'] == 'company'",
      "signs for every Pulumi organization",
      "pin `https://pulumi.com/org_id`",
    ],
    [
      "https://login.live.com",
      "assertion.sub == 'x'",
      "assertion.name == 'x'",
      "signs in every personal Microsoft account",
      "pin `sub`",
    ],
    [
      "https://vstoken.dev.azure.com",
      "false",
      "assertion.sub == 'sc://company/project/connection'",
      "names no organization of Azure DevOps",
      "name the organization's id in the issuer",
    ],
  ])("%s must be pinned by an id", async (issuerUri, good, bad, signs, cure) => {
    expect(await workloads({ issuerUri, condition: good })).toEqual([]);
    expect(await workloads({ issuerUri, condition: bad })).toEqual(others(issuerUri, signs, cure));
    expect(await workloads({ issuerUri })).toEqual([
      `blocks: \`attributeCondition\` is absent, and ${issuerUri} ${signs}`,
    ]);
  });

  it("of one Azure DevOps organization passes with a service connection", async () => {
    const condition = "assertion.sub == 'sc://company/project/connection'";
    const issuerUri = `https://vstoken.dev.azure.com/${tenant}`;
    expect(await workloads({ issuerUri, condition })).toEqual([]);
  });

  it.each(["common", "organizations", "company.onmicrosoft.com"])(
    "of Entra ID for %s needs the tenant and somebody in it",
    async (place) => {
      const issuerUri = `https://login.microsoftonline.com/${place}/v2.0`;
      const inGroup = `'${group}' in assertion.groups`;
      const pinned = `assertion.tid == '${tenant}'`;
      const anyTenant = others(issuerUri, "signs in people of every Entra tenant", "pin `tid`");
      expect(await people({ issuerUri, condition: `${pinned} && ${inGroup}` })).toEqual([]);
      expect(await people({ issuerUri, condition: inGroup })).toEqual(anyTenant);
      expect(
        await people({
          issuerUri,
          condition: `assertion.tid == '9188040d-6c67-4c5b-b112-36a304b66dad' && ${inGroup}`,
        }),
      ).toEqual(anyTenant);
      expect(await people({ issuerUri, condition: pinned })).toEqual([
        "blocks: `attributeCondition` can hold without any claim that tells people apart: the tenant is pinned, but nobody in it",
      ]);
    },
  );

  it("of one Entra tenant passes with the application that a workload is", async () => {
    for (const claim of ["appid", "azp"]) {
      expect(await workloads({ issuerUri: entra, condition: `assertion.${claim} == 'x'` })).toEqual(
        [],
      );
    }
  });

  it("of one Entra tenant needs more than that tenant", async () => {
    const condition = `assertion.tid == '${tenant}'`;
    expect(await people({ issuerUri: entra, condition })).toEqual([
      `blocks: \`attributeCondition\` can hold without any claim that tells people apart: ${entra} signs for everybody of its tenant`,
    ]);
  });

  it.each([
    "consumers",
    "9188040d-6c67-4c5b-b112-36a304b66dad",
    "9188040D-6C67-4C5B-B112-36A304B66DAD",
  ])("of all personal Microsoft accounts (%s) needs one person", async (place) => {
    const issuerUri = `https://login.microsoftonline.com/${place}/v2.0`;
    const cure = "pin `oid` or `sub`";
    expect(await people({ issuerUri, condition: "assertion.oid == 'x'" })).toEqual([]);
    expect(await people({ issuerUri })).toEqual(
      others(issuerUri, "signs in every personal Microsoft account", cure),
    );
  });

  it.each([
    ["absent", undefined, "`oidc.issuerUri` is absent"],
    ["empty", "", "`oidc.issuerUri` is absent"],
    [
      "not https",
      "http://company.okta.com",
      '`oidc.issuerUri` "http://company.okta.com" is no https address',
    ],
    ["no address", "company", '`oidc.issuerUri` "company" is no https address'],
  ])("that is %s cannot be judged", async (_, issuerUri, problem) => {
    const more = { oidc: { issuerUri, clientId: "desktop" } };
    expect(await people({ more })).toEqual([`blocks: undecidable: ${problem}`]);
  });

  it("is known by its host, however it is spelt", async () => {
    for (const issuerUri of [
      `${github}/`,
      "https://TOKEN.actions.githubusercontent.com.",
      `${github}/company`,
    ]) {
      const [report] = await workloads({ issuerUri, condition: "assertion.ref == 'x'" });
      expect(report).toContain("signs for every GitHub repository");
    }
  });

  it("that is not known yet is waited for, once", async () => {
    const more = { oidc: { issuerUri: unknownText, clientId: "desktop" } };
    expect(await people({ more })).toEqual([
      "advises: not proven, decided at up: `oidc.issuerUri` is not known yet",
    ]);
  });
});

describe("a federation provider's subject and audience", () => {
  it.each(["assertion.sub", "assertion['oid']", "assertion.user_id", "'entra::' + assertion.oid"])(
    "may be %s",
    async (subject) => {
      expect(await people({ mapping: { "google.subject": subject } })).toEqual([]);
    },
  );

  it.each(["email", "upn", "preferred_username", "name", "unique_name", "username"])(
    "may not be the claim %s, which can change",
    async (claim) => {
      const report = `blocks: \`attributeMapping\` takes \`google.subject\` from \`${claim}\`, which can change or pass to somebody else`;
      expect(await people({ mapping: { "google.subject": `assertion.${claim}` } })).toEqual([
        report,
      ]);
      expect(
        await people({ mapping: { "google.subject": `assertion.${claim}.lowerAscii()` } }),
      ).toEqual([report]);
    },
  );

  it.each([
    ["assertion.paid", '"assertion.paid", of which nothing shows that it stays with one identity'],
    [
      "assertion.badge",
      '"assertion.badge", of which nothing shows that it stays with one identity',
    ],
    ["'everybody'", "\"'everybody'\", of which nothing shows that it stays with one identity"],
    [
      "assertion.sub.extract('a{b}')",
      "\"assertion.sub.extract('a{b}')\", of which nothing shows that it stays with one identity",
    ],
    ["r'x'", "\"r'x'\", which cannot be read"],
    ["", '"", which cannot be read'],
  ])("is not proven to last by %s", async (subject, says) => {
    expect(await people({ mapping: { "google.subject": subject } })).toEqual([
      `blocks: undecidable: \`attributeMapping\` takes \`google.subject\` from ${says}`,
    ]);
  });

  it("has to be there", async () => {
    expect(await people({ mapping: {} })).toEqual([
      "blocks: undecidable: `attributeMapping` does not say what `google.subject` is",
    ]);
  });

  it("names the one application people use", async () => {
    for (const clientId of [undefined, ""]) {
      expect(await people({ more: { oidc: { issuerUri: okta, clientId } } })).toEqual([
        "blocks: `oidc.clientId` is absent: a token for any application of the issuer would do",
      ]);
    }
  });

  it("names exact audiences of workloads, or leaves Google's own in place", async () => {
    const condition = "assertion.repository_id == '42'";
    const with_ = (allowedAudiences: unknown) =>
      workloads({ condition, more: { oidc: { issuerUri: github, allowedAudiences } } });
    expect(await with_(undefined)).toEqual([]);
    expect(await with_([])).toEqual([]);
    expect(await with_(["api://AzureADTokenExchange"])).toEqual([]);
    expect(await with_(["company", ""])).toEqual([
      "blocks: `oidc.allowedAudiences.1` is no exact audience",
    ]);
    expect(await with_(["*"])).toEqual(["blocks: `oidc.allowedAudiences.0` is no exact audience"]);
  });
});
