import { readFileSync } from "node:fs";

import { parse } from "yaml";

import { parseCompliance } from "../../residency/compliance.ts";
import { parseConfig, valuesFromPulumi } from "../../stacks/config.ts";
import { geographyStack } from "../../stacks/geography.ts";
import { type DeployOptions, deploy } from "../support/deploy.ts";
import { withoutService } from "./support/without-service.ts";

export const today = "2026-11-21";

export function fileText(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
}

/** The configuration of a shipped stack, fresh for each test to change. */
export function shippedConfig(stack: string) {
  return configOf(fileText(`stacks/Pulumi.${stack}.yaml`));
}

/** The same without its token service, for tests that change its routes. */
export function routesOnly(stack: string) {
  return configOf(withoutService(fileText(`stacks/Pulumi.${stack}.yaml`)));
}

function configOf(text: string) {
  const { config } = parse(text);
  const parsed = parseConfig(valuesFromPulumi(asPulumiHandsOver(config)));
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}

/** Values of a stack file as Pulumi gives them to a program: all of them text. */
export function asPulumiHandsOver(config: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

export function compliance(text = fileText("compliance/zones.yaml")) {
  const parsed = parseCompliance(text);
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.compliance;
}

/** Identifiers as AWS would choose them: the contract refuses anything that is no ARN. */
const arn = (prefix: string) => (name: string) => ({ arn: `arn:aws:${prefix}/${name}` });
const account = "111122223333";
const here = `eu-central-1:${account}`;
export const awsArns: NonNullable<DeployOptions["outputs"]> = {
  "aws:iam/role:Role": arn(`iam::${account}:role`),
  "aws:iam/policy:Policy": arn(`iam::${account}:policy`),
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": arn(`iam::${account}:oidc-provider`),
  "aws:rolesanywhere/trustAnchor:TrustAnchor": arn(`rolesanywhere:${here}:trust-anchor`),
  "aws:rolesanywhere/profile:Profile": arn(`rolesanywhere:${here}:profile`),
  "aws:ssoadmin/permissionSet:PermissionSet": arn("sso:::permissionSet/ssoins-0a1b2c3d4e5f6a7b"),
  "aws:kms/key:Key": arn(`kms:${here}:key`),
  "aws:bedrock/inferenceProfile:InferenceProfile": arn(
    `bedrock:${here}:application-inference-profile`,
  ),
  "aws:memorydb/cluster:Cluster": (name) => ({
    clusterEndpoints: [{ address: `${name}.memorydb.eu-central-1.amazonaws.com`, port: 6379 }],
  }),
  "aws:lb/loadBalancer:LoadBalancer": (name) => ({
    dnsName: `internal-${name}.eu-central-1.elb.amazonaws.com`,
  }),
  "aws:bedrock/guardrail:Guardrail": (name) => ({
    guardrailArn: arn(`bedrock:${here}:guardrail`)(name).arn,
  }),
};

/** What Google would answer: numbers and service identities. */
const googleOutputs: NonNullable<DeployOptions["outputs"]> = {
  "gcp:organizations/project:Project": () => ({ number: "234567890123" }),
  "gcp:memorystore/instance:Instance": () => ({
    endpoints: [
      {
        connections: [
          {
            pscAutoConnection: {
              connectionType: "CONNECTION_TYPE_PRIMARY",
              ipAddress: "10.64.0.9",
              port: 6379,
            },
          },
        ],
      },
    ],
    managedServerCas: [{ caCerts: [{ certificates: ["-----BEGIN CERTIFICATE-----\n"] }] }],
  }),
};
const googleCalls: NonNullable<DeployOptions["calls"]> = {
  "gcp:logging/getProjectCmekSettings:getProjectCmekSettings": ({ project }) => ({
    id: `projects/${project}/cmekSettings`,
    serviceAccountId: "cmek-p234567890123@gcp-sa-logging.iam.gserviceaccount.com",
  }),
};

/** What Entra would choose. */
const entraOutputs: NonNullable<DeployOptions["outputs"]> = {
  "azuread:index/applicationRegistration:ApplicationRegistration": () => ({
    clientId: "0f1e2d3c-4b5a-4968-8776-655443322110",
  }),
  "azuread:index/servicePrincipal:ServicePrincipal": () => ({
    objectId: "7d312290-0000-4000-8000-000000000002",
  }),
};

/** What Azure would choose. */
const azureOutputs: NonNullable<DeployOptions["outputs"]> = {
  "azure-native:managedidentity:UserAssignedIdentity": (name) => ({
    principalId: `${name}-object-id`,
  }),
  "azure-native:redisenterprise:RedisEnterprise": () => ({
    hostName: "cowork-tokens.eastus2.redis.azure.net",
  }),
  "azure-native:app:ManagedEnvironment": () => ({ staticIp: "10.46.0.62" }),
};

/** All clouds' answers, for a whole stack. */
export const cloudAnswers: DeployOptions = {
  outputs: { ...awsArns, ...googleOutputs, ...entraOutputs, ...azureOutputs },
  calls: googleCalls,
};

export function deployShipped(stack: string) {
  const config = shippedConfig(stack);
  return deploy(
    () => geographyStack(config, { compliance: compliance(), stack, today }),
    cloudAnswers,
  );
}
