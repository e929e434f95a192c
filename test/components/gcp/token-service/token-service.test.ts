import { describe, expect, it } from "vitest";

import { refusal, resolved } from "../../../support/deploy.ts";
import { inventoryOf, only } from "../../../support/inventory.ts";
import {
  base,
  configOf,
  inputsOf,
  located,
  member,
  regional,
  run,
  SERVICE,
  secretText,
  templateOf,
  usual,
  variable,
} from "./deployed.ts";
import { existingStore, image, key } from "./support.ts";

describe("TokenService at Google", () => {
  it("creates this and nothing else", async () => {
    const { resources } = await usual();
    expect(inventoryOf(resources).counts).toEqual({
      "cowork:gcp:TokenService": 1,
      "gcp:cloudrunv2/service:Service": 1,
      "gcp:compute/address:Address": 1,
      "gcp:compute/firewall:Firewall": 4,
      "gcp:compute/forwardingRule:ForwardingRule": 1,
      "gcp:compute/regionBackendService:RegionBackendService": 1,
      "gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup": 1,
      "gcp:compute/regionSslPolicy:RegionSslPolicy": 1,
      "gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy": 1,
      "gcp:compute/regionUrlMap:RegionUrlMap": 1,
      "gcp:compute/route:Route": 1,
      "gcp:compute/subnetwork:Subnetwork": 2,
      "gcp:dns/managedZone:ManagedZone": 2,
      "gcp:dns/recordSet:RecordSet": 2,
      "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": 3,
      "gcp:logging/projectBucketConfig:ProjectBucketConfig": 1,
      "gcp:logging/projectExclusion:ProjectExclusion": 1,
      "gcp:logging/projectSink:ProjectSink": 1,
      "gcp:memorystore/instance:Instance": 1,
      "gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy": 1,
      "gcp:networksecurity/authzPolicy:AuthzPolicy": 1,
      "gcp:projects/iAMCustomRole:IAMCustomRole": 1,
      "gcp:projects/iAMMember:IAMMember": 1,
      "gcp:projects/service:Service": 10,
      "gcp:projects/serviceIdentity:ServiceIdentity": 3,
      "gcp:secretmanager/secret:Secret": 3,
      "gcp:secretmanager/secretIamMember:SecretIamMember": 3,
      "gcp:secretmanager/secretVersion:SecretVersion": 3,
      "gcp:serviceaccount/account:Account": 1,
      "gcp:serviceaccount/iAMMember:IAMMember": 1,
    });
  });

  it("lets nobody in but the load balancer, and asks nobody for a Google identity", async () => {
    const { resources } = await usual();
    expect(only(resources, SERVICE)).toMatchObject({
      project: "example-claude-eu",
      location: "europe-west3",
      name: base,
      ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
      defaultUriDisabled: true,
      invokerIamDisabled: true,
      deletionProtection: true,
    });
    expect(only(resources, SERVICE)).not.toHaveProperty("binaryAuthorization");
  });

  it("runs the pinned image as its own account, under the key, with all traffic in the network", async () => {
    const { resources } = await usual();
    expect(templateOf(resources)).toMatchObject({
      serviceAccount: "cowork-tokens-example-eu@example-claude-eu.iam.gserviceaccount.com",
      executionEnvironment: "EXECUTION_ENVIRONMENT_GEN2",
      encryptionKey: key,
      scaling: { minInstanceCount: 2, maxInstanceCount: 4 },
      vpcAccess: {
        egress: "ALL_TRAFFIC",
        networkInterfaces: [
          {
            network: "projects/example-claude-eu/global/networks/cowork-example-eu-google",
            subnetwork: `${regional}/subnetworks/${base}`,
            tags: [base],
          },
        ],
      },
      annotations: {
        "cowork.token-service.serves":
          '{"routes":[{"name":"google","provider":"vertex"}],"store":{"kind":"redis"}}',
      },
      volumes: [
        {
          name: "config",
          secret: {
            secret: `${base}-config`,
            items: [{ version: "3", path: "config.json" }],
          },
        },
        {
          name: "policy",
          secret: {
            secret: `${base}-policy`,
            items: [{ version: "latest", path: "trust-policy.json" }],
          },
        },
        {
          name: "store",
          secret: {
            secret: `${base}-store-ca`,
            items: [{ version: "latest", path: "authority.pem" }],
          },
        },
      ],
      containers: [
        {
          image,
          ports: { name: "http1", containerPort: 8080 },
          args: ["serve", "--config", "/etc/cowork/config/config.json"],
          volumeMounts: [
            { name: "config", mountPath: "/etc/cowork/config" },
            { name: "policy", mountPath: "/etc/cowork/policy" },
            { name: "store", mountPath: "/etc/cowork/store" },
          ],
          startupProbe: { httpGet: { path: "/readyz", port: 8080 } },
          livenessProbe: { httpGet: { path: "/healthz", port: 8080 } },
        },
      ],
    });
  });

  it("tells the service of the store's primary, and keeps the policy apart", async () => {
    const { resources } = await usual();
    expect(templateOf(resources).containers[0].envs.map(({ name }) => name)).toEqual([
      "COWORK_STORE_AUTH",
      "COWORK_STORE_USER",
      "NODE_EXTRA_CA_CERTS",
    ]);
    expect(configOf(resources)).toEqual({
      configVersion: 1,
      listen: { port: 8080 },
      routes: [{ name: "google", provider: "vertex", projectId: "example-claude-eu" }],
      store: { kind: "redis", url: "rediss://10.60.0.8:6379", durability: "managed" },
      trustPolicy: { file: "/etc/cowork/policy/trust-policy.json" },
      limits: { shutdownGraceSeconds: 8 },
    });
    expect(variable(resources, "COWORK_STORE_AUTH")?.value).toBe("google-iam");
    expect(variable(resources, "NODE_EXTRA_CA_CERTS")?.value).toBe(
      "/etc/cowork/store/authority.pem",
    );
    expect(secretText(resources, "tokens-policy")).toBe('{"trustPolicyVersion":1,"policies":[]}');
    expect(secretText(resources, "tokens-store-ca")).toBe("PEM ONE\nPEM TWO\n");
  });

  it("keeps its files in the region, under the key, for its own account only", async () => {
    const { resources } = await usual();
    expect(
      inputsOf(resources, "gcp:secretmanager/secret:Secret").map((one) => one.replication),
    ).toEqual(
      Array.from({ length: 3 }, () => ({
        userManaged: {
          replicas: [{ location: "europe-west3", customerManagedEncryption: { kmsKeyName: key } }],
        },
      })),
    );
    const grants = inputsOf(resources, "gcp:secretmanager/secretIamMember:SecretIamMember");
    expect(grants).toEqual(
      ["config", "policy", "store-ca"].map((file) => ({
        project: "example-claude-eu",
        secretId: `${base}-${file}`,
        role: "roles/secretmanager.secretAccessor",
        member,
      })),
    );
  });

  it("keeps every version an instance may be reading, and pins a revision to its configuration", async () => {
    const { resources } = await usual();
    const versions = inputsOf(resources, "gcp:secretmanager/secretVersion:SecretVersion");
    expect(versions.map(({ secret, deletionPolicy }) => ({ secret, deletionPolicy }))).toEqual(
      ["config", "policy", "store-ca"].map((file) => ({
        secret: `projects/example-claude-eu/secrets/${base}-${file}`,
        deletionPolicy: "ABANDON",
      })),
    );
    const volumes = templateOf(resources).volumes as readonly {
      readonly secret: { readonly items: readonly [{ readonly version: string }] };
    }[];
    expect(volumes.map(({ secret }) => secret.items[0].version)).toEqual(["3", "latest", "latest"]);
  });

  it("leaves a policy alone that the configuration reads from a file of its own", async () => {
    const given = JSON.stringify({
      trustPolicy: { file: "/policy.json" },
      limits: { shutdownGraceSeconds: 9 },
    });
    const { resources } = await run({ serviceConfig: () => given, store: existingStore });
    expect(secretText(resources, "tokens-config")).toBe(given);
    expect(templateOf(resources).volumes).toEqual([
      {
        name: "config",
        secret: { secret: `${base}-config`, items: [{ version: "3", path: "config.json" }] },
      },
    ]);
  });

  it("keeps every entry in a bucket of the region, out of _Default", async () => {
    const { resources, result } = await usual();
    const bucket = `${located}/buckets/${base}`;
    expect(only(resources, "gcp:logging/projectBucketConfig:ProjectBucketConfig")).toMatchObject({
      location: "europe-west3",
      retentionDays: 365,
      cmekSettings: { kmsKeyName: key },
    });
    const filter = `(resource.type="cloud_run_revision" AND resource.labels.service_name="${base}") OR (resource.type="internal_http_lb_rule" AND resource.labels.url_map_name="${base}")`;
    expect(only(resources, "gcp:logging/projectSink:ProjectSink")).toMatchObject({
      destination: `logging.googleapis.com/${bucket}`,
      filter,
    });
    expect(only(resources, "gcp:logging/projectExclusion:ProjectExclusion").filter).toBe(filter);
    expect(await resolved(result.logs)).toBe(bucket);
  });

  it("says what people still have to do", async () => {
    const { result } = await run({ image: image.replace("claude-eu", "images") });
    expect(result.remainingSteps).toEqual([
      "Have the company's DNS answer tokens.eu.example.com with 10.60.0.4.",
      "Carry 10.60.0.0/26 in europe-west3 from the company's network and 10.0.0.0/16 back, and from there to 192.0.2.0/24, where the issuers answer (docs/token-service-google.md).",
      "Let Cloud Run's service agent of example-claude-eu read the image in example-images (roles/artifactregistry.reader).",
      "See the service sign in to its store once: its certificate is of an authority of its own, and no dated source says which names it carries (docs/token-service-google.md).",
    ]);
    expect(result.serviceAccountEmail).toBe(
      "cowork-tokens-example-eu@example-claude-eu.iam.gserviceaccount.com",
    );
  });

  it("creates nothing when an argument is wrong", async () => {
    expect(await refusal(run({ image: "tokens:latest", replicas: 1 }))).toBe(
      [
        "tokens: invalid arguments",
        '  image: "tokens:latest" is not pinned by digest; write europe-west3-docker.pkg.dev/example-claude-eu/<repository>/<image>@sha256:<digest>',
        "  replicas: 1; need a whole number from 2 to 100",
      ].join("\n"),
    );
  });
});
