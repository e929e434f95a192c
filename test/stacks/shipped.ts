import { readFileSync } from "node:fs";

import { parse } from "yaml";

import { parseCompliance } from "../../residency/compliance.ts";
import { parseConfig, valuesFromPulumi } from "../../stacks/config.ts";
import { geographyStack } from "../../stacks/geography.ts";
import { type DeployOptions, deploy } from "../support/deploy.ts";

export const today = "2026-11-21";

export function fileText(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
}

/** The configuration of a shipped stack, fresh for each test to change. */
export function shippedConfig(stack: string) {
  const { config } = parse(fileText(`stacks/Pulumi.${stack}.yaml`));
  const parsed = parseConfig(valuesFromPulumi(asPulumiHandsOver(config)));
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}

function asPulumiHandsOver(config: Record<string, unknown>): Record<string, string> {
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
const arn = (service: string) => (name: string) => ({ arn: `arn:aws:${service}:${name}` });
export const awsArns: NonNullable<DeployOptions["outputs"]> = {
  "aws:iam/role:Role": arn("iam::111122223333:role"),
  "aws:iam/policy:Policy": arn("iam::111122223333:policy"),
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": arn("iam::111122223333:oidc-provider"),
  "aws:rolesanywhere/trustAnchor:TrustAnchor": arn("rolesanywhere"),
  "aws:rolesanywhere/profile:Profile": arn("rolesanywhere"),
  "aws:ssoadmin/permissionSet:PermissionSet": arn("sso:::permissionSet"),
  "aws:kms/key:Key": arn("kms:key"),
  "aws:bedrock/inferenceProfile:InferenceProfile": arn("bedrock:application-inference-profile"),
  "aws:bedrock/guardrail:Guardrail": (name) => ({ guardrailArn: `arn:aws:bedrock:${name}` }),
};

export function deployShipped(stack: string) {
  const config = shippedConfig(stack);
  return deploy(() => geographyStack(config, { compliance: compliance(), stack, today }), {
    outputs: awsArns,
  });
}
