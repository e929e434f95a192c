import { describe, expect, it } from "vitest";

import type { AwsTokenServiceArgs } from "../../../../components/aws/token-service/args.ts";
import { TokenService } from "../../../../components/aws/token-service/token-service.ts";
import { deploy, refusal, resolved } from "../../../support/deploy.ts";
import { inventoryOf, notIn, only } from "../../../support/inventory.ts";
import { answers, authority, certificateArn, image, serviceArgs } from "./support.ts";

const run = (change: Partial<AwsTokenServiceArgs> = {}) =>
  deploy(() => new TokenService("tokens", serviceArgs(change)), answers);

const containerOf = (resources: Awaited<ReturnType<typeof run>>["resources"]) =>
  JSON.parse(
    String(only(resources, "aws:ecs/taskDefinition:TaskDefinition").containerDefinitions),
  )[0];

describe("TokenService at AWS", () => {
  it("creates this and nothing else, all of it in its region", async () => {
    const { resources } = await run();
    expect(inventoryOf(resources).counts).toEqual({
      "aws:cloudwatch/logGroup:LogGroup": 2,
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": 1,
      "aws:ec2/flowLog:FlowLog": 1,
      "aws:ec2/routeTable:RouteTable": 1,
      "aws:ec2/routeTableAssociation:RouteTableAssociation": 2,
      "aws:ec2/securityGroup:SecurityGroup": 4,
      "aws:ec2/subnet:Subnet": 2,
      "aws:ec2/vpc:Vpc": 1,
      "aws:ec2/vpcEndpoint:VpcEndpoint": 6,
      "aws:ecs/cluster:Cluster": 1,
      "aws:ecs/service:Service": 1,
      "aws:ecs/taskDefinition:TaskDefinition": 1,
      "aws:iam/role:Role": 3,
      "aws:iam/rolePolicy:RolePolicy": 3,
      "aws:kms/alias:Alias": 1,
      "aws:kms/key:Key": 1,
      "aws:lb/listener:Listener": 1,
      "aws:lb/listenerRule:ListenerRule": 1,
      "aws:lb/loadBalancer:LoadBalancer": 1,
      "aws:lb/targetGroup:TargetGroup": 1,
      "aws:memorydb/acl:Acl": 1,
      "aws:memorydb/cluster:Cluster": 1,
      "aws:memorydb/parameterGroup:ParameterGroup": 1,
      "aws:memorydb/subnetGroup:SubnetGroup": 1,
      "aws:memorydb/user:User": 1,
      "aws:s3/bucket:Bucket": 1,
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": 1,
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls": 1,
      "aws:s3/bucketPolicy:BucketPolicy": 1,
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 1,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": 1,
      "aws:s3/bucketVersioning:BucketVersioning": 1,
      "aws:ssm/parameter:Parameter": 1,
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": 5,
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": 4,
      "cowork:aws:PrivateVpc": 1,
      "cowork:aws:TokenService": 1,
    });
    expect(notIn("eu-central-1", resources)).toEqual([]);
  });

  it("runs two replicas without a public address and rolls a bad deployment back", async () => {
    const { resources } = await run();
    expect(only(resources, "aws:ecs/service:Service")).toMatchObject({
      launchType: "FARGATE",
      desiredCount: 2,
      deploymentMinimumHealthyPercent: 100,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      enableExecuteCommand: false,
      waitForSteadyState: true,
      networkConfiguration: {
        assignPublicIp: false,
        subnets: ["tokens-1-id", "tokens-2-id"],
        securityGroups: ["tokens-tasks-id"],
      },
    });
  });

  it("runs the image as nobody, on a file system it cannot write to, with its log in the region", async () => {
    const { resources } = await run();
    expect(containerOf(resources)).toEqual({
      name: "token-service",
      image,
      essential: true,
      user: "65532:65532",
      privileged: false,
      readonlyRootFilesystem: true,
      linuxParameters: { capabilities: { drop: ["ALL"] }, initProcessEnabled: true },
      portMappings: [{ containerPort: 8443, hostPort: 8443, protocol: "tcp" }],
      environment: [
        { name: "AWS_REGION", value: "eu-central-1" },
        { name: "COWORK_STORE_AUTH", value: "aws-memorydb-iam" },
        { name: "COWORK_STORE_CLUSTER", value: "cowork-tokens-example-eu" },
        { name: "COWORK_STORE_USER", value: "cowork-tokens-example-eu-user" },
        {
          name: "COWORK_TOKEN_SERVICE_CONFIG",
          value:
            '{"configVersion":1,"created":{"storeUrl":{"fromEnvironment":"COWORK_STORE_URL","like":"rediss://*.cowork-tokens-example-eu.*.memorydb.eu-central-1.amazonaws.com:6379"}}}',
        },
      ],
      secrets: [
        {
          name: "COWORK_STORE_URL",
          valueFrom:
            "arn:aws:ssm:eu-central-1:111122223333:parameter/cowork/token-service-example-eu/store-url",
        },
      ],
      stopTimeout: 30,
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": "/cowork/token-service-example-eu/service",
          "awslogs-region": "eu-central-1",
          "awslogs-stream-prefix": "token-service",
          mode: "blocking",
        },
      },
    });
  });

  it("is told the store's address by a parameter that takes no other cluster's", async () => {
    const { resources } = await run();
    const { insecureValue, allowedPattern, ...rest } = only(
      resources,
      "aws:ssm/parameter:Parameter",
    );
    expect(rest).toEqual({
      region: "eu-central-1",
      name: "/cowork/token-service-example-eu/store-url",
      description: "What AWS chose for the cowork token service; written by its stack alone.",
      type: "String",
      tier: "Standard",
    });
    expect(insecureValue).toBe("rediss://clustercfg.tokens-store.memorydb.example:6379");
    expect(allowedPattern).toBe(
      "^rediss://[A-Za-z0-9-]+\\.cowork-tokens-example-eu\\.[A-Za-z0-9-]+\\.memorydb\\.eu-central-1\\.amazonaws\\.com:6379$",
    );
  });

  it("names a container no value of AWS is needed for, and goes over to a store that moved", async () => {
    const otherStore: typeof answers = {
      outputs: {
        ...answers.outputs,
        "aws:memorydb/cluster:Cluster": () => ({
          clusterEndpoints: [{ address: "moved.memorydb.example", port: 6379 }],
        }),
      },
    };
    const first = await run();
    const moved = await deploy(() => new TokenService("tokens", serviceArgs()), otherStore);
    const changed = await run({
      serviceConfig: (created) => JSON.stringify({ configVersion: 1, more: true, created }),
    });
    expect(containerOf(moved.resources)).toEqual(containerOf(first.resources));
    expect(containerOf(changed.resources)).not.toEqual(containerOf(first.resources));
    // Under an unchanged task definition only this makes running tasks read what moved.
    const triggersOf = (made: typeof first) =>
      only(made.resources, "aws:ecs/service:Service").triggers;
    expect(triggersOf(first)).toEqual({
      "store-url": "rediss://clustercfg.tokens-store.memorydb.example:6379",
    });
    expect(triggersOf(moved)).toEqual({ "store-url": "rediss://moved.memorydb.example:6379" });
    expect(only(first.resources, "aws:ecs/service:Service").forceNewDeployment).toBe(true);
  });

  it("listens inside only, with TLS 1.3, and takes no certificate header from anybody", async () => {
    const { resources } = await run();
    expect(only(resources, "aws:lb/loadBalancer:LoadBalancer")).toMatchObject({
      internal: true,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "strictest",
      enableDeletionProtection: true,
      accessLogs: { bucket: "cowork-token-service-example-eu-111122223333", enabled: true },
      connectionLogs: { bucket: "cowork-token-service-example-eu-111122223333", enabled: true },
    });
    const listener = only(resources, "aws:lb/listener:Listener");
    expect(listener).toMatchObject({
      port: 443,
      protocol: "HTTPS",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
      certificateArn,
    });
    expect(listener.mutualAuthentication).toBeUndefined();
    expect(only(resources, "aws:lb/listenerRule:ListenerRule")).toMatchObject({
      priority: 1,
      conditions: [
        { httpHeader: { httpHeaderName: "X-Amzn-Mtls-Clientcert-Leaf", values: ["*"] } },
      ],
      actions: [{ type: "fixed-response", fixedResponse: { statusCode: "400" } }],
    });
  });

  it("lets nothing in or out but what is named", async () => {
    const { resources } = await run({ deviceAuthorities: authority });
    const rules = resources.filter(({ type }) => type.startsWith("aws:vpc/securityGroup"));
    const line = ({ inputs: i }: (typeof rules)[number]) =>
      `${i.securityGroupId} ${i.fromPort} ${i.cidrIpv4 ?? i.referencedSecurityGroupId ?? i.prefixListId}`;
    const of = (part: string) => rules.filter(({ type }) => type.includes(part)).map(line);
    expect(of("IngressRule").toSorted()).toEqual([
      "tokens-endpoints-id 443 tokens-tasks-id",
      "tokens-load-balancer-id 443 10.0.0.0/16",
      "tokens-load-balancer-id 8443 10.0.0.0/16",
      "tokens-store-id 6379 tokens-tasks-id",
      "tokens-tasks-id 8443 tokens-load-balancer-id",
    ]);
    expect(of("EgressRule").toSorted()).toEqual([
      "tokens-load-balancer-id 8443 tokens-tasks-id",
      "tokens-tasks-id 443 192.0.2.0/24",
      "tokens-tasks-id 443 pl-0a1b2c3d",
      "tokens-tasks-id 443 tokens-endpoints-id",
      "tokens-tasks-id 6379 tokens-store-id",
    ]);
    const groups = resources.filter(({ type }) => type === "aws:ec2/securityGroup:SecurityGroup");
    expect(groups.map(({ inputs }) => [inputs.ingress, inputs.egress])).toEqual(
      groups.map(() => [undefined, undefined]),
    );
    expect(JSON.stringify(resources)).not.toContain("0.0.0.0/0");
  });

  it("keeps replay and revocation in a durable store of two nodes, and no password anywhere", async () => {
    const { resources } = await run();
    expect(only(resources, "aws:memorydb/cluster:Cluster")).toMatchObject({
      engine: "valkey",
      numShards: 1,
      numReplicasPerShard: 1,
      tlsEnabled: true,
      kmsKeyArn: "arn:test:aws:kms/key:Key:tokens",
      aclName: "cowork-tokens-example-eu",
      parameterGroupName: "cowork-tokens-example-eu",
      securityGroupIds: ["tokens-store-id"],
    });
    expect(only(resources, "aws:memorydb/parameterGroup:ParameterGroup")).toMatchObject({
      name: "cowork-tokens-example-eu",
      family: "memorydb_valkey7",
      parameters: [{ name: "maxmemory-policy", value: "noeviction" }],
    });
    expect(only(resources, "aws:memorydb/user:User")).toMatchObject({
      authenticationMode: { type: "iam" },
    });
    expect(JSON.stringify(resources)).not.toMatch(/password/i);
  });

  it("answers with what laptops, auditors and the caller roles need", async () => {
    const { result } = await run();
    expect(await resolved(result.target)).toBe("internal-tokens.eu-central-1.elb.amazonaws.com");
    expect(await resolved(result.logs)).toBe("/cowork/token-service-example-eu/service");
    expect(result.taskRoleArn).toBe(
      "arn:aws:iam::111122223333:role/cowork/cowork-token-service-example-eu",
    );
    expect(result.deviceOrigin).toBeUndefined();
    expect(result.remainingSteps).toEqual([
      "Have the company's DNS answer tokens.eu.example.com with an alias of the load balancer's name.",
      "Connect the VPC 10.60.0.0/24 in eu-central-1 with the company's network, and enter the ways to 10.0.0.0/16 and 192.0.2.0/24 into its route table.",
    ]);
  });

  it("names every bad argument in one error", async () => {
    const change = {
      region: "eu-west-2",
      accountId: "1",
      image: "example/token-service:latest",
      replicas: 1,
      retentionDays: 42,
      clientCidrs: [],
    };
    expect(await refusal(run(change))).toBe(
      [
        "tokens: invalid arguments",
        '  accountId: "1" is not a 12-digit account id',
        "  region: outside: eu-west-2 is in GB, outside zone eu",
        "  retentionDays: 42 days; CloudWatch Logs keeps one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
        '  image: "example/token-service:latest" is not pinned by digest; write 1.dkr.ecr.eu-west-2.amazonaws.com/<repository>@sha256:<digest>',
        "  replicas: 1; need a whole number from 2, one a zone, to 50",
        `  certificateArn: "${certificateArn}" is no certificate of 1 in eu-west-2; write arn:aws:acm:eu-west-2:1:certificate/<id>`,
        "  clientCidrs: empty; name the blocks laptops come from, or nobody gets in",
      ].join("\n"),
    );
  });
});
