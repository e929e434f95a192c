import { listed } from "./chosen-values.ts";
import type { ServicePlan } from "./plan.ts";

export const containerName = "token-service";

/** Variable the service reads its whole configuration from. */
const configVariable = "COWORK_TOKEN_SERVICE_CONFIG";

/**
 * Bytes of a container definition. AWS takes 65,536 for the whole task definition, which says little beside its one
 * container.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html (64 KiB)
 * @see https://github.com/awsdocs/amazon-ecs-developer-guide/pull/149 (the error of AWS; both looked up 2026-11-21)
 */
export const largestContainerBytes = 62_000;

/** Seconds between the stop signal and the kill: the service's own grace, and a little. AWS takes 120 at most. */
export function stopTimeoutSeconds(shutdownGraceSeconds: number): number {
  return shutdownGraceSeconds + 10;
}

export interface ContainerArgs {
  readonly image: string;
  /** The service's whole configuration, JSON text. It holds no secret. */
  readonly config: string;
  readonly port: number;
  readonly shutdownGraceSeconds: number;
}

/**
 * The one container of a task, as JSON text: same arguments, same bytes. All of it is known in any preview.
 *
 * What AWS chooses comes in by `secrets`, one variable by its name each. An environment file would bring in whatever
 * stands in it, `NODE_OPTIONS` included, which runs code.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html (looked up 2026-11-21)
 */
export function containerDefinitions(plan: ServicePlan, args: ContainerArgs): string {
  const { place, names } = plan;
  const store = storeSignIn(plan);
  const environment = {
    [configVariable]: args.config,
    // ECS sets it too; signing in to the store must not rest on that.
    AWS_REGION: place.region,
    ...store.environment,
  };
  const secrets = [
    ...listed(plan.chosen).map(({ fromEnvironment, parameterArn }) => ({
      name: fromEnvironment,
      valueFrom: parameterArn,
    })),
    ...(store.passwordSecretArn === undefined
      ? []
      : [{ name: "COWORK_STORE_PASSWORD", valueFrom: store.passwordSecretArn }]),
  ];
  return JSON.stringify([
    {
      name: containerName,
      image: args.image,
      essential: true,
      // By number: a name would be looked up in the image's own list of users.
      user: "65532:65532",
      privileged: false,
      readonlyRootFilesystem: true,
      linuxParameters: { capabilities: { drop: ["ALL"] }, initProcessEnabled: true },
      portMappings: [{ containerPort: args.port, hostPort: args.port, protocol: "tcp" }],
      environment: Object.entries(environment)
        .map(([name, value]) => ({ name, value }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      ...(secrets.length === 0 ? {} : { secrets }),
      stopTimeout: stopTimeoutSeconds(args.shutdownGraceSeconds),
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": names.logGroupName,
          "awslogs-region": place.region,
          "awslogs-stream-prefix": containerName,
          // An audit event must not be lost because the log is slow.
          mode: "blocking",
        },
      },
    },
  ]);
}

/** How the service signs in at its store. No secret. */
function storeSignIn({ store, names }: ServicePlan): {
  readonly environment: Readonly<Record<string, string>>;
  /** Secret that ECS puts into `COWORK_STORE_PASSWORD`; absent where IAM signs in. */
  readonly passwordSecretArn?: string;
} {
  if (store.kind === "existing") {
    const { passwordSecretArn, userName } = store;
    const environment = userName === undefined ? {} : { COWORK_STORE_USER: userName };
    return { environment, passwordSecretArn };
  }
  return {
    environment: {
      COWORK_STORE_AUTH: "aws-memorydb-iam",
      COWORK_STORE_CLUSTER: names.shortName,
      COWORK_STORE_USER: names.storeUser,
    },
  };
}
