import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { WorkforceAccess } from "../../../../components/gcp/iam/workforce.ts";
import {
  workforceCondition,
  workforceMapping,
  workforceNames,
} from "../../../../components/gcp/iam/workforce-names.ts";
import { deploy, refusal } from "../../../support/deploy.ts";
import { only } from "../../../support/inventory.ts";
import { entra } from "../support.ts";

const okta = {
  kind: "workforce",
  issuer: "https://login.example.com",
  clientId: "cowork-desktop",
  group: "cowork-eu",
} as const;
const args = { organizationId: "123456789012", label: "example-corp-eu-google", settings: entra };

describe("WorkforceAccess", () => {
  it("creates a pool of the organization and one provider pinned to issuer, client, tenant and group", async () => {
    const { resources } = await deploy(() => new WorkforceAccess("w", args));

    expect(resources.map(({ type }) => type)).toEqual([
      "cowork:gcp:WorkforceAccess",
      "gcp:iam/workforcePool:WorkforcePool",
      "gcp:iam/workforcePoolProvider:WorkforcePoolProvider",
    ]);
    expect(only(resources, "gcp:iam/workforcePool:WorkforcePool")).toEqual({
      parent: "organizations/123456789012",
      location: "global",
      workforcePoolId: "cowork-example-corp-eu-google",
      displayName: "Claude Desktop",
      description: "People who use Claude through example-corp-eu-google.",
      sessionDuration: "3600s",
    });
    expect(only(resources, "gcp:iam/workforcePoolProvider:WorkforcePoolProvider")).toEqual({
      location: "global",
      workforcePoolId: "cowork-example-corp-eu-google",
      providerId: "desktop",
      displayName: "Claude Desktop",
      attributeMapping: {
        "google.subject": "assertion.oid",
        "google.groups": "assertion.groups",
        "attribute.tenant": "assertion.tid",
      },
      attributeCondition:
        "assertion.tid == '11111111-2222-3333-4444-555555555555' && 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee' in assertion.groups",
      oidc: {
        issuerUri: "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0",
        clientId: "99999999-8888-7777-6666-555555555555",
        webSsoConfig: {
          responseType: "ID_TOKEN",
          assertionClaimsBehavior: "ONLY_ID_TOKEN_CLAIMS",
        },
      },
    });
  });

  it("says all its identifiers as plain text, so that a preview knows them", async () => {
    const { result } = await deploy(
      () => new WorkforceAccess("w", { ...args, settings: { ...entra, sessionSeconds: 900 } }),
    );
    expect(result.signIn).toEqual({
      kind: "workforce",
      audience:
        "//iam.googleapis.com/locations/global/workforcePools/cowork-example-corp-eu-google/providers/desktop",
      principalSet:
        "principalSet://iam.googleapis.com/locations/global/workforcePools/cowork-example-corp-eu-google/group/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
      issuer: "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0",
      clientId: "99999999-8888-7777-6666-555555555555",
      sessionSeconds: 900,
    });
  });

  it("creates nothing and names every problem when settings are bad", async () => {
    const settings = { ...entra, clientId: "", subjectClaim: "email", sessionSeconds: 60 };
    const made = deploy(
      () => new WorkforceAccess("w", { ...args, organizationId: undefined, settings }),
    );
    expect(await refusal(made)).toBe(
      [
        "w: invalid arguments",
        "  organizationId: missing; workforce pools belong to an organization: give the Google Cloud organization's number",
        "  settings.clientId: missing; give the desktop application's client id",
        '  settings.subjectClaim: "email" may change for a person or pass to another, and with it what they may do; use oid',
        "  settings.sessionSeconds: 60 is not a whole number of seconds from 900 to 43200",
      ].join("\n"),
    );
  });
});

describe("what a token must say", () => {
  it("is the group alone at an issuer that is one company's", () => {
    expect(workforceCondition(okta)).toBe("'cowork-eu' in assertion.groups");
    expect(workforceMapping(okta)).toEqual({
      "google.subject": "assertion.sub",
      "google.groups": "assertion.groups",
    });
  });

  it("is read from the claims that were named", () => {
    const named = { ...okta, groupsClaim: "cognito:groups", subjectClaim: "entryUUID" };
    expect(workforceCondition(named)).toBe("'cowork-eu' in assertion['cognito:groups']");
    expect(workforceMapping(named)).toEqual({
      "google.subject": "assertion.entryUUID",
      "google.groups": "assertion['cognito:groups']",
    });
  });

  it("cannot be widened by what a group is called", () => {
    const group = "x' in ['x'] || true || 'x";
    expect(workforceCondition({ ...okta, group })).toBe(
      "'x\\' in [\\'x\\'] || true || \\'x' in assertion.groups",
    );
    fc.assert(
      fc.property(fc.string(), (name) => {
        const unescaped = workforceCondition({ ...okta, group: name })
          .replaceAll("\\\\", "")
          .replaceAll("\\'", "");
        expect(unescaped.split("'")).toHaveLength(3);
        expect(unescaped.endsWith("' in assertion.groups")).toBe(true);
      }),
    );
  });
});

it("a pool id that was given is used in every name", () => {
  expect(workforceNames("label", { ...okta, poolId: "example-people" })).toEqual({
    poolId: "example-people",
    providerId: "desktop",
    audience:
      "//iam.googleapis.com/locations/global/workforcePools/example-people/providers/desktop",
    principalSet:
      "principalSet://iam.googleapis.com/locations/global/workforcePools/example-people/group/cowork-eu",
  });
});
