import { describe, expect, it } from "vitest";

import { edgeBucketPolicy } from "../../../../components/aws/token-service/edge-bucket.ts";
import { endpointStatements } from "../../../../components/aws/token-service/endpoint-policies.ts";
import { dataKeyPolicy, signingKeyPolicy } from "../../../../components/aws/token-service/keys.ts";
import { forTasksOf } from "../../../../components/aws/token-service/service.ts";
import {
  startStatements,
  taskStatements,
} from "../../../../components/aws/token-service/statements.ts";
import { storeAccess } from "../../../../components/aws/token-service/store.ts";
import { frankfurt } from "../places.ts";
import { callerArn, existingStore, planOf } from "./support.ts";

interface Read {
  readonly Sid: string;
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}
const read = (text: string): Read[] => JSON.parse(text).Statement;
const taskRole = "arn:aws:iam::111122223333:role/cowork/cowork-token-service-example-eu";
const repository = "arn:aws:ecr:eu-central-1:111122223333:repository/cowork/token-service";
const parameters =
  "arn:aws:ssm:eu-central-1:111122223333:parameter/cowork/token-service-example-eu";
const logGroup =
  "arn:aws:logs:eu-central-1:111122223333:log-group:/cowork/token-service-example-eu/service";

describe("what the service itself may do", () => {
  it("is to assume the caller roles for its own geography, and to sign in to its store", () => {
    expect(taskStatements(planOf())).toEqual([
      {
        Sid: "AssumeCallerRoles",
        Effect: "Allow",
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Resource: [callerArn],
        Condition: { StringEquals: { "aws:RequestTag/cowork:geography": "eu" } },
      },
      {
        Sid: "SignInToTheStore",
        Effect: "Allow",
        Action: "memorydb:Connect",
        Resource: [
          "arn:aws:memorydb:eu-central-1:111122223333:cluster/cowork-tokens-example-eu",
          "arn:aws:memorydb:eu-central-1:111122223333:user/cowork-tokens-example-eu-user",
        ],
      },
    ]);
  });

  it("is nothing where people's own tokens do everything", () => {
    const callers = [{ kind: "web-identity", roleArn: callerArn }] as const;
    expect(taskStatements(planOf({ callers, store: existingStore }))).toEqual([]);
  });

  it("is to sign with one key where a gateway route needs it", () => {
    const [sign, store, ...rest] = taskStatements(planOf({ callers: [], signs: true }));
    expect(sign).toEqual({
      Sid: "SignGatewayTokens",
      Effect: "Allow",
      Action: ["kms:Sign", "kms:GetPublicKey"],
      Resource: "arn:aws:kms:eu-central-1:111122223333:key/*",
      Condition: {
        "ForAnyValue:StringEquals": {
          "kms:ResourceAliases": "alias/cowork-token-service-example-eu-signing",
        },
      },
    });
    expect(store?.Sid).toBe("SignInToTheStore");
    expect(rest).toEqual([]);
  });
});

describe("what starting a task may do", () => {
  it("is to pull one repository, read what AWS chose and write one log", () => {
    expect(startStatements(planOf())).toEqual([
      {
        Sid: "SignInToTheRegistry",
        Effect: "Allow",
        Action: "ecr:GetAuthorizationToken",
        Resource: "*",
      },
      {
        Sid: "PullTheImage",
        Effect: "Allow",
        Action: [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:GetDownloadUrlForLayer",
        ],
        Resource: repository,
      },
      {
        Sid: "ReadWhatAwsChose",
        Effect: "Allow",
        Action: "ssm:GetParameters",
        Resource: [`${parameters}/store-url`],
      },
      {
        Sid: "WriteTheLog",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${logGroup}:log-stream:*`,
      },
    ]);
  });

  it("is to read one secret besides, and to decrypt it only through Secrets Manager", () => {
    const passwordKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/0a0a";
    const store = { ...existingStore, passwordKeyArn };
    expect(startStatements(planOf({ store })).slice(3)).toEqual([
      {
        Sid: "ReadTheStorePassword",
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: existingStore.passwordSecretArn,
      },
      {
        Sid: "DecryptTheStorePassword",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: passwordKeyArn,
        Condition: {
          StringEquals: { "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" },
        },
      },
    ]);
    expect(startStatements(planOf({ store: existingStore }))).toHaveLength(4);
  });

  it("is for tasks of this account and region only", () => {
    expect(forTasksOf(planOf())).toEqual({
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnLike: { "aws:SourceArn": "arn:aws:ecs:eu-central-1:111122223333:*" },
    });
  });
});

describe("endpoints", () => {
  it("exist for what is used and nothing else", () => {
    const of = (change: Parameters<typeof planOf>[0]) =>
      Object.keys(endpointStatements(planOf(change)));
    expect(of({ callers: [] })).toEqual(["ecr.api", "ecr.dkr", "s3", "logs", "ssm"]);
    expect(of({ callers: [], store: existingStore })).toEqual([
      ...["ecr.api", "ecr.dkr", "s3", "logs", "secretsmanager"],
    ]);
    expect(of({ signs: true, store: existingStore })).toEqual([
      ...["ecr.api", "ecr.dkr", "s3", "logs", "sts", "kms", "secretsmanager", "ssm"],
    ]);
  });

  it("let in one role each, for one thing each", () => {
    const all = endpointStatements(planOf({ signs: true, store: existingStore }));
    const lines = Object.entries(all).flatMap(([service, statements]) =>
      (statements ?? []).map(({ Sid, Condition }) => {
        const role = Condition?.StringEquals?.["aws:PrincipalArn"];
        return `${service} ${Sid} ${String(role).replace(/.*cowork-token-service/, "")}`;
      }),
    );
    expect(lines).toEqual([
      "ecr.api SignInToTheRegistry -example-eu-start",
      "ecr.api PullTheImage -example-eu-start",
      "ecr.dkr SignInToTheRegistry -example-eu-start",
      "ecr.dkr PullTheImage -example-eu-start",
      "s3 ReadImageLayers undefined",
      "logs WriteTheLog -example-eu-start",
      "sts AssumeCallerRoles -example-eu",
      "kms SignGatewayTokens -example-eu",
      "secretsmanager ReadTheStorePassword -example-eu-start",
      "ssm ReadWhatAwsChose -example-eu-start",
    ]);
  });

  it("reach layers in the one bucket of ECR, and the parameters of this service", () => {
    const start = "arn:aws:iam::111122223333:role/cowork/cowork-token-service-example-eu-start";
    const { s3, ssm } = endpointStatements(planOf({ signs: true }));
    expect(s3).toEqual([
      {
        Sid: "ReadImageLayers",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*",
      },
    ]);
    expect(ssm).toEqual([
      {
        Sid: "ReadWhatAwsChose",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: "ssm:GetParameters",
        Resource: [`${parameters}/store-url`, `${parameters}/signing-key-arn`],
        Condition: { StringEquals: { "aws:PrincipalArn": start } },
      },
    ]);
  });

  it("exchange tokens for exactly the roles that are listed, as nobody is signed in yet", () => {
    const callers = [{ kind: "web-identity", roleArn: callerArn }] as const;
    expect(endpointStatements(planOf({ callers })).sts).toEqual([
      {
        Sid: "ExchangeTokens",
        Effect: "Allow",
        Principal: "*",
        Action: ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
        Resource: [callerArn],
      },
    ]);
  });
});

describe("keys and bucket", () => {
  it("let only the service's role sign, and the account never", () => {
    const [account, service, ...rest] = read(signingKeyPolicy(planOf()));
    expect(account?.Action).not.toEqual(expect.arrayContaining(["kms:Sign"]));
    expect([account?.Action].flat().filter((action) => /\*/.test(String(action)))).toEqual([]);
    // Whoever could give grants could give the right to sign.
    expect(account?.Action).not.toEqual(expect.arrayContaining(["kms:CreateGrant"]));
    expect(service).toMatchObject({
      Action: "kms:Sign",
      Condition: {
        StringEquals: { "kms:SigningAlgorithm": "ECDSA_SHA_256" },
        ArnEquals: { "aws:PrincipalArn": taskRole },
      },
    });
    expect(rest).toEqual([]);
  });

  it("let the log service use the data key for the service's own groups", () => {
    const [, logs] = read(dataKeyPolicy(planOf()));
    expect(logs).toMatchObject({
      Principal: { Service: "logs.eu-central-1.amazonaws.com" },
      Condition: {
        ArnEquals: {
          "kms:EncryptionContext:aws:logs:arn": [
            logGroup,
            "arn:aws:logs:eu-central-1:111122223333:log-group:/cowork/token-service-example-eu/flow",
          ],
        },
      },
    });
  });

  it("let load balancers of this account write their logs and nothing else", () => {
    const [, , writes, ...rest] = read(edgeBucketPolicy(frankfurt, "edge"));
    expect(writes).toEqual({
      Sid: "LoadBalancerWritesItsLogs",
      Effect: "Allow",
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: [
        "arn:aws:s3:::edge/access/AWSLogs/111122223333/*",
        "arn:aws:s3:::edge/connections/AWSLogs/111122223333/*",
      ],
      Condition: {
        StringEquals: { "aws:SourceAccount": "111122223333" },
        ArnLike: {
          "aws:SourceArn": "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/*",
        },
      },
    });
    expect(rest).toEqual([]);
  });

  it("let the store's user touch the keys of its geography and no setting", () => {
    const words = storeAccess("eu").split(" ");
    expect(words.slice(0, 4)).toEqual(["on", "~{cowork:eu}:*", "resetchannels", "-@all"]);
    expect(words.filter((word) => /@(admin|dangerous)|\+@all|config|nopass/.test(word))).toEqual(
      [],
    );
    expect(words).toEqual(expect.arrayContaining(["-flushall", "-flushdb"]));
  });
});
