import { describe, expect, it } from "vitest";

import { resolved } from "../support/deploy.ts";
import { deployShipped } from "./shipped.ts";

describe("the shipped European stack", () => {
  it("exports what the laptops of the eu routes need, and nothing else", async () => {
    const { result } = await deployShipped("eu");

    const { routes, ...rest } = await resolved(result.landingZone);
    const [bedrock, vertex] = routes;
    expect(vertex).toEqual({
      name: "google",
      provider: "vertex",
      projectId: "example-cowork-eu",
      location: "eu",
      host: "aiplatform.eu.rep.googleapis.com",
      reach: { kind: "private", address: "10.60.0.4" },
      models: [
        { id: "claude-opus-5-5", label: "Claude Opus 5.5", processedIn: "EU" },
        { id: "claude-sonnet-5-5", label: "Claude Sonnet 5.5", processedIn: "EU" },
      ],
      signIn: {
        kind: "workforce",
        audience:
          "//iam.googleapis.com/locations/global/workforcePools/cowork-example-eu-google/providers/desktop",
        principalSet:
          "principalSet://iam.googleapis.com/locations/global/workforcePools/cowork-example-eu-google/group/cowork-eu",
        issuer: "https://login.example.com",
        clientId: "cowork-desktop",
        sessionSeconds: 3600,
      },
      desktop: {
        kind: "workforce",
        authFlow: "browser",
        audience:
          "//iam.googleapis.com/locations/global/workforcePools/cowork-example-eu-google/providers/desktop",
        issuer: "https://login.example.com",
        clientId: "cowork-desktop",
      },
      logs: {
        bucketName:
          "projects/example-cowork-eu/locations/europe-west3/buckets/cowork-example-eu-google",
        kmsKey:
          "projects/example-cowork-eu/locations/europe-west3/keyRings/cowork-example-eu-google/cryptoKeys/stores",
        retentionDays: 365,
        locked: false,
      },
      customerManagedKey: {
        covers: expect.arrayContaining([expect.stringContaining("log bucket")]),
        doesNotCover: expect.arrayContaining([expect.stringContaining("inference")]),
      },
      remainingSteps: expect.arrayContaining([
        expect.stringContaining("accepts Anthropic's terms"),
      ]),
    });
    expect({ ...rest, routes: [bedrock] }).toEqual({
      contractVersion: 1,
      organization: { name: "example", uuid: "6f1c0b6e-4a5d-4b7e-9c55-0d3f8a1e2b47" },
      geography: "eu",
      zone: { id: "eu", label: "European Union", countries: expect.arrayContaining(["DE", "SE"]) },
      catalogueDates: {
        aws: expect.stringMatching(/^2026-\d\d-\d\d$/),
        gcp: expect.stringMatching(/^2026-\d\d-\d\d$/),
      },
      tokenService: {
        url: "https://tokens.eu.example.com",
        runsIn: {
          cloud: "aws",
          region: "eu-central-1",
          image:
            "111122223333.dkr.ecr.eu-central-1.amazonaws.com/cowork-token-service@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
          replicas: 2,
          logs: "/cowork/token-service-example-eu/service",
          target: "internal-eu-token-service.eu-central-1.elb.amazonaws.com",
        },
        routes: ["frankfurt"],
        longestSessionSeconds: 3600,
        remainingSteps: [
          "Have the company's DNS answer tokens.eu.example.com with an alias of the load balancer's name.",
          "Connect the VPC 10.44.0.0/24 in eu-central-1 with the company's network, and enter the ways to 10.8.0.0/14 and 10.12.16.0/24 into its route table.",
        ],
      },
      routes: [
        {
          name: "frankfurt",
          provider: "bedrock",
          partition: "aws",
          accountId: "111122223333",
          region: "eu-central-1",
          baseUrl: "https://vpce-0a-eu-frankfurt-network-bedrock-runtime.vpce.amazonaws.com",
          reach: { kind: "vpce-name" },
          models: [
            {
              id: "eu.anthropic.claude-opus-5-5",
              modelId: "anthropic.claude-opus-5-5",
              label: "Claude Opus 5.5",
              destinations: [
                "eu-central-1",
                "eu-north-1",
                "eu-south-1",
                "eu-south-2",
                "eu-west-1",
                "eu-west-3",
              ],
            },
            {
              id: "eu.anthropic.claude-sonnet-5-5",
              modelId: "anthropic.claude-sonnet-5-5",
              label: "Claude Sonnet 5.5",
              destinations: [
                "eu-central-1",
                "eu-north-1",
                "eu-south-1",
                "eu-south-2",
                "eu-west-1",
                "eu-west-3",
              ],
            },
          ],
          signIn: {
            kind: "oidc",
            roleArn: "arn:aws:iam::111122223333:role/eu-frankfurt-access-role",
            providerArn: "arn:aws:iam::111122223333:oidc-provider/eu-frankfurt-access-issuer",
            issuer: "https://login.example.com",
            audience: "cowork-desktop",
            maxSessionSeconds: 3600,
          },
          desktop: {
            kind: "helper-script",
            path: "/opt/cowork/bin/credential-helper",
            windowsPath: "C:\\Program Files\\Cowork\\credential-helper.exe",
            ttlSeconds: 900,
            helper: {
              helperConfigVersion: 1,
              organization: "example",
              geography: "eu",
              route: "frankfurt",
              provider: "bedrock",
              ttlSeconds: 900,
              signIn: {
                kind: "oidc",
                issuer: "https://login.example.com",
                clientId: "cowork-desktop",
                scopes: "openid offline_access",
                redirectPath: "/callback",
                deviceCode: "fallback",
                keepRefreshToken: true,
              },
              exchange: {
                kind: "token-service",
                url: "https://tokens.eu.example.com",
                present: "id_token",
                dpop: false,
              },
            },
          },
          logs: {
            logGroupName: "/cowork/example-eu-frankfurt/invocations",
            bucketName: "cowork-example-eu-frankfurt-111122223333",
            trailArn:
              "arn:aws:cloudtrail:eu-central-1:111122223333:trail/cowork-example-eu-frankfurt",
            kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/eu-frankfurt-key",
            content: false,
            retentionDays: 365,
          },
        },
      ],
      profiles: { security: "standard" },
    });
  });
});
