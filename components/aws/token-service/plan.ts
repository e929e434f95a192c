import type { CreatedForService } from "../../shared/token-service.ts";
import { type AwsPlace, arnAt } from "../place.ts";
import type { AwsTokenServiceArgs, CallerRole, ServiceEndpoint, ServiceStore } from "./args.ts";
import { type EcrImage, parseEcrImage } from "./image.ts";
import {
  type ServiceNames,
  serviceLabel,
  serviceNames,
  startRoleArn,
  taskRoleArn,
} from "./names.ts";

/** Everything that follows from the arguments alone, and is thus known in any preview. */
export interface ServicePlan {
  readonly place: AwsPlace;
  readonly label: string;
  readonly geography: string;
  readonly names: ServiceNames;
  readonly taskRoleArn: string;
  readonly startRoleArn: string;
  readonly callers: readonly CallerRole[];
  readonly signs: boolean;
  readonly store: ServiceStore;
  /** Absent when the image is not one of ECR, which the checks refuse. */
  readonly image: EcrImage | undefined;
  /** Endpoints the tasks need, in a fixed order. */
  readonly endpoints: readonly ServiceEndpoint[];
}

type Planned = Pick<
  AwsTokenServiceArgs,
  | "zone"
  | "accountId"
  | "region"
  | "organization"
  | "geography"
  | "image"
  | "callers"
  | "signs"
  | "store"
  | "roleRules"
>;

export function planService(args: Planned): ServicePlan {
  const place: AwsPlace = { zone: args.zone, accountId: args.accountId, region: args.region };
  const label = serviceLabel(args.organization, args.geography);
  const path = args.roleRules?.path;
  const store = args.store ?? { kind: "create" };
  return {
    place,
    label,
    geography: args.geography,
    names: serviceNames(place, label),
    taskRoleArn: taskRoleArn(place, label, path),
    startRoleArn: startRoleArn(place, label, path),
    callers: args.callers,
    signs: args.signs,
    store,
    image: parseEcrImage(args.image),
    endpoints: [
      ...(["ecr.api", "ecr.dkr", "s3", "logs"] as const),
      ...(args.callers.length > 0 ? (["sts"] as const) : []),
      ...(args.signs ? (["kms"] as const) : []),
      ...(store.kind === "existing" ? (["secretsmanager"] as const) : []),
    ],
  };
}

/** Roles the service assumes as itself. */
export function assumedRoles({ callers }: Pick<ServicePlan, "callers">): readonly string[] {
  return callers.filter(({ kind }) => kind === "assume-role").map(({ roleArn }) => roleArn);
}

/** Roles that are taken with a person's token. */
export function exchangedRoles({ callers }: Pick<ServicePlan, "callers">): readonly string[] {
  return callers.filter(({ kind }) => kind === "web-identity").map(({ roleArn }) => roleArn);
}

/** Stands for what does not exist yet, so that the configuration can be judged in a preview. */
export function sampleCreated(
  { place, signs, store }: Pick<ServicePlan, "place" | "signs" | "store">,
  proxies: readonly string[] | undefined,
): CreatedForService {
  const { region } = place;
  return {
    storeUrl:
      store.kind === "existing"
        ? store.url
        : `rediss://store.memorydb.${region}.amazonaws.com:6379`,
    ...(signs
      ? {
          signingKey: {
            kind: "aws-kms",
            keyArn: arnAt(place, "kms", "key/00000000-0000-0000-0000-000000000000"),
            region,
          },
        }
      : {}),
    ...(proxies === undefined ? {} : { clientCertificate: passedCertificate(proxies) }),
  };
}

/**
 * Where the load balancer leaves the certificate it verified.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html (looked up 2026-11-21)
 */
export function passedCertificate(proxies: readonly string[]) {
  return {
    from: "header",
    header: "x-amzn-mtls-clientcert-leaf",
    trustedProxyCidrs: proxies,
  } as const;
}
