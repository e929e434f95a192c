import { describe, expect, it } from "vitest";

import type { AwsTokenServiceArgs } from "../../../../components/aws/token-service/args.ts";
import { TokenService } from "../../../../components/aws/token-service/token-service.ts";
import { deploy } from "../../../support/deploy.ts";
import { inventoryOf, only } from "../../../support/inventory.ts";
import {
  answers,
  authority,
  configOf,
  existingNetwork,
  existingStore,
  serviceArgs,
} from "./support.ts";

const run = (change: Partial<AwsTokenServiceArgs> = {}) =>
  deploy(() => new TokenService("tokens", serviceArgs(change)), answers);

const containerOf = (resources: Awaited<ReturnType<typeof run>>["resources"]) =>
  JSON.parse(
    String(only(resources, "aws:ecs/taskDefinition:TaskDefinition").containerDefinitions),
  )[0];

const parameters =
  "arn:aws:ssm:eu-central-1:111122223333:parameter/cowork/token-service-example-eu";

describe("TokenService at AWS, where more is asked for", () => {
  it("verifies device certificates on a port of their own", async () => {
    const { resources, result } = await run({ deviceAuthorities: authority });
    const listeners = resources.filter((r) => r.type === "aws:lb/listener:Listener");
    expect(listeners.map(({ inputs }) => [inputs.port, inputs.mutualAuthentication])).toEqual([
      [
        8443,
        {
          mode: "verify",
          trustStoreArn: "arn:test:aws:lb/trustStore:TrustStore:tokens",
          ignoreClientCertificateExpiry: false,
          advertiseTrustStoreCaNames: "on",
        },
      ],
      [443, undefined],
    ]);
    expect(only(resources, "aws:lb/trustStore:TrustStore")).toMatchObject({
      caCertificatesBundleS3Bucket: "cowork-token-service-example-eu-111122223333",
      caCertificatesBundleS3Key: "authorities/devices.pem",
      caCertificatesBundleS3ObjectVersion: "v1",
    });
    expect(result.deviceOrigin).toBe("https://tokens.eu.example.com:8443");
    expect(configOf(resources).created).toMatchObject({
      clientCertificate: {
        from: "header",
        header: "x-amzn-mtls-clientcert-leaf",
        trustedProxyCidrs: ["10.60.0.0/25", "10.60.0.128/25"],
      },
    });
  });

  it("takes a store of the company's own, with its password from the company's secret", async () => {
    const { resources } = await run({ store: { ...existingStore, userName: "tokens" } });
    expect(resources.filter(({ type }) => type.startsWith("aws:memorydb/"))).toEqual([]);
    const container = containerOf(resources);
    expect(container.secrets).toEqual([
      { name: "COWORK_STORE_PASSWORD", valueFrom: existingStore.passwordSecretArn },
    ]);
    expect(container.environment.slice(1)).toEqual([
      { name: "COWORK_STORE_USER", value: "tokens" },
      { name: "COWORK_TOKEN_SERVICE_CONFIG", value: expect.any(String) },
    ]);
    // Nothing of it is for AWS to choose.
    expect(configOf(resources).created).toEqual({ storeUrl: "rediss://store.example.com:6380" });
    expect(resources.filter(({ type }) => type.startsWith("aws:ssm/"))).toEqual([]);
    const toStore = resources.find(({ name }) => name === "tokens-to-store-10.70.0.0/28");
    expect(toStore?.inputs).toMatchObject({ fromPort: 6380, toPort: 6380 });
    expect(inventoryOf(resources).counts["aws:ec2/vpcEndpoint:VpcEndpoint"]).toBe(6);
  });

  it("makes a key that signs only where a gateway route needs one", async () => {
    const { resources } = await run({ signs: true });
    const keys = resources.filter(({ type }) => type === "aws:kms/key:Key");
    expect(keys.map(({ inputs }) => [inputs.keyUsage, inputs.customerMasterKeySpec])).toEqual([
      [undefined, undefined],
      ["SIGN_VERIFY", "ECC_NIST_P256"],
    ]);
    expect(configOf(resources).created).toMatchObject({
      signingKey: {
        kind: "aws-kms",
        keyArn: {
          fromEnvironment: "COWORK_SIGNING_KEY_ARN",
          like: "arn:aws:kms:eu-central-1:111122223333:key/*",
        },
        region: "eu-central-1",
      },
    });
    expect(containerOf(resources).secrets).toEqual([
      { name: "COWORK_STORE_URL", valueFrom: `${parameters}/store-url` },
      { name: "COWORK_SIGNING_KEY_ARN", valueFrom: `${parameters}/signing-key-arn` },
    ]);
    const holder = resources.find(({ name }) => name === "tokens-signing-key-arn");
    expect(holder?.inputs).toEqual({
      region: "eu-central-1",
      name: "/cowork/token-service-example-eu/signing-key-arn",
      description: "What AWS chose for the cowork token service; written by its stack alone.",
      type: "String",
      tier: "Standard",
      insecureValue: "arn:test:aws:kms/key:Key:tokens-signing",
      allowedPattern: "^arn:aws:kms:eu-central-1:111122223333:key/[A-Za-z0-9-]+$",
    });
  });

  it("stands in a network of the company's own and makes no endpoint twice", async () => {
    const { resources } = await run({
      network: {
        ...existingNetwork,
        endpointsExist: ["sts", "logs", "s3"],
        s3PrefixListId: "pl-6ea54007",
      },
    });
    const services = resources
      .filter(({ type }) => type === "aws:ec2/vpcEndpoint:VpcEndpoint")
      .map(({ inputs }) => inputs.serviceName);
    expect(services).toEqual([
      "com.amazonaws.eu-central-1.ecr.api",
      "com.amazonaws.eu-central-1.ecr.dkr",
      "com.amazonaws.eu-central-1.ssm",
    ]);
    const ways = resources
      .filter(({ type }) => type.includes("EgressRule"))
      .map(({ inputs }) => inputs.cidrIpv4 ?? inputs.prefixListId);
    expect(ways).toEqual(expect.arrayContaining(["10.61.0.0/26", "10.61.0.64/26", "pl-6ea54007"]));
    expect(inventoryOf(resources).counts["aws:ec2/vpc:Vpc"]).toBeUndefined();
  });
});
