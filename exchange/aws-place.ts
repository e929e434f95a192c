import { ExchangeError } from "./exchange.ts";

/** Where and as what a session is taken. */
export interface AwsRole {
  readonly partition: "aws" | "aws-us-gov";
  readonly region: string;
  readonly roleArn: string;
  /** In place of the region's public STS host, for example a VPC endpoint. */
  readonly stsUrl?: string | undefined;
}

/**
 * The region's own STS. The global `sts.amazonaws.com` is never asked: it may answer from another region than
 * the route's, and its sessions are not valid everywhere
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_region-endpoints.html, 2026-11).
 *
 * @throws ExchangeError `refused` when region, role and partition do not belong together.
 */
export function stsEndpoint({ partition, region, roleArn, stsUrl }: AwsRole): string {
  const endpoint = stsUrl ?? `https://sts.${region}.amazonaws.com`;
  const { host } = new URL(endpoint);
  const refuse = (message: string) => {
    throw new ExchangeError("refused", host, message);
  };
  if (region.startsWith("us-gov-") !== (partition === "aws-us-gov")) {
    refuse(`region ${region} is not in partition ${partition}`);
  }
  if (arnPartition(roleArn) !== partition) refuse(`the role is not in partition ${partition}`);
  if (host === "sts.amazonaws.com") {
    refuse("the global STS host is not bound to a region; name a regional one");
  }
  return endpoint;
}

/** Account and name of a role, without its path: what an assumed role's ARN repeats. */
export function roleOf(roleArn: string): { readonly account: string; readonly name: string } {
  const [, , , , account = "", resource = ""] = roleArn.split(":");
  return { account, name: resource.slice(resource.lastIndexOf("/") + 1) };
}

function arnPartition(arn: string): string | undefined {
  return arn.split(":")[1];
}

/** Hosts of STS, public or of a VPC endpoint, and the region in them. */
const regionalSts = /(?:^|\.)sts(?:-fips)?\.([a-z0-9-]+)\.(?:vpce\.)?amazonaws\.com$/;

/**
 * Region of the STS that is asked, which a signature has to be scoped to: it need not be the route's, as a service has
 * an endpoint of its own region only. A host that names none is taken for the route's.
 */
export function stsRegion(role: AwsRole): string {
  const { hostname } = new URL(stsEndpoint(role));
  return regionalSts.exec(hostname)?.[1] ?? role.region;
}
