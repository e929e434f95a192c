import { BedrockNetwork } from "../../../components/aws/bedrock-network.ts";
import type { BedrockNetworkArgs } from "../../../components/aws/network-args.ts";
import { deploy } from "../../support/deploy.ts";
import { frankfurt, kmsKeyArn, label } from "./places.ts";

/** A policy that can be told from the others. */
export const policy = (service: string) => `{"policy":"${service}"}`;
export const endpointPolicies = {
  "bedrock-runtime": policy("bedrock-runtime"),
  sts: policy("sts"),
  logs: policy("logs"),
  kms: policy("kms"),
};
/** A network that is right; tests change one thing. */
export const args: BedrockNetworkArgs = {
  place: frankfurt,
  label,
  source: { kind: "create", cidr: "10.40.0.0/16" },
  clientCidrs: ["10.8.0.0/16"],
  reach: { kind: "routed" },
  endpointPolicies,
  kmsKeyArn,
  flowLogRetentionDays: 365,
};
/** Deploys `args` with changes, under the name `fra`. */
export const build = (changes: Partial<BedrockNetworkArgs> = {}) =>
  deploy(() => new BedrockNetwork("fra", { ...args, ...changes }));
