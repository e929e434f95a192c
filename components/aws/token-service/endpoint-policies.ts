import type { Statement } from "../policy-text.ts";
import type { ServiceEndpoint } from "./args.ts";
import { assumedRoles, exchangedRoles, type ServicePlan } from "./plan.ts";
import { pullStatements, readChosen, readSecret, signStatement, writeLog } from "./statements.ts";

/**
 * What the service needs of each endpoint. Where an endpoint exists already, its owner adds these statements
 * to the policy it has.
 *
 * The principal is `{"AWS": "*"}` because an endpoint policy reads an account as its root user only; the
 * condition names the one role.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function endpointStatements(
  plan: ServicePlan,
): Readonly<Partial<Record<ServiceEndpoint, readonly Statement[]>>> {
  const starting = (statements: readonly Statement[]) => by(plan.startRoleArn, statements);
  const all: Readonly<Record<ServiceEndpoint, readonly Statement[]>> = {
    "ecr.api": starting(pullStatements(plan)),
    "ecr.dkr": starting(pullStatements(plan)),
    s3: [readLayers(plan)],
    logs: starting([writeLog(plan)]),
    sts: stsStatements(plan),
    kms: by(plan.taskRoleArn, [signStatement(plan)]),
    secretsmanager:
      plan.store.kind === "existing" ? starting([readSecret(plan.store.passwordSecretArn)]) : [],
    ssm: starting(readChosen(plan)),
  };
  return Object.fromEntries(plan.endpoints.map((service) => [service, all[service]]));
}

/**
 * A token exchange carries no AWS principal, so no condition on one could hold: the exact roles are the pin.
 */
function stsStatements(plan: ServicePlan): Statement[] {
  const assumed = assumedRoles(plan);
  const exchanged = exchangedRoles(plan);
  return [
    ...(assumed.length === 0
      ? []
      : by(plan.taskRoleArn, [
          {
            Sid: "AssumeCallerRoles",
            Effect: "Allow",
            Action: ["sts:AssumeRole", "sts:TagSession"],
            Resource: assumed,
          },
        ])),
    ...(exchanged.length === 0
      ? []
      : [
          {
            Sid: "ExchangeTokens",
            Effect: "Allow",
            Principal: "*",
            Action: ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
            Resource: exchanged,
          } satisfies Statement,
        ]),
  ];
}

/**
 * Layers are fetched by addresses that ECR signed itself, so the principal is ECR's; the bucket is the pin.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html (looked up 2026-11-21)
 */
function readLayers({ place }: ServicePlan): Statement {
  return {
    Sid: "ReadImageLayers",
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: `arn:${place.zone.awsPartition}:s3:::prod-${place.region}-starport-layer-bucket/*`,
  };
}

function by(roleArn: string, statements: readonly Statement[]): Statement[] {
  return statements.map(({ Sid, Effect, Action, Resource, Condition }) => ({
    Sid,
    Effect,
    Principal: { AWS: "*" },
    Action,
    ...(Resource === undefined ? {} : { Resource }),
    Condition: {
      ...Condition,
      StringEquals: { ...Condition?.StringEquals, "aws:PrincipalArn": roleArn },
    },
  }));
}
