import { ContainerApp } from "@pulumi/azure-native/app/containerApp.js";
import type { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import * as pulumi from "@pulumi/pulumi";

import type { ListenSettings } from "../../shared/listen-settings.ts";
import { type ServiceEnvironment, workloadProfile } from "./environment.ts";
import type { ServicePlan } from "./plan.ts";

/** Name of the app's reference to the password; the password itself stays in the vault. */
const passwordName = "store-password";

/** What a replica is told of the store. No secret. */
export interface StoreForApp {
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  /** Address of the secret that Container Apps puts into `COWORK_STORE_PASSWORD`; absent where Entra signs in. */
  readonly passwordUrl: string | undefined;
}

/**
 * The service itself: reached through the environment's one private address, by TLS, from the laptops' ranges.
 *
 * "External" means outside the environment; an internal environment has no outside beyond its network.
 * @see https://learn.microsoft.com/azure/container-apps/ingress-overview
 * @see https://learn.microsoft.com/azure/container-apps/client-certificate-authorization (looked up 2026-11-21)
 */
export function serviceApp(
  name: string,
  plan: ServicePlan,
  args: {
    readonly resourceGroupName: pulumi.Input<string>;
    readonly placed: ServiceEnvironment;
    readonly identity: UserAssignedIdentity;
    readonly host: string;
    readonly image: string;
    readonly registry: string;
    readonly replicas: number;
    readonly clientCidrs: readonly string[];
    readonly letsDevicesIn: boolean;
    readonly listen: ListenSettings;
    /** The service's whole configuration as JSON text; holds no secret. */
    readonly config: pulumi.Input<string>;
    /** What a preview judges while the configuration is not known; from `servesText`. */
    readonly serves: string;
    readonly store: StoreForApp;
  },
  opts: pulumi.CustomResourceOptions,
): ContainerApp {
  const { region, names, maxReplicas } = plan;
  const { identity, placed, store, listen } = args;
  const probe = { httpGet: { path: "/healthz", port: listen.port, scheme: "HTTP" } };
  const ready = { httpGet: { path: "/readyz", port: listen.port, scheme: "HTTP" } };
  const configuration = {
    activeRevisionsMode: "Single",
    maxInactiveRevisions: 2,
    identitySettings: [{ identity: identity.id, lifecycle: "Main" }],
    registries: [{ server: args.registry, identity: identity.id }],
    secrets:
      store.passwordUrl === undefined
        ? []
        : [{ name: passwordName, keyVaultUrl: store.passwordUrl, identity: identity.id }],
    ingress: {
      external: true,
      targetPort: listen.port,
      transport: "http",
      allowInsecure: false,
      clientCertificateMode: args.letsDevicesIn ? "accept" : "ignore",
      customDomains: [
        { name: args.host, bindingType: "SniEnabled", certificateId: placed.certificateId },
      ],
      ipSecurityRestrictions: args.clientCidrs.map((ipAddressRange, index) => ({
        name: `laptops-${index + 1}`,
        action: "Allow",
        ipAddressRange,
      })),
      traffic: [{ latestRevision: true, weight: 100 }],
    },
  };
  const template = {
    terminationGracePeriodSeconds: listen.shutdownGraceSeconds + 10,
    scale: { minReplicas: args.replicas, maxReplicas },
    containers: [
      {
        name: "token-service",
        image: args.image,
        resources: { cpu: 0.5, memory: "1Gi" },
        env: variables(args, identity),
        probes: [
          { type: "Startup", ...probe, periodSeconds: 5, failureThreshold: 12 },
          { type: "Liveness", ...probe, periodSeconds: 10, failureThreshold: 3 },
          { type: "Readiness", ...ready, periodSeconds: 5, failureThreshold: 3 },
        ],
      },
    ],
  };
  return new ContainerApp(
    name,
    {
      resourceGroupName: args.resourceGroupName,
      location: region,
      containerAppName: names.app,
      environmentId: placed.environment.id,
      workloadProfileName: workloadProfile,
      // No identity of the system's: what the service may do hangs on one that was chosen for it.
      identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
      configuration,
      template,
    },
    {
      ...opts,
      // The SDK waits for every address and id before it hands over either block, so a first preview could prove
      // nothing of them: handed over as they are, only addresses and ids are unknown.
      transformations: [
        ({ props, opts: given }) => ({
          props: { ...props, configuration, template },
          opts: given,
        }),
      ],
    },
  );
}

interface Variable {
  readonly name: string;
  readonly value?: pulumi.Input<string>;
  readonly secretRef?: string;
}

function variables(
  args: {
    readonly config: pulumi.Input<string>;
    readonly serves: string;
    readonly store: StoreForApp;
  },
  identity: UserAssignedIdentity,
): Variable[] {
  const { environment, passwordUrl } = args.store;
  const plain = {
    // Which of the app's identities tokens are asked for.
    AZURE_CLIENT_ID: identity.clientId,
    COWORK_TOKEN_SERVICE_CONFIG: pulumi.output(args.config),
    COWORK_TOKEN_SERVICE_SERVES: args.serves,
    ...environment,
  };
  return [
    ...Object.entries(plain).map(([name, value]) => ({ name, value })),
    ...(passwordUrl === undefined
      ? []
      : [{ name: "COWORK_STORE_PASSWORD", secretRef: passwordName }]),
  ].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
