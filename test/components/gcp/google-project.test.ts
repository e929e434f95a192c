import { describe, expect, it } from "vitest";

import {
  checkGoogleProject,
  GoogleProject,
  type GoogleProjectArgs,
} from "../../../components/gcp/google-project.ts";
import { servicesFor } from "../../../components/gcp/google-services.ts";
import { deploy, refusal } from "../../support/deploy.ts";
import { only } from "../../support/inventory.ts";
import { route } from "./support.ts";

const create = {
  kind: "create",
  projectId: "example-claude-eu",
  billingAccount: "012345-6789AB-CDEF01",
} as const;
const adopt = {
  kind: "adopt",
  projectId: "example-claude-eu",
  projectNumber: "210987654321",
} as const;
const services = ["aiplatform.googleapis.com", "sts.googleapis.com"];
const args: GoogleProjectArgs = {
  settings: create,
  organizationId: "123456789012",
  services,
  label: "example-corp-eu-google",
};
const made = (change: Partial<GoogleProjectArgs>) =>
  deploy(() => new GoogleProject("p", { ...args, ...change }));

describe("servicesFor", () => {
  const always = [
    "aiplatform.googleapis.com",
    "cloudkms.googleapis.com",
    "cloudresourcemanager.googleapis.com",
    "iam.googleapis.com",
    "iamcredentials.googleapis.com",
    "logging.googleapis.com",
    "serviceusage.googleapis.com",
    "sts.googleapis.com",
  ];

  it("names what every route needs, and nothing else", () => {
    expect(servicesFor(route)).toEqual(always);
  });

  it.each([
    {
      when: "a dataset for content",
      change: { logs: { ...route.logs, content: { datasetId: "claude" } } },
      added: ["bigquery"],
    },
    {
      when: "a private path",
      change: {
        reach: {
          kind: "private",
          network: { kind: "create", cidr: "10.50.0.0/24", clientCidrs: [] },
          pinBaseUrl: false,
        },
      },
      added: ["compute", "dns", "networkconnectivity"],
    },
    {
      when: "a private path to a single region",
      change: {
        location: "asia-southeast1",
        reach: {
          kind: "private",
          network: { kind: "create", cidr: "10.50.0.0/24", clientCidrs: [] },
          pinBaseUrl: false,
        },
      },
      added: ["compute", "dns", "servicedirectory"],
    },
    {
      when: "a perimeter",
      change: { perimeter: { accessPolicyId: "123456", mode: "dry-run", ingressCidrs: [] } },
      added: ["accesscontextmanager"],
    },
    {
      when: "organization policies",
      change: { organizationPolicies: { scope: "project", mode: "dry-run" } },
      added: ["orgpolicy"],
    },
    {
      when: "models to enable",
      change: { modelAccess: { legal: { acceptedBy: "Jo", acceptedOn: "2026-11-20" } } },
      added: ["cloudcommerceconsumerprocurement"],
    },
  ])("adds exactly the APIs of $when", ({ change, added }) => {
    const found = servicesFor({ ...route, ...change } as typeof route);
    expect(found.filter((api) => !always.includes(api))).toEqual(
      added.map((api) => `${api}.googleapis.com`),
    );
    expect(found).toHaveLength(8 + added.length);
  });
});

describe("GoogleProject", () => {
  it("creates a protected project without a default network, below the organization", async () => {
    const { resources, result } = await made({});

    expect(only(resources, "gcp:organizations/project:Project")).toEqual({
      projectId: "example-claude-eu",
      name: "example-claude-eu",
      orgId: "123456789012",
      billingAccount: "012345-6789AB-CDEF01",
      autoCreateNetwork: false,
      deletionPolicy: "PREVENT",
      labels: { "managed-by": "cowork-landing-zone", "cowork-route": "example-corp-eu-google" },
    });
    expect(result.projectId).toBe("example-claude-eu");
    expect(result.ready).toHaveLength(3);
  });

  it("puts a project into a folder when one is given, and only there", async () => {
    const { resources } = await made({ settings: { ...create, folderId: "345678901234" } });
    const project = only(resources, "gcp:organizations/project:Project");
    expect(project.folderId).toBe("345678901234");
    expect(project.orgId).toBeUndefined();
  });

  it("adopts a project by id and number and switches its APIs on without ever switching one off", async () => {
    const { resources, result } = await made({ settings: adopt, organizationId: undefined });

    expect(resources.map(({ type, name, inputs }) => ({ type, name, inputs }))).toEqual([
      { type: "cowork:gcp:GoogleProject", name: "p", inputs: {} },
      {
        type: "gcp:projects/service:Service",
        name: "p-aiplatform",
        inputs: {
          project: "example-claude-eu",
          service: "aiplatform.googleapis.com",
          disableOnDestroy: false,
        },
      },
      {
        type: "gcp:projects/service:Service",
        name: "p-sts",
        inputs: {
          project: "example-claude-eu",
          service: "sts.googleapis.com",
          disableOnDestroy: false,
        },
      },
    ]);
    expect(result.projectNumber).toBe("210987654321");
    expect(result.ready).toHaveLength(2);
  });

  it("creates nothing and names every problem", async () => {
    const settings = { ...create, projectId: "no", billingAccount: "x" };
    expect(await refusal(made({ settings, organizationId: undefined }))).toBe(
      [
        "p: invalid arguments",
        '  settings.projectId: "no" is no project id: 6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last',
        '  settings.billingAccount: "x" is no billing account; write it as 012345-6789AB-CDEF01',
        "  organizationId: missing; a new project needs an organization, or settings.folderId",
      ].join("\n"),
    );
  });
});

describe("checkGoogleProject", () => {
  const check = (change: object, organizationId: string | undefined = "123456789012") =>
    checkGoogleProject("project", { settings: { ...create, ...change }, organizationId });

  it.each(["abcdef", "a".repeat(30), "a-1234"])('accepts the project id "%s"', (projectId) => {
    expect(check({ projectId })).toEqual([]);
  });

  it.each(["abcde", "a".repeat(31), "1abcdef", "abcdef-", "Abcdef", "abc_def", "", "*"])(
    'refuses the project id "%s"',
    (projectId) => {
      expect(check({ projectId })).toEqual([
        {
          path: "project.projectId",
          reason: `"${projectId}" is no project id: 6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last`,
        },
      ]);
    },
  );

  it.each([
    ["my-google-claude", "google"],
    ["is-null-really", "null"],
    ["undefined-1", "undefined"],
    ["openssl-claude", "ssl"],
  ])('refuses the reserved word in "%s"', (projectId, word) => {
    expect(check({ projectId })).toEqual([
      {
        path: "project.projectId",
        reason: `"${projectId}" holds "${word}", which Google reserves`,
      },
    ]);
  });

  it("refuses a folder, a number or an organization that is no number", () => {
    expect(check({ folderId: "folders/1" })).toEqual([
      {
        path: "project.folderId",
        reason: '"folders/1" is not a number of 6 to 20 digits; give the folder\'s number',
      },
    ]);
    expect(check({ ...adopt, projectNumber: "example-claude-eu" })).toEqual([
      {
        path: "project.projectNumber",
        reason: '"example-claude-eu" is not a number of 6 to 20 digits; give the project\'s number',
      },
    ]);
    expect(check({}, "example.com")).toEqual([
      {
        path: "organizationId",
        reason: '"example.com" is not a number of 6 to 20 digits; give the organization\'s number',
      },
    ]);
  });
});
