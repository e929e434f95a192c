import { describe, expect, it } from "vitest";

import {
  checkOidc,
  OidcAccess,
  type OidcSettings,
  oidcTrust,
} from "../../../../components/aws/iam/oidc.ts";
import { deploy } from "../../../support/deploy.ts";
import { only } from "../../../support/inventory.ts";
import { documents, place } from "./support.ts";

const settings: OidcSettings = {
  kind: "oidc",
  issuer: "https://login.example.com/realms/staff",
  audience: "cowork-desktop",
  sessionTags: { group: "cowork-eu" },
};
const check = (change: object) => checkOidc("access", place, { ...settings, ...change });

describe("the trust policy of an OIDC role", () => {
  it("pins issuer, audience and tag", () => {
    expect(oidcTrust(place, settings)).toEqual([
      {
        Sid: "CompanyIssuer",
        Effect: "Allow",
        Principal: {
          Federated: "arn:aws:iam::111122223333:oidc-provider/login.example.com/realms/staff",
        },
        Action: ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "login.example.com/realms/staff:aud": "cowork-desktop",
            "aws:RequestTag/group": "cowork-eu",
          },
        },
      },
    ]);
  });

  it("pins a subject without letting sessions be tagged", () => {
    const [trust] = oidcTrust(place, {
      ...settings,
      sessionTags: undefined,
      claims: { sub: "user-1" },
    });
    expect(trust?.Action).toBe("sts:AssumeRoleWithWebIdentity");
    expect(trust?.Condition).toEqual({
      StringEquals: {
        "login.example.com/realms/staff:aud": "cowork-desktop",
        "login.example.com/realms/staff:sub": "user-1",
      },
    });
  });
});

describe("checkOidc", () => {
  it("accepts issuer, audience and one of tag or subject", () => {
    expect(check({})).toEqual([]);
    expect(check({ sessionTags: undefined, claims: { sub: "user-1" } })).toEqual([]);
  });

  it.each([
    {
      when: "no issuer",
      change: { issuer: undefined },
      path: "issuer",
      reason: "missing; give the https address in the token's iss",
    },
    {
      when: "an http issuer",
      change: { issuer: "http://login.example.com" },
      path: "issuer",
      reason: '"http://login.example.com" is not https; AWS fetches the keys over https only',
    },
    {
      when: "an issuer ending in a slash",
      change: { issuer: "https://login.example.com/" },
      path: "issuer",
      reason:
        '"https://login.example.com/" ends with a slash; write "https://login.example.com", as the condition keys are named after it',
    },
    {
      when: "an issuer that is no address",
      change: { issuer: "login.example.com" },
      path: "issuer",
      reason: '"login.example.com" is no address; write https://...',
    },
    {
      when: "an issuer with a wildcard",
      change: { issuer: "https://*.example.com" },
      path: "issuer",
      reason: '"https://*.example.com" holds a wildcard; name one exact value',
    },
    {
      when: "an issuer with a port",
      change: { issuer: "https://login.example.com:8443" },
      path: "issuer",
      reason: '"https://login.example.com:8443" has a port; AWS does not accept one in an issuer',
    },
    {
      when: "an issuer with a query",
      change: { issuer: "https://login.example.com/x?y=1" },
      path: "issuer",
      reason: '"https://login.example.com/x?y=1" holds a wildcard; name one exact value',
    },
    {
      when: "an issuer with credentials",
      change: { issuer: "https://me:pw@login.example.com" },
      path: "issuer",
      reason: "an issuer has no credentials, query or fragment",
    },
    {
      when: "an empty audience",
      change: { audience: "" },
      path: "audience",
      reason: "missing; give the client id tokens are issued to",
    },
    {
      when: "no audience",
      change: { audience: undefined },
      path: "audience",
      reason: "missing; give the client id tokens are issued to",
    },
    {
      when: "an audience that matches everything",
      change: { audience: "*" },
      path: "audience",
      reason: '"*" holds a wildcard; name one exact value',
    },
    {
      when: "a condition on groups",
      change: { claims: { groups: "cowork-eu" } },
      path: "claims.groups",
      reason:
        "AWS exposes only aud, sub, azp and amr of a private issuer's token, so this condition would lock everyone out; let the issuer send the value as a session tag and pin it in sessionTags, or pin a tenant by its issuer address",
    },
    {
      when: "a condition on tid",
      change: { claims: { tid: "t" } },
      path: "claims.tid",
      reason:
        "AWS exposes only aud, sub, azp and amr of a private issuer's token, so this condition would lock everyone out; let the issuer send the value as a session tag and pin it in sessionTags, or pin a tenant by its issuer address",
    },
    {
      when: "aud as a claim",
      change: { claims: { aud: "x" } },
      path: "claims.aud",
      reason: "set `audience` instead",
    },
    {
      when: "a tag value with a wildcard",
      change: { sessionTags: { group: "cowork-*" } },
      path: "sessionTags.group",
      reason: '"cowork-*" holds a wildcard; name one exact value',
    },
    {
      when: "a session one second too short",
      change: { maxSessionSeconds: 3599 },
      path: "maxSessionSeconds",
      reason: "3599 is not a whole number of seconds from 3600 to 43200",
    },
    {
      when: "a session one second too long",
      change: { maxSessionSeconds: 43_201 },
      path: "maxSessionSeconds",
      reason: "43201 is not a whole number of seconds from 3600 to 43200",
    },
    {
      when: "a path without slashes",
      change: { path: "cowork" },
      path: "path",
      reason: '"cowork" is no IAM path; begin and end it with a slash, for example "/cowork/"',
    },
    {
      when: "a boundary of another account",
      change: { permissionsBoundaryArn: "arn:aws:iam::999999999999:policy/b" },
      path: "permissionsBoundaryArn",
      reason:
        '"arn:aws:iam::999999999999:policy/b" is no managed policy of account 111122223333 in partition aws',
    },
    {
      when: "a boundary that bounds nothing",
      change: { permissionsBoundaryArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
      path: "permissionsBoundaryArn",
      reason:
        '"arn:aws:iam::aws:policy/AdministratorAccess" bounds nothing that matters here; leave it out to get one written from the route\'s own grant',
    },
  ])("refuses $when", ({ change, path, reason }) => {
    expect(check(change)).toEqual([{ path: `access.${path}`, reason }]);
  });

  it.each([
    { when: "nothing", change: { sessionTags: undefined } },
    { when: "an empty set of tags", change: { sessionTags: {} } },
    { when: "only the client", change: { sessionTags: undefined, claims: { azp: "app" } } },
  ])("refuses $when as an answer to who may sign in", ({ change }) => {
    expect(check(change)).toEqual([
      {
        path: "access",
        reason:
          "nothing says who may sign in, so anyone with an account at the issuer could; give sessionTags (for example { group: cowork-eu }) or claims.sub",
      },
    ]);
  });
});

describe("OidcAccess", () => {
  it("creates provider, role, policy and a boundary from the route's own grant", async () => {
    const { resources } = await deploy(
      () => new OidcAccess("x", { ...documents, place, settings }),
    );

    expect(only(resources, "aws:iam/openIdConnectProvider:OpenIdConnectProvider")).toEqual({
      url: "https://login.example.com/realms/staff",
      clientIdLists: ["cowork-desktop"],
    });
    expect(only(resources, "aws:iam/role:Role")).toMatchObject({
      name: "cowork-x",
      path: "/cowork/",
      maxSessionDuration: 3600,
      permissionsBoundary: "arn:test:aws:iam/policy:Policy:x-boundary",
    });
    expect(only(resources, "aws:iam/policy:Policy")).toMatchObject({ policy: '{"b":1}' });
    expect(only(resources, "aws:iam/rolePolicy:RolePolicy")).toMatchObject({ policy: "{}" });
  });

  it("uses the provider the account already has, and a boundary that is given", async () => {
    const permissionsBoundaryArn = "arn:aws:iam::111122223333:policy/company";
    const given = { ...settings, existingProvider: true, permissionsBoundaryArn };

    const { resources } = await deploy(
      () => new OidcAccess("x", { ...documents, place, settings: given }),
    );

    expect(resources.map((r) => r.type)).toEqual([
      "aws:iam/role:Role",
      "aws:iam/rolePolicy:RolePolicy",
      "cowork:aws:OidcAccess",
    ]);
    expect(only(resources, "aws:iam/role:Role")).toMatchObject({
      permissionsBoundary: permissionsBoundaryArn,
    });
  });

  it("creates nothing and names every problem when settings are bad", async () => {
    const bad = { ...settings, audience: "", maxSessionSeconds: 60 };

    await expect(
      deploy(() => new OidcAccess("x", { ...documents, place, settings: bad })),
    ).rejects.toThrow(
      [
        "x: invalid arguments",
        "  settings.audience: missing; give the client id tokens are issued to",
        "  settings.maxSessionSeconds: 60 is not a whole number of seconds from 3600 to 43200",
      ].join("\n"),
    );
  });
});
