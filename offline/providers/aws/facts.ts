import type { Wanted } from "../shared/cloud.ts";
import { type Properties, unknown, type Value } from "../struct.ts";
import { partitionNameOf, type Settings } from "./settings.ts";

/** Region a resource lies in: its own, else its provider's. */
export function regionOf(inputs: Properties, settings: Settings): Value {
  return inputs.region ?? settings.region ?? "us-east-1";
}

/** Tags as the service stores them: the provider's, and the resource's own over them. */
export function derivedOutput(
  name: string,
  { inputs, settings }: Wanted<Settings>,
): Value | undefined {
  if (name !== "tagsAll") return undefined;
  if (inputs.tags === unknown) return unknown;
  const own = typeof inputs.tags === "object" ? inputs.tags : {};
  return { ...settings.defaultTags, ...own };
}

/** What every AWS service answers alike. */
export function conventionalOutput(
  name: string,
  { inputs, settings }: Wanted<Settings>,
): Value | undefined {
  if (name === "region") return regionOf(inputs, settings);
  return name === "ownerId" ? settings.accountId : undefined;
}

/** What templates of AWS types may name beyond inputs and outputs. */
export function factOf(name: string, { inputs, settings }: Wanted<Settings>): Value | undefined {
  const region = String(regionOf(inputs, settings));
  const service = text(inputs.serviceName);
  switch (name) {
    case "account":
      return settings.accountId;
    case "region":
      return region;
    case "partition":
      return partitionNameOf(region);
    case "urlWithoutScheme":
      return text(inputs.url).replace("https://", "");
    case "serviceShortName":
      // com.amazonaws.eu-central-1.bedrock-runtime -> bedrock-runtime
      return service.split(".").slice(3).join(".") || service;
    case "serviceRegionOrOwn":
      return inputs.serviceRegion ?? region;
    case "internalPrefix":
      return inputs.internal === true || inputs.internal === "true" ? "internal-" : "";
    case "clusterName":
      return lastSegment(inputs.cluster) || "default";
    case "loadBalancerPath":
      // Listeners lie below their load balancer: `.../loadbalancer/app/name/id` -> `app/name/id`.
      return text(inputs.loadBalancerArn).split(":loadbalancer/")[1] ?? "";
    case "listenerPath":
      return text(inputs.listenerArn).split(":listener/")[1] ?? "";
    case "lastOfInstanceArn":
      return lastSegment(inputs.instanceArn);
    case "lastOfManagedPolicyArn":
      return lastSegment(inputs.managedPolicyArn);
    case "lastOfPrimaryKeyArn":
      return lastSegment(inputs.primaryKeyArn);
    case "lastOfTargetKeyId":
      return lastSegment(inputs.targetKeyId);
    default:
      return undefined;
  }
}

function text(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}

function lastSegment(value: Value | undefined): string {
  const whole = text(value);
  return whole.slice(whole.lastIndexOf("/") + 1);
}
