import { arnAt } from "../place.ts";
import type { Statement } from "../policy-text.ts";
import { listed } from "./chosen-values.ts";
import { repositoryArn } from "./image.ts";
import { assumedRoles, type ServicePlan } from "./plan.ts";

/** All the service itself may do. Empty when every credential is made with the person's own token. */
export function taskStatements(plan: ServicePlan): Statement[] {
  const { place, geography, names, store, signs } = plan;
  const roles = assumedRoles(plan);
  const statements: Statement[] = [];
  if (roles.length > 0) {
    statements.push({
      Sid: "AssumeCallerRoles",
      Effect: "Allow",
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Resource: roles,
      // A session of another geography cannot be asked for, even by mistake.
      Condition: { StringEquals: { "aws:RequestTag/cowork:geography": geography } },
    });
  }
  if (signs) statements.push(signStatement(plan));
  if (store.kind === "create") {
    statements.push({
      Sid: "SignInToTheStore",
      Effect: "Allow",
      Action: "memorydb:Connect",
      Resource: [
        arnAt(place, "memorydb", `cluster/${names.shortName}`),
        arnAt(place, "memorydb", `user/${names.storeUser}`),
      ],
    });
  }
  return statements;
}

/** The key's own id is not known before it exists, so its alias names it. */
export function signStatement({ place, names }: ServicePlan): Statement {
  return {
    Sid: "SignGatewayTokens",
    Effect: "Allow",
    Action: ["kms:Sign", "kms:GetPublicKey"],
    Resource: arnAt(place, "kms", "key/*"),
    Condition: {
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": names.signingKeyAlias },
    },
  };
}

/**
 * All ECS may do to start a task: pull one repository, read what AWS chose, write one log group, read one secret.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html (looked up 2026-11-21)
 */
export function startStatements(plan: ServicePlan): Statement[] {
  return [
    ...pullStatements(plan),
    ...readChosen(plan),
    writeLog(plan),
    ...(plan.store.kind === "existing" ? readPassword(plan, plan.store) : []),
  ];
}

export function pullStatements({ place, image }: ServicePlan): Statement[] {
  // The checks refuse such an image before anything is made of the plan.
  if (image === undefined) return [];
  return [
    {
      Sid: "SignInToTheRegistry",
      Effect: "Allow",
      Action: "ecr:GetAuthorizationToken",
      // The action names no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
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
      Resource: repositoryArn(place.zone.awsPartition, image),
    },
  ];
}

/**
 * The parameters that hold what AWS chose, each by its name.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html (looked up 2026-11-21)
 */
export function readChosen({ chosen }: ServicePlan): Statement[] {
  const parameters = listed(chosen).map(({ parameterArn }) => parameterArn);
  if (parameters.length === 0) return [];
  return [
    { Sid: "ReadWhatAwsChose", Effect: "Allow", Action: "ssm:GetParameters", Resource: parameters },
  ];
}

export function writeLog({ names }: ServicePlan): Statement {
  return {
    Sid: "WriteTheLog",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: `${names.logGroupArn}:log-stream:*`,
  };
}

export function readSecret(secretArn: string): Statement {
  return {
    Sid: "ReadTheStorePassword",
    Effect: "Allow",
    Action: "secretsmanager:GetSecretValue",
    Resource: secretArn,
  };
}

function readPassword(
  { place }: ServicePlan,
  store: { readonly passwordSecretArn: string; readonly passwordKeyArn?: string | undefined },
): Statement[] {
  const read = [readSecret(store.passwordSecretArn)];
  if (store.passwordKeyArn === undefined) return read;
  return [
    ...read,
    {
      Sid: "DecryptTheStorePassword",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: store.passwordKeyArn,
      Condition: {
        StringEquals: { "kms:ViaService": `secretsmanager.${place.region}.amazonaws.com` },
      },
    },
  ];
}
