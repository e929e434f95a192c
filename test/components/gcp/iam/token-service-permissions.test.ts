import { describe, expect, it } from "vitest";

import {
  deployerPermissions,
  deployerSteps,
} from "../../../../components/gcp/iam/deployer-permissions.ts";
import type { GoogleTokenServiceArgs } from "../../../../components/gcp/token-service/args.ts";
import { entra, route } from "../support.ts";
import { run } from "../token-service/deployed.ts";
import { authority, existingStore, network, serviceArgs } from "../token-service/support.ts";

type Change = Partial<GoogleTokenServiceArgs>;
const before = deployerPermissions(route);
const added = (change: Change = {}, over: Parameters<typeof deployerPermissions>[0] = route) => {
  const without = deployerPermissions(over);
  return deployerPermissions(over, serviceArgs(change)).filter((one) => !without.includes(one));
};
const whole: Change = { signs: true, deviceAuthorities: authority };
const foundKeys = {
  kind: "existing",
  logs: "projects/p/locations/l/keyRings/r/cryptoKeys/k",
} as const;
const bare: Change = {
  store: existingStore,
  network: { ...network, googleApisExist: true },
  certificate: "projects/example-claude-eu/regions/europe-west3/sslCertificates/tokens",
};

/** What making, reading or changing a resource of each type takes. */
const takes: Readonly<Record<string, string>> = {
  "gcp:certificatemanager/trustConfig:TrustConfig": "certificatemanager.trustconfigs.create",
  "gcp:cloudrunv2/service:Service": "run.services.create",
  "gcp:compute/address:Address": "compute.addresses.createInternal",
  "gcp:compute/firewall:Firewall": "compute.firewalls.create",
  "gcp:compute/forwardingRule:ForwardingRule": "compute.forwardingRules.create",
  "gcp:compute/regionBackendService:RegionBackendService": "compute.regionBackendServices.create",
  "gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup":
    "compute.regionNetworkEndpointGroups.create",
  "gcp:compute/regionSslPolicy:RegionSslPolicy": "compute.regionSslPolicies.create",
  "gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy":
    "compute.regionTargetHttpsProxies.create",
  "gcp:compute/regionUrlMap:RegionUrlMap": "compute.regionUrlMaps.create",
  "gcp:compute/route:Route": "compute.routes.create",
  "gcp:compute/subnetwork:Subnetwork": "compute.subnetworks.create",
  "gcp:dns/managedZone:ManagedZone": "dns.managedZones.create",
  "gcp:dns/recordSet:RecordSet": "dns.resourceRecordSets.create",
  "gcp:kms/cryptoKey:CryptoKey": "cloudkms.cryptoKeys.create",
  "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": "cloudkms.cryptoKeys.setIamPolicy",
  "gcp:kms/keyRing:KeyRing": "cloudkms.keyRings.create",
  "gcp:logging/projectBucketConfig:ProjectBucketConfig": "logging.buckets.create",
  "gcp:logging/projectExclusion:ProjectExclusion": "logging.exclusions.create",
  "gcp:logging/projectSink:ProjectSink": "logging.sinks.create",
  "gcp:memorystore/instance:Instance": "memorystore.instances.create",
  "gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy":
    "networkconnectivity.serviceConnectionPolicies.create",
  "gcp:networksecurity/authzPolicy:AuthzPolicy": "networksecurity.authzPolicies.create",
  "gcp:networksecurity/serverTlsPolicy:ServerTlsPolicy": "networksecurity.serverTlsPolicies.create",
  // Who may do what is a person's: CI only reads it.
  "gcp:projects/iAMCustomRole:IAMCustomRole": "iam.roles.get",
  "gcp:projects/iAMMember:IAMMember": "resourcemanager.projects.getIamPolicy",
  "gcp:projects/service:Service": "serviceusage.services.enable",
  "gcp:projects/serviceIdentity:ServiceIdentity": "serviceusage.services.generateServiceIdentity",
  "gcp:secretmanager/secret:Secret": "secretmanager.secrets.create",
  "gcp:secretmanager/secretIamMember:SecretIamMember": "secretmanager.secrets.getIamPolicy",
  "gcp:secretmanager/secretVersion:SecretVersion": "secretmanager.versions.add",
  "gcp:serviceaccount/account:Account": "iam.serviceAccounts.get",
  "gcp:serviceaccount/iAMMember:IAMMember": "iam.serviceAccounts.getIamPolicy",
};

describe("what CI may do where a token service runs", () => {
  it.each<[string, Change]>([
    ["with everything", whole],
    ["with little of its own", bare],
  ])("is what the resources of one %s take", async (_, change) => {
    const { resources } = await run(change);
    const may = deployerPermissions({ ...route, keys: foundKeys }, serviceArgs(change));
    const types = new Set(
      resources.map(({ type }) => type).filter((one) => one.startsWith("gcp:")),
    );
    expect([...types].filter((type) => !may.includes(takes[type] ?? type))).toEqual([]);
  });

  it("is nothing more where none runs", () => {
    expect(before.filter((one) => /^(?:run|secretmanager|memorystore)\./.test(one))).toEqual([]);
  });

  it("grows with the parts of the service, and lists nothing twice", () => {
    const services = (change: Change) => [
      ...new Set(added(change).map((one) => one.split(".")[0] ?? "")),
    ];
    const least = ["artifactregistry", "compute", "networksecurity", "run", "secretmanager"];
    expect(services(bare)).toEqual([...least, "serviceusage"]);
    expect(services(whole)).toEqual([
      "artifactregistry",
      "certificatemanager",
      "compute",
      "dns",
      "memorystore",
      "networkconnectivity",
      "networksecurity",
      "run",
      "secretmanager",
      "serviceusage",
    ]);
    const all = deployerPermissions(route, serviceArgs(whole));
    expect(new Set(all).size).toBe(all.length);
    expect(all).toEqual(all.toSorted());
  });

  it("makes keys where the route found its own, only for a service that signs", () => {
    const found = { ...route, keys: foundKeys };
    const keys = (change: Change) =>
      added(change, found).filter((one) => one.startsWith("cloudkms."));
    expect(keys({})).toEqual([]);
    expect(keys({ signs: true })).toEqual([
      "cloudkms.cryptoKeys.create",
      "cloudkms.cryptoKeys.update",
      "cloudkms.keyRings.create",
      "cloudkms.keyRings.get",
    ]);
  });

  it.each<[string, Change, string]>([
    [
      "device certificates",
      { deviceAuthorities: undefined },
      "certificatemanager.trustconfigs.use",
    ],
    [
      "a way to Google",
      { network: { ...network, googleApisExist: true } },
      "compute.routes.create",
    ],
    ["a store", { store: existingStore }, "memorystore.instances.create"],
    [
      "a policy of connections",
      { store: { kind: "create", connectionPolicyExists: true } },
      "networkconnectivity.serviceConnectionPolicies.create",
    ],
    [
      "a newer certificate",
      { certificate: bare.certificate ?? "" },
      "certificatemanager.certs.use",
    ],
  ])("leaves out what only %s would take", (_, change, permission) => {
    expect(added(whole)).toContain(permission);
    expect(added({ ...whole, ...change })).not.toContain(permission);
  });

  it.each([
    ["act as an account", /^iam\..*actAs/],
    ["change identities, roles or federation", /^iam\..*\.(create|update|delete|set|undelete)/],
    ["read a secret or let anybody read one", /^secretmanager\..*\.(access|setIamPolicy|destroy)$/],
    ["use, destroy or import a key", /^cloudkms\..*(use|destroy|import)/i],
    ["delete what holds data", /^(memorystore|secretmanager|cloudkms)\..*\.delete$/],
    ["sign in to the store", /^memorystore\..*connect/i],
    ["call the service", /^run\..*invoke/],
    ["do anything by a pattern", /\*/],
  ])("cannot %s", (_, pattern) => {
    const all = deployerPermissions(route, serviceArgs(whole));
    expect(all.filter((one) => pattern.test(one))).toEqual([]);
  });

  it("leaves to a person what would reach beyond the service", () => {
    const settings = { ...route, access: entra, logs: route.logs };
    expect(deployerSteps(settings, true).slice(deployerSteps(settings).length)).toEqual([
      "Let the deployer act as the token service's account (roles/iam.serviceAccountUser), on that account alone: no role of a whole project may.",
      "Let the deployer read the token service's own secrets (roles/secretmanager.secretAccessor), on each alone: the provider reads again what it wrote.",
      "The deployer cannot change what the token service's account may do or who reads its secrets: apply such a change as a person.",
    ]);
  });
});
