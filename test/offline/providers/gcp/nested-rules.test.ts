import { describe, expect, it } from "vitest";

import type { Properties } from "../../../../offline/providers/struct.ts";
import { check } from "./checked.ts";
import { accessRows } from "./rows/access.ts";
import { computeRows } from "./rows/compute.ts";
import { identityRows } from "./rows/identity.ts";
import { storeRows } from "./rows/stores.ts";
import { tokenServiceRows } from "./rows/token-service.ts";

const rows = { ...accessRows, ...computeRows, ...identityRows, ...storeRows, ...tokenServiceRows };
const key = "a key: projects/P/locations/L/keyRings/R/cryptoKeys/K";
const keyVersion = "projects/p/locations/eu/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1";
const resource =
  "projects/NUMBER (the number, not the id) or //compute.googleapis.com/projects/P/global/networks/N";

describe("what the services refuse of several inputs, or inside one", () => {
  it.each<[string, Properties, string]>([
    [
      "orgpolicy/Policy",
      { spec: { rules: [{ enforce: "true" }] } },
      'spec.rules[0].enforce: "true" is not one of "TRUE", "FALSE"',
    ],
    [
      "bigquery/Dataset",
      { defaultEncryptionConfiguration: { kmsKeyName: keyVersion } },
      `defaultEncryptionConfiguration.kmsKeyName: "${keyVersion}" is not ${key}`,
    ],
    [
      "kms/CryptoKeyIAMMember",
      { cryptoKeyId: "logs" },
      'cryptoKeyId: "logs" is not a key: projects/P/locations/L/keyRings/R/cryptoKeys/K, or the short form P/L/R/K',
    ],
    [
      "serviceaccount/IAMMember",
      { serviceAccountId: "deployer@cowork-eu.iam.gserviceaccount.com" },
      'serviceAccountId: "deployer@cowork-eu.iam.gserviceaccount.com" is not the full name of an account: projects/P/serviceAccounts/EMAIL',
    ],
    ["projects/IAMPolicy", { policyData: "{broken" }, "policyData: contains invalid JSON"],
    [
      "compute/Route",
      { nextHopGateway: "default-internet-gateway" },
      'nextHopIp: only one of "nextHopGateway", "nextHopIlb", "nextHopInstance", "nextHopIp", "nextHopVpnTunnel" may be given',
    ],
    [
      "accesscontextmanager/ServicePerimeter",
      { spec: {} },
      'useExplicitDryRunSpec: must be given with "spec"',
    ],
    [
      "accesscontextmanager/ServicePerimeter",
      { status: { resources: ["projects/1", "projects/cowork-eu"] } },
      `status.resources[1]: "projects/cowork-eu" is not ${resource}`,
    ],
    [
      "iam/WorkforcePoolProvider",
      { oidc: { issuerUri: "http://login.example.com", clientId: "c" } },
      'oidc.issuerUri: "http://login.example.com" is not a URL that begins with https:// and has no query',
    ],
    [
      "projects/IAMAuditConfig",
      { auditLogConfigs: [{ logType: "READ" }] },
      'auditLogConfigs[0].logType: "READ" is not one of "DATA_READ", "DATA_WRITE", "ADMIN_READ"',
    ],
    [
      "iam/WorkforcePoolProvider",
      { oidc: { issuerUri: "https://a", clientID: "c" } },
      'oidc.clientID: iam/WorkforcePoolProviderOidc has no input of this name; did you mean "clientId"?',
    ],
  ])("inside %s: %j", (type, changed, expected) => {
    expect(check(type, { ...rows[type]?.[0], ...changed }).failures).toContain(expected);
  });

  it("asks for what must be there", () => {
    expect(
      check("iam/WorkforcePoolProvider", {
        location: "global",
        workforcePoolId: "cowork-eu",
        providerId: "entra",
      }).failures,
    ).toEqual(['oidc: one of "oidc", "saml" must be given']);
    expect(check("kms/CryptoKey", {}).failures).toEqual([
      "keyRing: gcp:kms/cryptoKey:CryptoKey requires it",
    ]);
    expect(
      check("iam/WorkloadIdentityPoolProvider", {
        workloadIdentityPoolId: "github",
        workloadIdentityPoolProviderId: "actions",
        oidc: { issuerUri: "https://token.actions.githubusercontent.com" },
      }).failures,
    ).toEqual(['attributeMapping: must be given with "oidc"']);
  });

  it("does not hold an ordinary forwarding rule to the rules of an endpoint", () => {
    const rule = { name: "web-rule", target: "projects/p/global/targetHttpsProxies/web" };
    expect(check("compute/GlobalForwardingRule", rule).failures).toEqual([]);
  });

  it("holds an endpoint to its rules when name and scheme are left to the provider", () => {
    expect(check("compute/GlobalForwardingRule", { target: "all-apis" }).failures).toEqual([
      'loadBalancingScheme: "EXTERNAL" is not the scheme of Private Service Connect, which is ""',
      expect.stringMatching(/^name: "claude-[0-9a-f]{7}" is not an endpoint's name: /),
    ]);
  });

  it.each([
    "user:a@example.com",
    "allAuthenticatedUsers",
    "principalSet://iam.googleapis.com/locations/global/workforcePools/cowork-eu/group/claude",
    "principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/subject/s",
    "serviceAccount:service-1@gcp-sa-aiplatform.iam.gserviceaccount.com",
  ])("takes %s as a member", (member) => {
    expect(
      check("projects/IAMMember", { ...rows["projects/IAMMember"]?.[0], member }).failures,
    ).toEqual([]);
  });
});
