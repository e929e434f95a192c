import { describe, expect, it } from "vitest";

import { checkVertexProject } from "../../../components/gcp/vertex-project-checks.ts";
import type { VertexProjectArgs } from "../../../components/gcp/vertex-route.ts";
import { builtInZones } from "../../../residency/zones.ts";
import { args, entra, route } from "./support.ts";

const check = (change: object, around: Partial<VertexProjectArgs> = {}) =>
  checkVertexProject({ ...args, ...around, route: { ...route, ...change } });
const one = (path: string, reason: string) => [{ path, reason }];

const okta = {
  kind: "workforce",
  issuer: "https://login.example.com",
  clientId: "cowork-desktop",
  group: "cowork-eu",
} as const;
const inApp = { kind: "workforce", authFlow: "browser" } as const;
const google = {
  kind: "interactive",
  oauthClientId: "1-a.apps.googleusercontent.com",
  oauthClientSecret: "GOCSPX-x",
} as const;
const helper = route.desktop;
const vendor = { kind: "vendor-profile" } as const;
const group = { kind: "google-group", group: "claude@example.com" } as const;
const service = route.access;

describe("checkVertexProject", () => {
  it.each([
    { when: "a token service", change: {} },
    { when: "people of Entra ID in the application", change: { access: entra, desktop: inApp } },
    {
      when: "people of Entra ID through the system's broker",
      change: { access: entra, desktop: { ...inApp, authFlow: "broker" } },
    },
    { when: "people of Entra ID through a helper", change: { access: entra, desktop: helper } },
    { when: "people of another issuer, by file", change: { access: okta, desktop: vendor } },
    { when: "Google accounts in the application", change: { access: group, desktop: google } },
    { when: "Google accounts through a helper", change: { access: group, desktop: helper } },
    { when: "a token service, by file", change: { desktop: vendor } },
    {
      when: "scopes with openid",
      change: { access: okta, desktop: { ...inApp, scopes: "openid groups" } },
    },
  ])("accepts $when", ({ change }) => {
    expect(check(change)).toEqual([]);
  });

  it.each([
    {
      access: entra,
      desktop: google,
      reason:
        '"interactive" cannot work with access "workforce"; use workforce or vendor-profile or helper-script',
    },
    {
      access: group,
      desktop: inApp,
      reason:
        '"workforce" cannot work with access "google-group"; use interactive or vendor-profile or helper-script',
    },
    {
      access: service,
      desktop: inApp,
      reason:
        '"workforce" cannot work with access "principal"; use helper-script or vendor-profile',
    },
    {
      access: service,
      desktop: google,
      reason:
        '"interactive" cannot work with access "principal"; use helper-script or vendor-profile',
    },
  ])(
    "refuses $desktop.kind on the laptop with access $access.kind",
    ({ access, desktop, reason }) => {
      expect(check({ access, desktop })).toEqual(one("desktop.kind", reason));
    },
  );

  it("refuses the broker with another issuer than Entra ID", () => {
    expect(check({ access: okta, desktop: { ...inApp, authFlow: "broker" } })).toEqual(
      one(
        "desktop.authFlow",
        '"broker" is the operating system\'s own sign-in to Entra ID, and https://login.example.com is another issuer; use browser',
      ),
    );
  });

  it("refuses scopes that ask for no ID token", () => {
    expect(check({ access: okta, desktop: { ...inApp, scopes: "profile openid2" } })).toEqual(
      one(
        "desktop.scopes",
        '"profile openid2" lacks openid, without which the issuer sends no ID token',
      ),
    );
  });

  it("says once that an organization is missing, as whoever cannot do without it puts it", () => {
    const project = {
      kind: "create",
      projectId: "example-claude-eu",
      billingAccount: "012345-6789AB-CDEF01",
    };
    expect(check({ organizationId: undefined, project })).toEqual(
      one("organizationId", "missing; a new project needs an organization, or project.folderId"),
    );
    const forPeople = one(
      "organizationId",
      "missing; workforce pools belong to an organization: give the Google Cloud organization's number",
    );
    expect(check({ organizationId: undefined, project, access: entra, desktop: inApp })).toEqual(
      forPeople,
    );
    expect(
      check({
        organizationId: undefined,
        project: { ...project, folderId: "345678901234" },
        access: entra,
        desktop: inApp,
      }),
    ).toEqual(forPeople);
  });

  it.each([
    {
      when: "global",
      change: { location: "global" },
      zone: "eu",
      found: one(
        "location",
        "outside: global promises no place of processing; use claude-sonnet-5-5 at eu",
      ),
    },
    {
      when: "europe-west4",
      change: { location: "europe-west4" },
      zone: "eu",
      found: one(
        "location",
        'undecidable: Google lists no Claude endpoint at "europe-west4", only at us, eu, us-east5, europe-west1, asia-southeast1; use claude-sonnet-5-5 at eu',
      ),
    },
    {
      when: "eu with a 4.6 model",
      change: { models: ["claude-sonnet-4-6"] },
      zone: "eu",
      found: one(
        "models.0",
        "undecidable: claude-sonnet-4-6 is not known to be served at eu: only us-east5, europe-west1, asia-southeast1; use claude-sonnet-4-6 at europe-west1",
      ),
    },
    {
      when: "a single region with a 5.x model",
      change: { location: "europe-west1" },
      zone: "eu",
      found: one(
        "models.0",
        "undecidable: claude-sonnet-5-5 is not known to be served at europe-west1: only us, eu; use claude-sonnet-5-5 at eu",
      ),
    },
    {
      when: "a model whose prompts are kept and shared",
      change: { models: ["claude-sonnet-5-5", "claude-fable-5-1"] },
      zone: "eu",
      found: one(
        "models.1",
        "outside: claude-fable-5-1 has its prompts and answers kept by Google for up to 30 days and shared with Anthropic: outside every zone that does not accept it by name; use claude-opus-5-5 at eu",
      ),
    },
    {
      when: "a model twice",
      change: { models: ["claude-sonnet-5-5", "claude-opus-5-5", "claude-sonnet-5-5"] },
      zone: "eu",
      found: one("models.2", '"claude-sonnet-5-5" is listed twice'),
    },
    {
      when: "no model",
      change: { models: [] },
      zone: "eu",
      found: one("models", "empty; name at least one"),
    },
    {
      when: "us in the EU",
      change: { location: "us" },
      zone: "eu",
      found: one(
        "location",
        "outside: us is promised to stay in US and no narrower, which goes beyond zone eu (US); use claude-sonnet-5-5 at eu",
      ),
    },
  ])("refuses $when", ({ change, zone, found }) => {
    expect(check(change, { zone: builtInZones[zone]! })).toEqual(found);
  });

  it("refuses everything for a zone of the United Kingdom: eu excludes it", () => {
    const uk = { ...builtInZones.eu!, id: "uk", label: "United Kingdom", countries: ["GB"] };
    const [location, dataRegion] = check({}, { zone: uk });
    expect(location?.path).toBe("location");
    expect(location?.reason).toMatch(/^outside: eu is promised to stay in EU and no narrower/);
    expect(dataRegion).toEqual({
      path: "dataRegion",
      reason: "outside: europe-west3 is in DE, outside zone uk; zone uk has europe-west2",
    });
    expect(check({ dataRegion: "europe-west2" }, { zone: uk })).toHaveLength(1);
  });

  it("accepts a model that compliance accepted by name, and only then", () => {
    const accepted = {
      ...builtInZones.eu!,
      acceptances: [{ id: "claude-fable-5-1", date: "2026-11-21", reason: "asked for" }],
    };
    expect(check({ models: ["claude-fable-5-1"] }, { zone: accepted })).toEqual([]);
    expect(check({ models: ["claude-fable-5"] }, { zone: accepted })).toHaveLength(1);
  });

  it("reports what is wrong in every part at once, under the names of the stack file", () => {
    const found = check(
      {
        project: { kind: "adopt", projectId: "no", projectNumber: "210987654321" },
        location: "global",
        dataRegion: "europe-west2",
        access: {
          ...okta,
          issuer: "https://accounts.google.com",
          subjectClaim: "email",
          group: "*",
        },
        desktop: google,
        deployer: { kind: "github", repositoryId: "a/b", repositoryOwnerId: "1" },
        keys: { kind: "create", rotationDays: 0 },
        perimeter: { accessPolicyId: "x", mode: "dry-run", ingressCidrs: ["203.0.113.0/24"] },
        reach: {
          kind: "private",
          network: { kind: "create", cidr: "10.50.0.0/24", clientCidrs: [] },
          pinBaseUrl: false,
        },
      },
      { organization: "Example" },
    );
    expect(found.map(({ path }) => path)).toEqual([
      "label",
      "project.projectId",
      "location",
      "dataRegion",
      "reach.network.clientCidrs",
      "keys.rotationDays",
      "access.issuer",
      "access.group",
      "access.subjectClaim",
      "desktop.kind",
      "deployer.repositoryId",
      "perimeter.accessPolicyId",
    ]);
  });

  it("refuses who everybody is", () => {
    expect(check({ access: { kind: "principal", member: "allAuthenticatedUsers" } })).toEqual(
      one(
        "access.member",
        '"allAuthenticatedUsers" is everybody with any Google account; name one service account or one group',
      ),
    );
    expect(check({ access: { kind: "google-group", group: "*@example.com" } })).toEqual(
      one("access.group", '"*@example.com" holds a wildcard; name one exact value'),
    );
  });
});
