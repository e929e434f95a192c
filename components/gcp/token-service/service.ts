import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

import type { MountedFile } from "./files.ts";
import type { PlacedNetwork } from "./network.ts";
import { configFile, type ServicePlan } from "./plan.ts";
import type { StoreForService } from "./store.ts";

/** Annotation of a revision that says in a preview what its configuration will say. */
const servesAnnotation = "cowork.token-service.serves";

/** Arguments of {@link runService}; the caller has checked them. */
export interface RunArgs {
  readonly image: string;
  readonly replicas: number;
  readonly key: string;
  readonly port: number;
  /** What the policy pack reads while the configuration is not known yet. */
  readonly serves: string;
  readonly files: readonly MountedFile[];
  /** Path of the store's authority; absent where the system's own are enough. */
  readonly storeAuthority: string | undefined;
  readonly store: StoreForService;
  readonly network: PlacedNetwork;
  readonly binaryAuthorization: string | undefined;
  readonly deletionProtection: boolean;
}

/**
 * The service on Cloud Run. Its only way in is the load balancer: the internet is refused, and the `run.app` address,
 * which the project's other machines could call with a certificate header of their own, is switched off. All its
 * traffic leaves through the company's network.
 *
 * The platform asks no caller for a Google identity: laptops have none, and the service judges every request itself.
 * That check is switched off by its own setting and not by a grant to `allUsers`, which an organization that shares
 * with its own domains only refuses.
 *
 * @see https://docs.cloud.google.com/run/docs/securing/ingress
 * @see https://docs.cloud.google.com/run/docs/authenticating/public (looked up 2026-11-21)
 */
export function runService(
  name: string,
  plan: ServicePlan,
  args: RunArgs,
  opts: pulumi.CustomResourceOptions,
): gcp.cloudrunv2.Service {
  const { projectId: project, region: location, names, geography } = plan;
  return new gcp.cloudrunv2.Service(
    name,
    {
      project,
      location,
      name: names.base,
      description: `cowork token service of ${geography}`,
      // Narrower than "internal and load balancers", which lets an external one in.
      ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
      defaultUriDisabled: true,
      invokerIamDisabled: true,
      deletionProtection: args.deletionProtection,
      ...(args.binaryAuthorization !== undefined && {
        binaryAuthorization:
          args.binaryAuthorization === "project-default"
            ? { useDefault: true }
            : { policy: args.binaryAuthorization },
      }),
      template: {
        annotations: { [servesAnnotation]: args.serves },
        serviceAccount: names.email,
        executionEnvironment: "EXECUTION_ENVIRONMENT_GEN2",
        encryptionKey: args.key,
        timeout: "30s",
        maxInstanceRequestConcurrency: 80,
        scaling: { minInstanceCount: args.replicas, maxInstanceCount: plan.maxReplicas },
        vpcAccess: {
          egress: "ALL_TRAFFIC",
          networkInterfaces: [
            {
              network: args.network.network,
              subnetwork: args.network.subnetwork,
              tags: [names.base],
            },
          ],
        },
        volumes: args.files.map(({ volume, secretId, version, path }) => ({
          name: volume,
          secret: {
            secret: secretId,
            items: [{ version, path: path.split("/").at(-1) ?? "" }],
          },
        })),
        containers: [container(args)],
      },
    },
    opts,
  );
}

function container(args: RunArgs): gcp.types.input.cloudrunv2.ServiceTemplateContainer {
  const { image, port, store, storeAuthority } = args;
  const environment: Readonly<Record<string, string>> = {
    ...store.environment,
    ...(storeAuthority !== undefined && { NODE_EXTRA_CA_CERTS: storeAuthority }),
  };
  return {
    image,
    args: ["serve", "--config", configFile],
    ports: { name: "http1", containerPort: port },
    // The store's connection is kept alive between requests as well.
    resources: { limits: { cpu: "1", memory: "512Mi" }, cpuIdle: false, startupCpuBoost: true },
    envs: [
      ...Object.entries(environment).map(([name, value]) => ({ name, value })),
      ...(store.passwordSecret === undefined
        ? []
        : [
            {
              name: "COWORK_STORE_PASSWORD",
              valueSource: { secretKeyRef: { secret: store.passwordSecret, version: "latest" } },
            },
          ]),
    ],
    volumeMounts: args.files.map(({ volume, path }) => ({
      name: volume,
      mountPath: path.slice(0, path.lastIndexOf("/")),
    })),
    // A connection through the network may take a minute at first; traffic waits until the store answers.
    startupProbe: {
      httpGet: { path: "/readyz", port },
      periodSeconds: 5,
      timeoutSeconds: 4,
      failureThreshold: 24,
    },
    // Alive is not ready: a store that is away is no reason to start over.
    livenessProbe: {
      httpGet: { path: "/healthz", port },
      periodSeconds: 10,
      timeoutSeconds: 3,
      failureThreshold: 3,
    },
  };
}
