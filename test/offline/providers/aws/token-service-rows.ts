import type { Properties } from "../../../../offline/providers/struct.ts";

/** Rows of the table in `resource-types.test.ts`, for the types of a token service. */
export type Row = readonly [Properties, RegExp | string, Record<string, string>];

const elb = "arn:aws:elasticloadbalancing:eu-central-1:111122223333";
const balancerArn = `${elb}:loadbalancer/app/tokens/50dc6c495c0c9188`;
const listenerArn = `${elb}:listener/app/tokens/50dc6c495c0c9188/f2f7dc8efc522ab2`;
const memorydb = "arn:aws:memorydb:eu-central-1:111122223333";
const secretArn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:password-AbCdEf";

export const tokenServiceRows: Record<string, Row> = {
  "ecs/Cluster": [
    { name: "tokens" },
    "arn:aws:ecs:eu-central-1:111122223333:cluster/tokens",
    { arn: "{id}" },
  ],
  "ecs/Service": [
    { name: "tokens", cluster: "arn:aws:ecs:eu-central-1:111122223333:cluster/all" },
    "arn:aws:ecs:eu-central-1:111122223333:service/all/tokens",
    { arn: "{id}", platformVersion: "LATEST" },
  ],
  "ecs/TaskDefinition": [
    { family: "tokens", containerDefinitions: "[]" },
    "tokens",
    { arn: "arn:aws:ecs:eu-central-1:111122223333:task-definition/tokens:1" },
  ],
  "lb/Listener": [
    { loadBalancerArn: balancerArn, defaultActions: [{ type: "forward" }] },
    /^arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener\/app\/tokens\/50dc6c495c0c9188\/[0-9a-f]{16}$/,
    { arn: "{id}" },
  ],
  "lb/ListenerRule": [
    { listenerArn, actions: [{ type: "forward" }], conditions: [{}] },
    /^arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener-rule\/app\/tokens\/50dc6c495c0c9188\/f2f7dc8efc522ab2\/[0-9a-f]{16}$/,
    { arn: "{id}" },
  ],
  "lb/LoadBalancer": [
    { name: "tokens", internal: true },
    /^arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer\/app\/tokens\/[0-9a-f]{16}$/,
    { arn: "{id}", desyncMitigationMode: "defensive" },
  ],
  "lb/TargetGroup": [
    { name: "tokens" },
    /^arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup\/tokens\/[0-9a-f]{16}$/,
    { arn: "{id}", targetType: "instance" },
  ],
  "lb/TrustStore": [
    { name: "tokens", caCertificatesBundleS3Bucket: "b", caCertificatesBundleS3Key: "k" },
    /^arn:aws:elasticloadbalancing:eu-central-1:111122223333:truststore\/tokens\/[0-9a-f]{16}$/,
    { arn: "{id}" },
  ],
  "memorydb/Acl": [{ name: "tokens" }, "tokens", { arn: `${memorydb}:acl/tokens` }],
  "memorydb/Cluster": [
    { name: "tokens", aclName: "tokens", nodeType: "db.t4g.small" },
    "tokens",
    { arn: `${memorydb}:cluster/tokens` },
  ],
  "memorydb/ParameterGroup": [
    { name: "tokens", family: "memorydb_valkey7" },
    "tokens",
    { arn: `${memorydb}:parametergroup/tokens`, description: "Managed by Pulumi" },
  ],
  "memorydb/SubnetGroup": [
    { name: "tokens", subnetIds: ["subnet-1", "subnet-2"] },
    "tokens",
    { arn: `${memorydb}:subnetgroup/tokens` },
  ],
  "memorydb/User": [
    { userName: "tokens", accessString: "on ~* +@all", authenticationMode: { type: "iam" } },
    "tokens",
    { arn: `${memorydb}:user/tokens` },
  ],
  "s3/BucketObjectv2": [
    { bucket: "logs", key: "authorities/devices.pem", content: "x" },
    "logs/authorities/devices.pem",
    { arn: "arn:aws:s3:::logs/authorities/devices.pem" },
  ],
  "ssm/Parameter": [
    { name: "/tokens/store-url", type: "String", insecureValue: "x" },
    "/tokens/store-url",
    { arn: "arn:aws:ssm:eu-central-1:111122223333:parameter/tokens/store-url", tier: "Standard" },
  ],
  "secretsmanager/Secret": [
    { name: "password" },
    /^arn:aws:secretsmanager:eu-central-1:111122223333:secret:password-[A-Z2-7]{6}$/,
    { arn: "{id}" },
  ],
  "secretsmanager/SecretVersion": [
    { secretId: secretArn, secretString: "x" },
    /^arn:aws:secretsmanager:eu-central-1:111122223333:secret:password-AbCdEf\|terraform-[0-9a-f]{26}$/,
    { arn: secretArn },
  ],
};
