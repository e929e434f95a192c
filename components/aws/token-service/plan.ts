import type { CreatedForService } from "../../shared/token-service.ts";
import type { AwsPlace } from "../place.ts";
import type { AwsTokenServiceArgs, CallerRole, ServiceEndpoint, ServiceStore } from "./args.ts";
import { type ChosenValues, chosenValues, listed, referenceTo } from "./chosen-values.ts";
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
  readonly chosen: ChosenValues;
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
  const names = serviceNames(place, label);
  const created = store.kind === "create";
  const chosen = chosenValues(place, names, { store: created, signingKey: args.signs });
  return {
    place,
    label,
    geography: args.geography,
    names,
    taskRoleArn: taskRoleArn(place, label, path),
    startRoleArn: startRoleArn(place, label, path),
    callers: args.callers,
    signs: args.signs,
    store,
    chosen,
    image: parseEcrImage(args.image),
    endpoints: [
      ...(["ecr.api", "ecr.dkr", "s3", "logs"] as const),
      ...(args.callers.length > 0 ? (["sts"] as const) : []),
      ...(args.signs ? (["kms"] as const) : []),
      ...(store.kind === "existing" ? (["secretsmanager"] as const) : []),
      ...(listed(chosen).length > 0 ? (["ssm"] as const) : []),
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

/**
 * What the configuration says of what is created for the service: a reference where only AWS knows the value, so that
 * any preview knows the whole text.
 *
 * @param proxies networks of the load balancer; absent when no device certificates are let in
 */
export function createdForService(
  { place: { region }, store, chosen }: Pick<ServicePlan, "place" | "store" | "chosen">,
  proxies: readonly string[] | undefined,
): CreatedForService {
  const { storeUrl, signingKeyArn } = chosen;
  const address = store.kind === "existing" ? store.url : storeUrl && referenceTo(storeUrl);
  if (address === undefined) throw new Error("a created store has no form of address");
  return {
    storeUrl: address,
    ...(signingKeyArn === undefined
      ? {}
      : { signingKey: { kind: "aws-kms", keyArn: referenceTo(signingKeyArn), region } }),
    ...(proxies === undefined ? {} : { clientCertificate: passedCertificate(proxies) }),
  };
}

/**
 * Where the load balancer leaves the certificate it verified.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html (looked up 2026-11-21)
 */
function passedCertificate(proxies: readonly string[]) {
  return {
    from: "header",
    header: "x-amzn-mtls-clientcert-leaf",
    trustedProxyCidrs: proxies,
  } as const;
}
