import { describe, expect, it } from "vitest";

import type { Value } from "../../../../offline/providers/struct.ts";
import { check } from "./checked.ts";
import { accessRows } from "./rows/access.ts";
import { computeRows } from "./rows/compute.ts";
import { identityRows } from "./rows/identity.ts";
import { storeRows } from "./rows/stores.ts";

const rows = { ...accessRows, ...computeRows, ...identityRows, ...storeRows };
const label =
  "a name: 1 to 63 lower-case letters, digits and hyphens, a letter first, no hyphen last";
const key = "a key: projects/P/locations/L/keyRings/R/cryptoKeys/K";
const keyVersion = "projects/p/locations/eu/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1";
const federation =
  'an id: 4 to 32 lower-case letters, digits and hyphens, and not beginning with "gcp-"';
const poolId =
  'a pool id: 6 to 63 lower-case letters, digits and hyphens, a letter first, no hyphen last, and not beginning with "gcp-"';
const projectId =
  "a project id: 6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last, without google, null, undefined or ssl";
const resource =
  "projects/NUMBER (the number, not the id) or //compute.googleapis.com/projects/P/global/networks/N";

/** What a program gives at least, with one input as it should not be. */
function refused(type: string, property: string, value: Value): string[] {
  return check(type, { ...rows[type]?.[0], [property]: value }).failures;
}

describe("what the services refuse", () => {
  it.each<[string, string, Value, string]>([
    ["organizations/Project", "projectId", "short", `"short" is not ${projectId}`],
    ["organizations/Project", "projectId", "Cowork-EU", `"Cowork-EU" is not ${projectId}`],
    ["organizations/Project", "projectId", "cowork-eu-", `"cowork-eu-" is not ${projectId}`],
    ["organizations/Project", "projectId", "9cowork", `"9cowork" is not ${projectId}`],
    ["organizations/Project", "projectId", "my-google-app", `"my-google-app" is not ${projectId}`],
    [
      "organizations/Project",
      "projectId",
      "a".repeat(31),
      `"${"a".repeat(31)}" is not ${projectId}`,
    ],
    [
      "organizations/Project",
      "billingAccount",
      "mine",
      '"mine" is not a billing account, as 012345-6789AB-CDEF01',
    ],
    [
      "organizations/Project",
      "orgId",
      "example.com",
      '"example.com" is not the number of an organization',
    ],
    ["organizations/Project", "folderId", "7", 'only one of "orgId", "folderId" may be given'],
    [
      "organizations/Project",
      "deletionPolicy",
      "KEEP",
      '"KEEP" is not one of "DELETE", "PREVENT", "ABANDON"',
    ],
    [
      "projects/Service",
      "service",
      "aiplatform",
      '"aiplatform" is not the name of an API, as aiplatform.googleapis.com',
    ],
    [
      "projects/IAMMember",
      "member",
      "people@example.com",
      '"people@example.com" is not a member, as user:, group:, serviceAccount: or principalSet://',
    ],
    [
      "projects/IAMMember",
      "role",
      "viewer",
      '"viewer" is not a role: roles/NAME, projects/P/roles/NAME or organizations/N/roles/NAME',
    ],
    [
      "projects/IAMCustomRole",
      "roleId",
      "claude-user",
      '"claude-user" is not a role id: 3 to 64 letters, digits, periods and underscores',
    ],
    ["projects/IAMCustomRole", "permissions", [], "has 0 items, must have 1 to 3000"],
    [
      "serviceaccount/Account",
      "accountId",
      "ci",
      '"ci" is not an account id: 6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last',
    ],
    ["iam/WorkforcePool", "workforcePoolId", "gcp-cowork", `"gcp-cowork" is not ${poolId}`],
    ["iam/WorkforcePool", "workforcePoolId", "short", `"short" is not ${poolId}`],
    ["iam/WorkforcePool", "location", "eu", '"eu" is not one of "global"'],
    [
      "iam/WorkforcePool",
      "parent",
      "projects/p",
      '"projects/p" is not an organization: organizations/NUMBER',
    ],
    ["iam/WorkforcePool", "sessionDuration", "899s", '"899s" is not between 900s and 43200s'],
    [
      "iam/WorkforcePool",
      "sessionDuration",
      "1h",
      '"1h" is not a duration in seconds, as in "3600s"',
    ],
    ["iam/WorkforcePoolProvider", "providerId", "gcp-entra", `"gcp-entra" is not ${federation}`],
    [
      "iam/WorkforcePoolProvider",
      "attributeMapping",
      { "google.groups": "assertion.groups" },
      'has no "google.subject"',
    ],
    [
      "iam/WorkforcePoolProvider",
      "saml",
      { idpMetadataXml: "x" },
      'only one of "oidc", "saml" may be given',
    ],
    ["iam/WorkloadIdentityPool", "workloadIdentityPoolId", "ci", `"ci" is not ${federation}`],
    [
      "iam/WorkloadIdentityPoolProvider",
      "aws",
      { accountId: "1" },
      'only one of "aws", "oidc", "saml", "x509" may be given',
    ],
    [
      "iam/DenyPolicy",
      "parent",
      "projects/p",
      '"projects/p" is not an attachment point: cloudresourcemanager.googleapis.com%2Fprojects%2FP, or folders, or organizations',
    ],
    [
      "kms/KeyRing",
      "location",
      "europe_west1",
      '"europe_west1" is not a location, as europe-west1 or eu',
    ],
    [
      "kms/KeyRing",
      "name",
      "a ring",
      '"a ring" is not a name: 1 to 63 letters, digits, underscores and hyphens',
    ],
    [
      "kms/CryptoKey",
      "keyRing",
      "ring",
      '"ring" is not a key ring: projects/P/locations/L/keyRings/R',
    ],
    ["kms/CryptoKey", "rotationPeriod", "86399s", '"86399s" is not between 86400s and 3153600000s'],
    ["kms/CryptoKey", "rotationPeriod", "90d", '"90d" is not a duration in seconds, as in "3600s"'],
    [
      "kms/CryptoKey",
      "purpose",
      "SIGN",
      '"SIGN" is not one of "ENCRYPT_DECRYPT", "ASYMMETRIC_SIGN", "ASYMMETRIC_DECRYPT", "RAW_ENCRYPT_DECRYPT", "MAC", "KEY_ENCAPSULATION"',
    ],
    ["logging/ProjectBucketConfig", "retentionDays", 0, "0 is not between 1 and 3650"],
    [
      "logging/ProjectBucketConfig",
      "location",
      "EU",
      '"EU" is not a location, as europe-west1 or eu',
    ],
    [
      "logging/ProjectSink",
      "destination",
      "gs://logs",
      '"gs://logs" is not a destination: storage, bigquery, pubsub or logging, then .googleapis.com/ and a name',
    ],
    [
      "bigquery/Dataset",
      "datasetId",
      "claude-logs",
      '"claude-logs" is not a dataset id: letters, digits and underscores',
    ],
    [
      "bigquery/Dataset",
      "location",
      "europe west",
      '"europe west" is not a location, as EU or europe-west1',
    ],
    ["bigquery/Table", "schema", "{broken", "contains invalid JSON"],
    [
      "storage/Bucket",
      "name",
      "Logs",
      '"Logs" is not a bucket name: 3 to 63 lower-case letters, digits, hyphens, underscores and dots, without google',
    ],
    [
      "storage/Bucket",
      "name",
      "goog-logs",
      '"goog-logs" is not a bucket name: 3 to 63 lower-case letters, digits, hyphens, underscores and dots, without google',
    ],
    [
      "storage/Bucket",
      "publicAccessPrevention",
      "on",
      '"on" is not one of "inherited", "enforced"',
    ],
    ["pubsub/Topic", "kmsKeyName", keyVersion, `"${keyVersion}" is not ${key}`],
    ["compute/Network", "name", "Private", `"Private" is not ${label}`],
    ["compute/Network", "mtu", 1000, "1000 is not between 1300 and 8896"],
    [
      "compute/Subnetwork",
      "ipCidrRange",
      "10.40.0.1/24",
      '"10.40.0.1/24" is not a CIDR block: it must start at its first address, 10.40.0.0/24',
    ],
    ["compute/Firewall", "sourceRanges", ["everyone"], '"everyone" is not a CIDR block'],
    [
      "compute/Firewall",
      "allows",
      [{ protocol: "tcp" }],
      'only one of "allows", "denies" may be given',
    ],
    [
      "compute/GlobalForwardingRule",
      "name",
      "google-apis",
      '"google-apis" is not an endpoint\'s name: 1 to 20 lower-case letters and digits, a letter first',
    ],
    [
      "compute/GlobalForwardingRule",
      "loadBalancingScheme",
      "EXTERNAL",
      '"EXTERNAL" is not the scheme of Private Service Connect, which is ""',
    ],
    [
      "networkconnectivity/RegionalEndpoint",
      "location",
      "eu",
      '"eu" is not a region, as europe-west1',
    ],
    [
      "networkconnectivity/RegionalEndpoint",
      "accessType",
      "global",
      '"global" is not one of "GLOBAL", "REGIONAL"',
    ],
    [
      "networkconnectivity/RegionalEndpoint",
      "targetGoogleApi",
      "europe-west1-aiplatform.googleapis.com",
      '"europe-west1-aiplatform.googleapis.com" is not a regional service: API.PLACE.rep.googleapis.com',
    ],
    [
      "dns/ManagedZone",
      "dnsName",
      "eu.rep.googleapis.com",
      '"eu.rep.googleapis.com" is not a full name: it ends with a dot',
    ],
    ["dns/ManagedZone", "visibility", "internal", '"internal" is not one of "private", "public"'],
    ["dns/RecordSet", "name", "aiplatform", '"aiplatform" is not a full name: it ends with a dot'],
    [
      "accesscontextmanager/AccessLevel",
      "name",
      "offices",
      '"offices" is not a full name: accessPolicies/NUMBER/accessLevels/NAME, the name 1 to 50 letters, digits and underscores, a letter first',
    ],
    [
      "accesscontextmanager/ServicePerimeterResource",
      "resource",
      "projects/cowork-eu",
      `"projects/cowork-eu" is not ${resource}`,
    ],
    [
      "orgpolicy/Policy",
      "name",
      "gcp.resourceLocations",
      '"gcp.resourceLocations" is not the full name of a policy: PARENT/policies/CONSTRAINT',
    ],
    [
      "orgpolicy/CustomConstraint",
      "name",
      "noKeys",
      '"noKeys" is not a constraint: "custom." and 1 to 62 letters and digits',
    ],
    [
      "vertex/AiModelGardenEnableModel",
      "publisherModelName",
      "claude-opus-5-5",
      '"claude-opus-5-5" is not a model: publishers/PUBLISHER/models/MODEL',
    ],
    ["cloudrunv2/Service", "location", "eu", '"eu" is not a region, as europe-west1'],
  ])("on %s: %s = %j", (type, property, value, reason) => {
    const failures = refused(type, property, value);
    expect(failures.map((text) => text.replace(/^[\w.[\]]+: /, ""))).toEqual([reason]);
  });
});
