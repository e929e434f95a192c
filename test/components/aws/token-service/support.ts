import type { AwsTokenServiceArgs } from "../../../../components/aws/token-service/args.ts";
import { planService, type ServicePlan } from "../../../../components/aws/token-service/plan.ts";
import type { DeployOptions, Registered } from "../../../support/deploy.ts";
import { eu } from "../places.ts";

export const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
export const image = `111122223333.dkr.ecr.eu-central-1.amazonaws.com/cowork/token-service@${digest}`;
export const certificateArn =
  "arn:aws:acm:eu-central-1:111122223333:certificate/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f";
export const callerArn = "arn:aws:iam::111122223333:role/cowork/cowork-example-eu-frankfurt";
/** Not a real one: no test of the kit needs to open it. */
export const authority = "-----BEGIN CERTIFICATE-----\nQUFBQQ==\n-----END CERTIFICATE-----\n";

/** A service with everything plain left at its default; what tests change stands in `change`. */
export function serviceArgs(change: Partial<AwsTokenServiceArgs> = {}): AwsTokenServiceArgs {
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
    serviceConfig: (created) => JSON.stringify({ configVersion: 1, created }),
    retentionDays: 365,
    accountId: "111122223333",
    region: "eu-central-1",
    network: { kind: "create", cidr: "10.60.0.0/24" },
    certificateArn,
    callers: [{ kind: "assume-role", roleArn: callerArn }],
    ...change,
  };
}

export function planOf(change: Partial<AwsTokenServiceArgs> = {}): ServicePlan {
  return planService(serviceArgs(change));
}

export const existingNetwork = {
  kind: "existing",
  vpcId: "vpc-0a1b2c3d",
  subnetIds: ["subnet-0a1b2c3d", "subnet-1a1b2c3d"],
  subnetCidrs: ["10.61.0.0/26", "10.61.0.64/26"],
  routeTableId: "rtb-0a1b2c3d",
} as const;

export const existingStore = {
  kind: "existing",
  url: "rediss://store.example.com:6380",
  cidrs: ["10.70.0.0/28"],
  passwordSecretArn: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:store-AbCdEf",
} as const;

/** The service's configuration as ECS would hand it to the container. */
export function configOf(resources: readonly Registered[]): Record<string, unknown> {
  const tasks = resources.filter(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition");
  const [container] = JSON.parse(String(tasks[0]?.inputs.containerDefinitions));
  const variable = "COWORK_TOKEN_SERVICE_CONFIG";
  return JSON.parse(
    container.environment.find(({ name }: { name: string }) => name === variable).value,
  );
}

/** What the cloud answers with that the program reads back. */
export const answers: DeployOptions = {
  outputs: {
    "aws:memorydb/cluster:Cluster": (name) => ({
      clusterEndpoints: [{ address: `clustercfg.${name}.memorydb.example`, port: 6379 }],
    }),
    "aws:lb/loadBalancer:LoadBalancer": (name) => ({
      dnsName: `internal-${name}.eu-central-1.elb.amazonaws.com`,
    }),
    "aws:ec2/vpcEndpoint:VpcEndpoint": () => ({ prefixListId: "pl-0a1b2c3d" }),
    "aws:s3/bucketObjectv2:BucketObjectv2": () => ({ versionId: "v1" }),
  },
};
