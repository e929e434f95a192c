import { describe } from "vitest";

import { type Change, type RefusalCase, refused } from "./refusal.ts";

const organization = '      organizationId: "123456789012"\n';
const desktop = "desktop: { kind: workforce }";
const tenant = "9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f";
const entra = `https://login.microsoftonline.com/${tenant}/v2.0`;
const noTenant: Change = [`        tenantId: ${tenant}\n`, ""];
const sgPeople = `kind: workforce
        issuer: https://login.example.com
        clientId: cowork-desktop
        group: cowork-sg`;
const more = (lines: string): Change => [desktop, `${desktop}\n      ${lines}`];

describe("a Vertex route with open or fleeting identities is refused with every place and its fix:", () => {
  const everyTenant = (name: string): RefusalCase => [
    `the issuer of every tenant, ${name}`,
    "us",
    [[entra, `https://login.microsoftonline.com/${name}/v2.0`]],
    [
      `  routes.1.access.issuer: "https://login.microsoftonline.com/${name}/v2.0" signs in people of every tenant; write https://login.microsoftonline.com/TENANT/v2.0 with your tenant's id`,
    ],
  ];
  refused([
    everyTenant("common"),
    everyTenant("organizations"),
    everyTenant("9188040d-6c67-4c5b-b112-36a304b66dad"),
    [
      "Entra ID without the tenant its tokens must name",
      "us",
      [noTenant],
      ["  routes.1.access.tenantId: missing; give the Entra tenant's id"],
    ],
    [
      "the issuer of every Google account",
      "us",
      [[entra, "https://accounts.google.com"], noTenant],
      [
        '  routes.1.access.issuer: "https://accounts.google.com" signs in every Google account; for people with Google accounts use access kind google-group',
      ],
    ],
    [
      "CI of GitHub that names no repository",
      "us",
      [more("deployer: { kind: github }")],
      [
        "  routes.1.deployer.repositoryId: missing",
        "  routes.1.deployer.repositoryOwnerId: missing",
      ],
    ],
    [
      "CI of GitHub by names, which can be taken over",
      "us",
      [more("deployer: { kind: github, repositoryId: example/kit, repositoryOwnerId: example }")],
      [
        '  routes.1.deployer.repositoryId: "example/kit": GitHub\'s numeric repository id, in quotes',
        '  routes.1.deployer.repositoryOwnerId: "example": GitHub\'s numeric owner id, in quotes',
      ],
    ],
    [
      "google.subject from a claim that changes, and a pattern for a group",
      "us",
      [
        [
          "group: 5b1f0c2e-7d3a-4e9b-8c6d-2a4f6e8b0c1d",
          "group: cowork-*\n        subjectClaim: preferred_username",
        ],
      ],
      [
        '  routes.1.access.group: "cowork-*" holds a wildcard; name one exact value',
        '  routes.1.access.subjectClaim: "preferred_username" may change for a person or pass to another, and with it what they may do; use oid',
      ],
    ],
    [
      "the same at another issuer",
      "sg",
      [["group: cowork-sg", 'group: "*"\n        subjectClaim: email']],
      [
        '  routes.0.access.group: "*" holds a wildcard; name one exact value',
        '  routes.0.access.subjectClaim: "email" may change for a person or pass to another, and with it what they may do; use sub',
      ],
    ],
    ["no group", "sg", [["        group: cowork-sg\n", ""]], ["  routes.0.access.group: missing"]],
    [
      "every address of a domain",
      "sg",
      [[sgPeople, 'kind: google-group\n        group: "*@example.com"']],
      ['  routes.0.access.group: "*@example.com": a group\'s address'],
    ],
    [
      "everybody of a pool",
      "sg",
      [
        [
          `${sgPeople}\n      desktop: { kind: credential-helper, ttlSeconds: 900 }`,
          "kind: principal\n        member: principalSet://iam.googleapis.com/locations/global/workforcePools/p-people/*\n      desktop: { kind: vendor-profile }",
        ],
      ],
      [
        '  routes.0.access.member: "principalSet://iam.googleapis.com/locations/global/workforcePools/p-people/*" holds a wildcard; name one exact value',
      ],
    ],
    [
      "no organization for a workforce pool",
      "sg",
      [[organization, ""]],
      [
        "  routes.0.organizationId: missing; workforce pools belong to an organization: give the Google Cloud organization's number",
      ],
    ],
    [
      "no organization for a workforce pool, where a folder would do for the project",
      "eu",
      [[organization, ""]],
      [
        "  routes.1.organizationId: missing; workforce pools belong to an organization: give the Google Cloud organization's number",
      ],
    ],
  ]);
});
