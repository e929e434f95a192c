import { describe, expect, it } from "vitest";

import { VertexProject } from "../../../components/gcp/vertex-project.ts";
import type { VertexRouteSettings } from "../../../components/gcp/vertex-route.ts";
import { vertexRoute } from "../../../contract/vertex-route.ts";
import { recordDependencies } from "../../support/dependencies.ts";
import { deploy, refusal, resolved } from "../../support/deploy.ts";
import { aKey, asked, identities } from "./stores.ts";
import { args, entra, route } from "./support.ts";

const run = (change: Partial<VertexRouteSettings>) =>
  deploy(
    () => {
      const waits = recordDependencies();
      return { waits, made: new VertexProject("r", { ...args, route: { ...route, ...change } }) };
    },
    {
      calls: identities,
      outputs: { "gcp:organizations/project:Project": () => ({ number: "234567890123" }) },
    },
  );

async function built(change: Partial<VertexRouteSettings> = {}) {
  const { result, resources } = await run(change);
  return { waits: result.waits, resources, outputs: await resolved(result.made.route) };
}

const privately = (pinBaseUrl: boolean) =>
  ({
    kind: "private",
    network: { kind: "create", cidr: "10.60.0.0/24", clientCidrs: ["10.8.0.0/14"] },
    pinBaseUrl,
  }) as const;

const everything: Partial<VertexRouteSettings> = {
  project: {
    kind: "create",
    projectId: "example-claude-eu",
    billingAccount: "012345-6789AB-CDEF01",
  },
  models: ["claude-sonnet-5-5", "claude-opus-5-5"],
  reach: privately(true),
  access: entra,
  desktop: { kind: "workforce", authFlow: "broker" },
  keys: { kind: "existing", logs: aKey },
  logs: { retentionDays: 400, locked: true, content: { datasetId: "claude_content" } },
  deployer: { kind: "github", repositoryId: "12345", repositoryOwnerId: "678" },
  perimeter: { accessPolicyId: "987654321098", mode: "enforced", ingressCidrs: ["203.0.113.0/24"] },
  organizationPolicies: { scope: "project", mode: "enforced" },
  modelAccess: { legal: { acceptedBy: "counsel@example.com", acceptedOn: "2026-11-20" } },
};

const bucketName =
  "projects/example-claude-eu/locations/europe-west3/buckets/cowork-example-corp-eu-google";
const pool = "locations/global/workforcePools/cowork-example-corp-eu-google";
const { issuer, clientId } = entra;

describe("the least route", () => {
  it("makes its sign-in, keys, log and audit, and no other thing", async () => {
    const { resources } = await built();
    expect(asked(resources)).toEqual([
      "CryptoKey::r-keys",
      "CryptoKeyIAMMember::r-keys-logs",
      "KeyRing::r-keys",
      "ProjectBucketConfig::r-logs",
      "ProjectExclusion::r-logs",
      "ProjectSink::r-logs",
      "IAMAuditConfig::r-audit-config",
      "IAMCustomRole::r-caller-role",
      "IAMMember::r-caller-grant",
      "Service::r-project-aiplatform",
      "Service::r-project-cloudkms",
      "Service::r-project-cloudresourcemanager",
      "Service::r-project-iam",
      "Service::r-project-iamcredentials",
      "Service::r-project-logging",
      "Service::r-project-serviceusage",
      "Service::r-project-sts",
    ]);
  });

  it("describes itself as the contract asks, and says nothing of parts it does not have", async () => {
    const { outputs } = await built();
    expect(vertexRoute.parse(outputs)).toEqual({
      name: "google",
      provider: "vertex",
      projectId: "example-claude-eu",
      location: "eu",
      host: "aiplatform.eu.rep.googleapis.com",
      reach: { kind: "public" },
      models: [{ id: "claude-sonnet-5-5", label: "Claude Sonnet 5.5", processedIn: "EU" }],
      signIn: {
        kind: "principal",
        member: "serviceAccount:tokens@example-tokens.iam.gserviceaccount.com",
      },
      desktop: {
        kind: "helper-script",
        path: "/opt/cowork/credential",
        windowsPath: "C:\\Cowork\\credential.exe",
        ttlSeconds: 900,
      },
      logs: {
        bucketName,
        kmsKey:
          "projects/example-claude-eu/locations/europe-west3/keyRings/cowork-example-corp-eu-google/cryptoKeys/stores",
        retentionDays: 365,
        locked: false,
      },
      customerManagedKey: expect.objectContaining({
        covers: [
          "Audit entries of Claude calls, and flow logs and refusals where the route has them, at rest in its log bucket.",
        ],
      }),
      remainingSteps: [
        expect.stringMatching(
          /^A person with roles\/consumerprocurement.entitlementManager accepts/,
        ),
        expect.stringMatching(/^Enable claude-sonnet-5-5 on their model cards/),
        expect.stringMatching(/^See that example-claude-eu has quota/),
        expect.stringMatching(/^Call each model once, streamed as well, and find the entries/),
        expect.stringMatching(/^See where the log buckets _Required and _Default/),
      ],
    });
  });
});

describe("a route with every part", () => {
  it("describes each of them as the contract asks", async () => {
    const { outputs } = await built(everything);
    const audience = `//iam.googleapis.com/${pool}/providers/desktop`;
    expect(vertexRoute.parse(outputs)).toMatchObject({
      baseUrl: "https://aiplatform.eu.rep.googleapis.com",
      reach: { kind: "private", address: "10.60.0.4" },
      models: [
        { id: "claude-sonnet-5-5", label: "Claude Sonnet 5.5", processedIn: "EU" },
        { id: "claude-opus-5-5", label: "Claude Opus 5.5", processedIn: "EU" },
      ],
      signIn: {
        kind: "workforce",
        audience,
        principalSet: `principalSet://iam.googleapis.com/${pool}/group/${entra.group}`,
        issuer,
        clientId,
        sessionSeconds: 3600,
      },
      desktop: { kind: "workforce", authFlow: "broker", audience, issuer, clientId },
      logs: {
        bucketName,
        kmsKey: aKey,
        retentionDays: 400,
        locked: true,
        dataset: "projects/example-claude-eu/datasets/claude_content",
      },
      customerManagedKey: {
        covers: [
          "Audit entries of Claude calls, and flow logs and refusals where the route has them, at rest in its log bucket.",
          "Prompts and answers, at rest in the tables of the route's dataset.",
        ],
      },
      perimeter: "enforced",
    });
  });

  it("tells people what no provider can do for each of them", async () => {
    const { outputs } = await built(everything);
    const steps = vertexRoute.parse(outputs).remainingSteps.join("\n");
    expect(steps).not.toMatch(/^Enable claude/m);
    for (const step of [
      /^Switch the log of prompts and answers on for claude-opus-5-5: POST /m,
      /^Let the company's DNS answer aiplatform\.eu\.rep\.googleapis\.com /m,
      /^Call Claude from outside the perimeter once and see it refused/m,
      /^Call the global host of Agent Platform once and see it refused/m,
      /^The deployer cannot change the perimeter: apply such a change as a person\.$/m,
    ]) {
      expect(steps).toMatch(step);
    }
  });

  it("makes no key where the company brings its own", async () => {
    const { resources } = await built(everything);
    const types = resources.map(({ type }) => type);
    expect(types).not.toContain("gcp:kms/keyRing:KeyRing");
    expect(types).not.toContain("gcp:kms/cryptoKey:CryptoKey");
    expect(asked(resources)).toEqual(
      expect.arrayContaining([
        "CryptoKeyIAMMember::r-keys-logs",
        "CryptoKeyIAMMember::r-keys-dataset",
      ]),
    );
  });

  it("waits where Google would refuse, or data would rest elsewhere, if it came first", async () => {
    const { waits } = await built(everything);
    const project = ["Project::r-project-project", "Service::r-project-logging"];
    const expectOrder = (later: string, ...earlier: string[]) =>
      expect(waits(later)).toEqual(expect.arrayContaining(earlier));

    expectOrder("IAMMember::r-caller-grant", "WorkforcePoolProvider::r-access-provider");
    // A store is refused while its service may not use the key.
    expectOrder("ProjectBucketConfig::r-logs", "CryptoKeyIAMMember::r-keys-logs", ...project);
    expectOrder("Dataset::r-content", "CryptoKeyIAMMember::r-keys-dataset", ...project);
    // Entries would rest in _Default, which may lie in global.
    expectOrder(
      "IAMAuditConfig::r-audit-config",
      "ProjectSink::r-logs",
      "ProjectExclusion::r-logs",
    );
    expectOrder(
      "Subnetwork::r-path",
      "ProjectSink::r-path-flows",
      "ProjectExclusion::r-path-flows",
    );
    // Enabling goes to the global host, which a policy shuts.
    expectOrder(
      "Policy::r-policies-gcp-restrictEndpointUsage",
      "AiModelGardenEnableModel::r-models-claude-sonnet-5-5",
      "AiModelGardenEnableModel::r-models-claude-opus-5-5",
    );
  });

  it("is shut by its perimeter only when everything else stands", async () => {
    const { waits, resources } = await built(everything);
    const perimeter = "ServicePerimeter::r-perimeter";
    const before = waits(perimeter);
    expect(asked(resources).filter((resource) => !before.includes(resource))).toEqual([perimeter]);
  });
});

describe("VertexProject", () => {
  it("names the host in profiles only where that was asked for", async () => {
    const { outputs } = await built({ reach: privately(false) });
    const { reach, baseUrl } = vertexRoute.parse(outputs);
    expect(reach).toEqual({ kind: "private", address: "10.60.0.4" });
    expect(baseUrl).toBeUndefined();
  });

  it("says that a perimeter only reports", async () => {
    const { outputs } = await built({
      perimeter: {
        accessPolicyId: "987654321098",
        mode: "dry-run",
        ingressCidrs: ["203.0.113.0/24"],
      },
    });
    expect(vertexRoute.parse(outputs).perimeter).toBe("dry-run");
  });

  it("hands a desktop client's secret to its profile and to nothing else", async () => {
    const oauthClientSecret = "GOCSPX-not-a-real-one";
    const oauthClientId = "123456-abc.apps.googleusercontent.com";
    const { outputs, resources } = await built({
      access: { kind: "google-group", group: "claude@example.com" },
      desktop: { kind: "interactive", oauthClientId, oauthClientSecret },
    });
    const { desktop, ...others } = vertexRoute.parse(outputs);
    expect(desktop).toEqual({ kind: "interactive", oauthClientId, oauthClientSecret });
    expect(JSON.stringify(others)).not.toContain("GOCSPX");
    expect(JSON.stringify(resources)).not.toContain("GOCSPX");
  });

  it("refuses a bad route with every problem, before anything is created", async () => {
    const bad = {
      location: "global",
      dataRegion: "europe-west6",
      logs: { ...route.logs, retentionDays: 0 },
    };
    expect(await refusal(run(bad))).toBe(
      [
        "r: invalid arguments",
        "  location: outside: global promises no place of processing; use claude-sonnet-5-5 at eu",
        "  dataRegion: outside: europe-west6 is in CH, outside zone eu; zone eu has europe-central2, europe-north1, europe-north2, europe-southwest1, europe-west1, europe-west10, europe-west12, europe-west3, europe-west4, europe-west8, europe-west9",
        "  logs.retentionDays: 0 days; need a whole number from 1 to 3650",
      ].join("\n"),
    );
  });
});
