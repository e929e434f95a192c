import type { ResourceType } from "../resource-type.ts";
import type { Rule } from "../rules.ts";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
const name: Rule = {
  rule: "matches",
  at: "name",
  pattern: /^(?!internal-)(?!-)[a-zA-Z0-9-]{1,32}(?<!-)$/,
  wanted:
    'up to 32 letters, digits and hyphens, not beginning or ending with a hyphen or beginning with "internal-"',
};
const autoName = { input: "name", maxLength: 32 } as const;
const elb = "arn:{partition}:elasticloadbalancing:{region}:{account}";
const actions = ["forward", "authenticate-oidc", "authenticate-cognito", "redirect"];
const actionTypes = [...actions, "fixed-response", "jwt-validation"];

/** Elastic Load Balancing. Source: the Terraform AWS provider's schemas and validators. */
export const loadBalancingTypes: Readonly<Record<string, ResourceType>> = {
  "lb/LoadBalancer": {
    id: "{arn}",
    replaceOn: ["customerOwnedIpv4Pool", "internal", "loadBalancerType", "name", "namePrefix"],
    autoName,
    defaults: {
      clientKeepAlive: 3600,
      desyncMitigationMode: "defensive",
      dropInvalidHeaderFields: false,
      enableDeletionProtection: false,
      enableHttp2: true,
      enableTlsVersionAndCipherSuiteHeaders: false,
      enableWafFailOpen: false,
      enableXffClientPort: false,
      idleTimeout: 60,
      loadBalancerType: "application",
      preserveHostHeader: false,
      xffHeaderProcessingMode: "append",
    },
    computed: {
      arn: `${elb}:loadbalancer/app/{name}/{hex:16}`,
      arnSuffix: "app/{name}/{hex:16:arn}",
      dnsName: "{internalPrefix}{name}-{decimal:10}.{region}.elb.amazonaws.com",
      internal: false,
      ipAddressType: "ipv4",
      vpcId: "vpc-{hex:17}",
      zoneId: "Z{upper:13}",
    },
    rules: [
      name,
      { rule: "oneOf", at: "loadBalancerType", values: ["application", "gateway", "network"] },
      {
        rule: "oneOf",
        at: "desyncMitigationMode",
        values: ["monitor", "defensive", "strictest"],
      },
      { rule: "oneOf", at: "xffHeaderProcessingMode", values: ["append", "preserve", "remove"] },
      {
        rule: "oneOf",
        at: "ipAddressType",
        values: ["ipv4", "dualstack", "dualstack-without-public-ipv4"],
      },
      { rule: "range", at: "idleTimeout", min: 1, max: 4000 },
      { rule: "count", at: "subnets", min: 1, max: 20 },
      { rule: "atMostOne", of: ["subnets", "subnetMappings"] },
    ],
  },
  "lb/TargetGroup": {
    id: "{arn}",
    replaceOn: [
      "ipAddressType",
      "name",
      "namePrefix",
      "port",
      "protocol",
      "protocolVersion",
      "targetType",
      "vpcId",
    ],
    autoName,
    defaults: {
      deregistrationDelay: 300,
      lambdaMultiValueHeadersEnabled: false,
      proxyProtocolV2: false,
      slowStart: 0,
      targetType: "instance",
    },
    computed: {
      arn: `${elb}:targetgroup/{name}/{hex:16}`,
      arnSuffix: "targetgroup/{name}/{hex:16:arn}",
      ipAddressType: "ipv4",
      loadBalancingAlgorithmType: "round_robin",
      protocolVersion: "HTTP1",
    },
    rules: [
      name,
      { rule: "range", at: "port", min: 1, max: 65_535 },
      { rule: "range", at: "deregistrationDelay", min: 0, max: 3600 },
      { rule: "oneOf", at: "targetType", values: ["instance", "ip", "lambda", "alb"] },
      {
        rule: "oneOf",
        at: "protocol",
        values: ["HTTP", "HTTPS", "TCP", "TCP_UDP", "TLS", "UDP", "GENEVE", "QUIC", "TCP_QUIC"],
      },
      { rule: "range", at: "healthCheck.interval", min: 5, max: 300 },
      { rule: "range", at: "healthCheck.timeout", min: 2, max: 120 },
      { rule: "range", at: "healthCheck.healthyThreshold", min: 2, max: 10 },
      { rule: "range", at: "healthCheck.unhealthyThreshold", min: 2, max: 10 },
    ],
  },
  "lb/Listener": {
    id: "{arn}",
    replaceOn: ["loadBalancerArn"],
    computed: {
      arn: `${elb}:listener/{loadBalancerPath}/{hex:16}`,
      protocol: "HTTP",
      sslPolicy: "ELBSecurityPolicy-2016-08",
    },
    rules: [
      { rule: "arn", at: "loadBalancerArn" },
      { rule: "arn", at: "certificateArn" },
      { rule: "range", at: "port", min: 1, max: 65_535 },
      { rule: "oneOf", at: "defaultActions.type", values: actionTypes },
      {
        rule: "oneOf",
        at: "protocol",
        values: ["HTTP", "HTTPS", "TCP", "TCP_UDP", "TLS", "UDP", "QUIC", "TCP_QUIC"],
      },
      {
        rule: "matches",
        at: "sslPolicy",
        pattern: /^ELBSecurityPolicy-/,
        wanted: "the name of a security policy of Elastic Load Balancing",
      },
      {
        rule: "oneOf",
        at: "mutualAuthentication.mode",
        values: ["off", "passthrough", "verify"],
      },
      {
        rule: "oneOf",
        at: "mutualAuthentication.advertiseTrustStoreCaNames",
        values: ["off", "on"],
      },
      { rule: "arn", at: "mutualAuthentication.trustStoreArn" },
    ],
  },
  "lb/ListenerRule": {
    id: "{arn}",
    replaceOn: ["listenerArn"],
    computed: { arn: `${elb}:listener-rule/{listenerPath}/{hex:16}`, priority: 1 },
    rules: [
      { rule: "arn", at: "listenerArn" },
      { rule: "range", at: "priority", min: 1, max: 50_000 },
      { rule: "oneOf", at: "actions.type", values: actionTypes },
      { rule: "count", at: "conditions", min: 1, max: 5 },
    ],
  },
  "lb/TrustStore": {
    id: "{arn}",
    replaceOn: ["name", "namePrefix"],
    autoName,
    computed: {
      arn: `${elb}:truststore/{name}/{hex:16}`,
      arnSuffix: "truststore/{name}/{hex:16:arn}",
    },
    rules: [name],
  },
};
