import { describe, expect, it } from "vitest";

import type { AzureTokenServiceArgs } from "../../../../components/azure/token-service/args.ts";
import { checkTokenService } from "../../../../components/azure/token-service/checks.ts";
import { TokenService } from "../../../../components/azure/token-service/token-service.ts";
import { deploy, refusal } from "../../../support/deploy.ts";
import {
  authority,
  eu,
  existingNetwork,
  existingStore,
  image,
  serviceArgs,
  tested,
  workspaceId,
} from "./support.ts";

const said = (change: Partial<AzureTokenServiceArgs>) =>
  checkTokenService(serviceArgs(change)).map(({ path, reason }) => `${path}: ${reason}`);
const configOf = (value: unknown) => () => JSON.stringify(value);
const secret = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v/secrets";

describe("arguments of a token service at Azure", () => {
  it.each<[string, Partial<AzureTokenServiceArgs>]>([
    ["as they are", {}],
    ["with signatures", { signs: true }],
    ["with a store of the company's own", { store: existingStore, signs: true }],
    ["in subnets of the company's own", { network: existingNetwork }],
    [
      "with tested device certificates",
      { deviceAuthorities: authority, certificateHeaderTested: tested },
    ],
    [
      "without issuers, where devices are let in",
      {
        egressCidrs: [],
        deviceAuthorities: authority,
        certificateHeaderTested: tested,
      },
    ],
    ["in Europe", { zone: eu, region: "swedencentral" }],
    ["with a larger store", { store: { kind: "create", sku: "MemoryOptimized_M10" } }],
  ])("are taken %s", (_, change) => {
    expect(said(change)).toEqual([]);
  });

  it.each<[string, Partial<AzureTokenServiceArgs>, readonly string[]]>([
    [
      "a region outside",
      { region: "westeurope" },
      ["region: outside: westeurope is in NL, outside zone us"],
    ],
    [
      "a region nobody knows",
      { region: "atlantis" },
      ['region: undecidable: no dated source says where the Azure region "atlantis" is'],
    ],
    [
      "no place",
      { region: "global" },
      ["region: outside: global promises no place, so it is outside every zone"],
    ],
    [
      "a subscription that is none",
      { subscriptionId: "main" },
      ['subscriptionId: "main" is no GUID'],
    ],
    ["a tenant by its name", { tenantId: "example.com" }, ['tenantId: "example.com" is no GUID']],
    [
      "an application by its name",
      { callerApplicationObjectId: "caller" },
      ['callerApplicationObjectId: "caller" is no GUID'],
    ],
    [
      "a label that is too long",
      { organization: "example-corporation-of-long-names" },
      [
        'label: "token-service-example-corporation-of-long-names-us" has 50 characters; at most 44 fit: shorten the organization or geography',
      ],
    ],
    [
      "a label with capitals",
      { organization: "Example" },
      [
        'label: "token-service-Example-us" may hold lower-case letters, digits and single hyphens between them',
      ],
    ],
    [
      "days the workspace does not keep",
      { retentionDays: 90 },
      [
        "retentionDays: 90 days, but the workspace of the route keeps 365; write the same in both places",
      ],
    ],
    [
      "days no workspace keeps",
      { retentionDays: 7, workspace: { id: workspaceId, retentionDays: 7 } },
      ["retentionDays: 7 days; need a whole number from 30 to 730"],
    ],
    [
      "a workspace by its name",
      { workspace: { id: "logs", retentionDays: 365 } },
      ['workspace.id: "logs" is no resource id of a Log Analytics workspace'],
    ],
    [
      "a host with capitals",
      { host: "Tokens.example.com" },
      ['host: "Tokens.example.com" is no host name in lower case'],
    ],
    [
      "a tag",
      { image: "exampleimages.azurecr.io/cowork/token-service:1" },
      [
        'image: "exampleimages.azurecr.io/cowork/token-service:1" is not pinned by digest; write exampleimages.azurecr.io/<repository>@sha256:<digest>',
      ],
    ],
    [
      "an image of another registry",
      { image: image.replace("exampleimages", "others") },
      [
        `image: "${image.replace("exampleimages", "others")}" is not in exampleimages.azurecr.io; copy it there and write exampleimages.azurecr.io/<repository>@sha256:<digest>`,
      ],
    ],
    [
      "a registry by its host",
      { registryId: "exampleimages.azurecr.io" },
      [
        'registryId: "exampleimages.azurecr.io" is no resource id of a registry: /subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/r',
      ],
    ],
    ["one replica", { replicas: 1 }, ["replicas: 1; need a whole number from 2 to 100"]],
    [
      "fewer replicas at most than at least",
      { replicas: 4, maxReplicas: 3 },
      ["maxReplicas: 3; need a whole number from 4, which always run, to 200"],
    ],
    [
      "a certificate with a version",
      { certificateId: `${secret}/tokens/0a0a` },
      [
        `certificateId: "${secret}/tokens/0a0a" is no resource id of a vault's secret; write ${secret}/<the certificate's name>, without a version`,
      ],
    ],
    [
      "nobody let in",
      { clientCidrs: [] },
      [
        "clientCidrs: empty; name the blocks laptops come from, or everybody of the network gets in",
      ],
    ],
    [
      "everybody let in",
      { clientCidrs: ["0.0.0.0/0"] },
      [
        'clientCidrs: "0.0.0.0/0" is wider than /8; name the blocks that are meant',
        'network.cidr: "10.60.0.0/24" overlaps "0.0.0.0/0", where laptops are; answers would not find back',
      ],
    ],
    [
      "no way to any issuer",
      { egressCidrs: [] },
      [
        "egressCidrs: empty; the keys of no issuer could be fetched, and every token would be refused",
      ],
    ],
    [
      "blocks within blocks",
      { egressCidrs: ["198.51.100.0/24", "198.51.100.128/25", "x"] },
      [
        'egressCidrs: "198.51.100.128/25" overlaps "198.51.100.0/24"; keep the wider one',
        'egressCidrs: "x" is not an IPv4 block such as 10.40.0.0/16',
      ],
    ],
    [
      "a configuration that is none",
      { serviceConfig: () => "{" },
      ["serviceConfig: gives no JSON object"],
    ],
    [
      "a configuration that is a list",
      { serviceConfig: configOf([]) },
      ["serviceConfig: gives no JSON object"],
    ],
    [
      "a port of the system's and an endless shutdown",
      { serviceConfig: configOf({ listen: { port: 443 }, limits: { shutdownGraceSeconds: 900 } }) },
      [
        "serviceConfig: listen.port is 443; a container that may not be root listens on 1024 to 65535",
        "serviceConfig: limits.shutdownGraceSeconds is 900; need 1 to 590, because a replica is killed after 600",
      ],
    ],
  ])("are refused with %s", (_, change, says) => {
    expect(said(change)).toEqual(says);
  });

  it("listen where the service itself does unless its configuration says so", () => {
    expect(said({ serviceConfig: configOf({}) })).toEqual([]);
  });

  it("are refused all at once, before anything is asked of Azure", async () => {
    const change = { region: "westeurope", replicas: 1 };
    const refused = deploy(() => new TokenService("tokens", serviceArgs(change)));
    expect(await refusal(refused)).toBe(
      [
        "tokens: invalid arguments",
        "  region: outside: westeurope is in NL, outside zone us",
        "  replicas: 1; need a whole number from 2 to 100",
      ].join("\n"),
    );
  });
});
