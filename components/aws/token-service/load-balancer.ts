import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { accessPrefix, connectionPrefix, type EdgeBucket } from "./edge-bucket.ts";
import type { ServicePlan } from "./plan.ts";
import { deviceCertificatePort, tokenPort } from "./ports.ts";

/**
 * TLS 1.3 and nothing older. The helper and the service are the only two ends, and both speak it.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html (looked up 2026-11-21)
 */
export function tlsPolicy(partition: string): string {
  return partition === "aws-us-gov"
    ? "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09"
    : "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09";
}

export interface ServiceLoadBalancer {
  readonly dnsName: pulumi.Output<string>;
  readonly targetGroupArn: pulumi.Output<string>;
  /** What must exist before a service may register its tasks. */
  readonly ready: readonly pulumi.Resource[];
}

export interface LoadBalancerArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly securityGroupId: pulumi.Input<string>;
  readonly certificateArn: string;
  readonly taskPort: number;
  readonly bucket: EdgeBucket;
  readonly deletionProtection: boolean;
}

/** Internal load balancer: 443 for tokens and, where devices are let in, 8443 for client certificates. */
export function serviceLoadBalancer(
  name: string,
  { place, names }: ServicePlan,
  args: LoadBalancerArgs,
  opts: { readonly parent: pulumi.Resource },
): ServiceLoadBalancer {
  const { region, zone } = place;
  const { bucket } = args;
  const logsTo = (prefix: string) => ({ bucket: bucket.bucketName, prefix, enabled: true });
  const balancer = new aws.lb.LoadBalancer(
    name,
    {
      region,
      name: names.shortName,
      loadBalancerType: "application",
      internal: true,
      ipAddressType: "ipv4",
      subnets: [...args.subnetIds],
      securityGroups: [args.securityGroupId],
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "strictest",
      enableDeletionProtection: args.deletionProtection,
      // Longer than any request of the service takes (60 at most).
      idleTimeout: 65,
      accessLogs: logsTo(accessPrefix),
      // A handshake that failed is in no access log.
      connectionLogs: logsTo(connectionPrefix),
    },
    { ...opts, dependsOn: [...bucket.ready] },
  );
  const targets = new aws.lb.TargetGroup(
    name,
    {
      region,
      name: names.shortName,
      vpcId: args.vpcId,
      targetType: "ip",
      protocol: "HTTP",
      port: args.taskPort,
      deregistrationDelay: 20,
      healthCheck: {
        path: "/healthz",
        protocol: "HTTP",
        matcher: "200",
        interval: 10,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      },
    },
    opts,
  );
  const listener = (
    part: string,
    port: number,
    mutualAuthentication?: aws.types.input.lb.ListenerMutualAuthentication,
  ) =>
    new aws.lb.Listener(
      part,
      {
        region,
        loadBalancerArn: balancer.arn,
        port,
        protocol: "HTTPS",
        certificateArn: args.certificateArn,
        sslPolicy: tlsPolicy(zone.awsPartition),
        ...(mutualAuthentication === undefined ? {} : { mutualAuthentication }),
        defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
      },
      opts,
    );
  const tokens = listener(`${name}-tokens`, tokenPort);
  const refusal = refuseClaimedCertificates(name, region, tokens, opts);
  const ready: pulumi.Resource[] = [tokens, refusal];
  if (bucket.authorities !== undefined) {
    const trust = new aws.lb.TrustStore(
      name,
      {
        region,
        name: names.shortName,
        caCertificatesBundleS3Bucket: bucket.bucketName,
        caCertificatesBundleS3Key: bucket.authorities.key,
        // Without it a new bundle under the same name would be no change.
        caCertificatesBundleS3ObjectVersion: bucket.authorities.version,
      },
      opts,
    );
    ready.push(
      listener(`${name}-devices`, deviceCertificatePort, {
        mode: "verify",
        trustStoreArn: trust.arn,
        ignoreClientCertificateExpiry: false,
        advertiseTrustStoreCaNames: "on",
      }),
    );
  }
  return { dnsName: balancer.dnsName, targetGroupArn: targets.arn, ready };
}

/**
 * The service takes a certificate from this header because the load balancer wrote it. On the listener that
 * asks for none, whoever sends the header wrote it: refused, whatever it holds.
 */
function refuseClaimedCertificates(
  name: string,
  region: string,
  listener: aws.lb.Listener,
  opts: pulumi.CustomResourceOptions,
): aws.lb.ListenerRule {
  return new aws.lb.ListenerRule(
    `${name}-claimed-certificates`,
    {
      region,
      listenerArn: listener.arn,
      priority: 1,
      conditions: [
        { httpHeader: { httpHeaderName: "X-Amzn-Mtls-Clientcert-Leaf", values: ["*"] } },
      ],
      actions: [
        {
          type: "fixed-response",
          fixedResponse: {
            contentType: "application/json",
            statusCode: "400",
            messageBody: '{"error":"invalid_request","code":"smuggled_identity"}',
          },
        },
      ],
    },
    opts,
  );
}
