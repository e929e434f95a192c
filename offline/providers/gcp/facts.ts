import ipaddr from "ipaddr.js";

import type { Wanted } from "../shared/cloud.ts";
import { isMap, type Properties, unknown, type Value } from "../struct.ts";
import { privateAddress, projectNumber } from "./numbers.ts";
import { serviceAgent } from "./service-agents.ts";
import type { Settings } from "./settings.ts";

const moment = "2026-01-01T00:00:00Z";
const moments = new Set([
  ...["createTime", "updateTime", "creationTimestamp", "timeCreated", "updated"],
  ...["creationTime", "validAfter"],
]);

/** Project a resource belongs to: its own, else its provider's; without the word `projects/`. */
export function projectOf(inputs: Properties, settings: Settings): string {
  return text(inputs.project ?? settings.project).replace(/^projects\//, "");
}

/** Outputs the real provider plans, so that they are known already in a preview. */
export function derivedOutput(
  name: string,
  { type, inputs, settings }: Wanted<Settings>,
): Value | undefined {
  if (name === "project" && type.schema.outputs.get(name)?.required)
    return settings.project?.replace(/^projects\//, "");
  if (name === "deletionPolicy")
    return settings.deletionPolicy ?? type.computed?.deletionPolicy ?? "DELETE";
  if (name === "pulumiLabels" || name === "effectiveLabels") {
    if (inputs.labels === unknown) return unknown;
    return { ...settings.defaultLabels, ...(isMap(inputs.labels) ? inputs.labels : {}) };
  }
  if (name === "effectiveAnnotations") return inputs.annotations ?? {};
  return undefined;
}

/** What every Google service answers alike. */
export function conventionalOutput(
  name: string,
  { type, urn, inputs, settings }: Wanted<Settings>,
): Value | undefined {
  const isText = type.schema.outputs.get(name)?.kind.is === "string";
  if (name === "region") return inputs.region ?? settings.region;
  if (name === "projectNumber") return Number(projectNumber(projectOf(inputs, settings)));
  if (name === "address" || name === "ipAddress") return privateAddress(urn);
  if (isText && moments.has(name)) return moment;
  if (name === "state") return "ACTIVE";
  if (name === "etag") return "BwYOFFLINE0=";
  return undefined;
}

/** What templates of Google types may name beyond inputs and outputs. */
export function factOf(name: string, { inputs, settings }: Wanted<Settings>): Value | undefined {
  const project = projectOf(inputs, settings);
  switch (name) {
    case "project":
      return project;
    case "number":
      return projectNumber(project);
    case "numberOfProjectId":
      return projectNumber(text(inputs.projectId));
    case "organizationNumber":
      return text(inputs.orgId).replace(/^organizations\//, "");
    case "folderNumber":
      return text(inputs.folder).replace(/^folders\//, "");
    case "agent":
      return serviceAgent(text(inputs.service), projectNumber(project));
    case "sinkWriter":
      return sinkWriter(inputs, project);
    case "logBucket":
      return logBucket(inputs);
    case "accountEmail":
      return lastSegment(inputs.serviceAccountId);
    case "accountProject":
      // account@project.iam.gserviceaccount.com
      return lastSegment(inputs.serviceAccountId).split("@")[1]?.split(".")[0] ?? project;
    case "zoneName":
      return lastSegment(inputs.managedZone);
    case "routerName":
      return lastSegment(inputs.router);
    case "secretOfVersion":
      return lastSegment(inputs.secret);
    case "policyName":
      return lastSegment(inputs.name);
    case "accessPolicy":
      return text(inputs.perimeterName ?? inputs.perimeter).split("/")[1] ?? "";
    case "gateway":
      return gatewayOf(inputs.ipCidrRange);
    default:
      return undefined;
  }
}

/** A sink to a log bucket of its own project needs no writer; others share the project's agent. */
function sinkWriter(inputs: Properties, project: string): string {
  const { destination, customWriterIdentity, uniqueWriterIdentity } = inputs;
  if (customWriterIdentity === unknown || destination === unknown) return unknown;
  if (typeof customWriterIdentity === "string") return customWriterIdentity;
  if (text(destination).startsWith(`logging.googleapis.com/projects/${project}/`)) return "";
  return uniqueWriterIdentity === false
    ? "serviceAccount:cloud-logs@system.gserviceaccount.com"
    : `serviceAccount:${serviceAgent("logging", projectNumber(project))}`;
}

/** A view and a link name their bucket in full, or in three parts. */
function logBucket({ bucket, location, parent }: Properties): string {
  const name = text(bucket);
  if (name === unknown || name.includes("/")) return name;
  if (location === unknown || parent === unknown) return unknown;
  return `${text(parent)}/locations/${text(location)}/buckets/${name}`;
}

function gatewayOf(range: Value | undefined): string {
  if (typeof range !== "string" || !ipaddr.IPv4.isValidCIDR(range)) return "";
  const [a, b, c, d = 0] = ipaddr.IPv4.networkAddressFromCIDR(range).octets;
  return [a, b, c, d + 1].join(".");
}

function text(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}

function lastSegment(value: Value | undefined): string {
  const whole = text(value);
  return whole.slice(whole.lastIndexOf("/") + 1);
}
