import type { GoogleTokenServiceArgs } from "../../../../components/gcp/token-service/args.ts";
import { planService, type ServicePlan } from "../../../../components/gcp/token-service/plan.ts";
import type { DeployOptions } from "../../../support/deploy.ts";
import { eu } from "../stores.ts";

export { authority, laptop } from "../../aws/iam/certificates.ts";

export const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
export const image = `europe-west3-docker.pkg.dev/example-claude-eu/cowork/token-service@${digest}`;
export const certificate = "projects/example-claude-eu/locations/europe-west3/certificates/tokens";
export const key =
  "projects/example-claude-eu/locations/europe-west3/keyRings/cowork-example-eu-google/cryptoKeys/stores";
export const caller = "claude-caller@example-claude-eu.iam.gserviceaccount.com";
export const network = {
  network: "projects/example-claude-eu/global/networks/cowork-example-eu-google",
  subnetCidr: "10.60.0.0/26",
  proxies: { kind: "create", cidr: "10.60.0.64/26" },
} as const;
export const existingStore = {
  kind: "existing",
  url: "rediss://store.example.com:6380",
  cidrs: ["10.70.0.0/28"],
  passwordSecret: "projects/example-stores/secrets/cowork-store",
} as const;

/** A service with everything plain left at its default; what tests change stands in `change`. */
export function serviceArgs(change: Partial<GoogleTokenServiceArgs> = {}): GoogleTokenServiceArgs {
  return {
    zone: eu,
    geography: "eu",
    organization: "example",
    today: "2026-11-21",
    host: "tokens.eu.example.com",
    image,
    replicas: 2,
    clientCidrs: ["10.0.0.0/16"],
    egressCidrs: ["192.0.2.0/24"],
    signs: false,
    serviceConfig: ({ storeUrl, ...created }) =>
      JSON.stringify({
        configVersion: 1,
        listen: { port: 8080 },
        routes: [{ name: "google", provider: "vertex", projectId: "example-claude-eu" }],
        store: { kind: "redis", url: storeUrl, durability: "managed" },
        trustPolicy: { trustPolicyVersion: 1, policies: [] },
        limits: { shutdownGraceSeconds: 8 },
        ...created,
      }),
    retentionDays: 365,
    projectId: "example-claude-eu",
    region: "europe-west3",
    network,
    certificate,
    key,
    callers: [caller],
    ...change,
  };
}

export function planOf(change: Partial<GoogleTokenServiceArgs> = {}): ServicePlan {
  return planService(serviceArgs(change));
}

/** What Google answers with that the program reads back. */
export const answers: DeployOptions = {
  calls: {
    "gcp:organizations/getProject:getProject": ({ projectId }) => ({
      projectId,
      number: "210987654321",
    }),
  },
  outputs: {
    "gcp:projects/serviceIdentity:ServiceIdentity": (name) => ({
      member: `serviceAccount:${name}@agents.example`,
    }),
    "gcp:secretmanager/secretVersion:SecretVersion": () => ({ version: "3" }),
    "gcp:memorystore/instance:Instance": () => ({
      endpoints: [
        {
          connections: [
            {
              pscAutoConnection: {
                connectionType: "CONNECTION_TYPE_READER",
                ipAddress: "10.60.0.9",
                port: 6379,
              },
            },
            {
              pscAutoConnection: {
                connectionType: "CONNECTION_TYPE_PRIMARY",
                ipAddress: "10.60.0.8",
                port: 6379,
              },
            },
          ],
        },
      ],
      managedServerCas: [{ caCerts: [{ certificates: ["PEM ONE", "PEM TWO\n"] }] }],
    }),
  },
};
