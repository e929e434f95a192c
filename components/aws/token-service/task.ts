import { servesLabelName } from "./environment-file.ts";
import type { ServicePlan } from "./plan.ts";
import type { StoreForTask } from "./store.ts";

export const containerName = "token-service";

/** Seconds between the stop signal and the kill: the service's own grace, and a little. AWS takes 120 at most. */
export function stopTimeoutSeconds(shutdownGraceSeconds: number): number {
  return shutdownGraceSeconds + 10;
}

export interface ContainerArgs {
  readonly image: string;
  /** ARN of the environment file with the service's whole configuration; it holds no secret. */
  readonly configurationArn: string;
  /** What the configuration serves, for whoever cannot see the file yet. */
  readonly serves: string;
  readonly port: number;
  readonly shutdownGraceSeconds: number;
  readonly store: Pick<StoreForTask, "environment" | "passwordSecretArn">;
}

/**
 * The one container of a task, as JSON text: same arguments, same bytes. All of it is known in any preview.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html (looked up 2026-11-21)
 */
export function containerDefinitions({ place, names }: ServicePlan, args: ContainerArgs): string {
  const { store } = args;
  const environment = {
    // ECS sets it too; signing in to the store must not rest on that.
    AWS_REGION: place.region,
    ...store.environment,
  };
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
      environmentFiles: [{ type: "s3", value: args.configurationArn }],
      dockerLabels: { [servesLabelName]: args.serves },
      ...(store.passwordSecretArn === undefined
        ? {}
        : { secrets: [{ name: "COWORK_STORE_PASSWORD", valueFrom: store.passwordSecretArn }] }),
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
