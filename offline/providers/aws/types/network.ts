import type { ResourceType } from "../resource-type.ts";
import type { Rule } from "../rules.ts";

const ruleTable: readonly Rule[] = [
  { rule: "cidr", at: "cidrIpv4" },
  { rule: "cidr", at: "cidrIpv6" },
  { rule: "range", at: "fromPort", min: -1, max: 65_535 },
  { rule: "range", at: "toPort", min: -1, max: 65_535 },
  {
    rule: "exactlyOne",
    of: ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"],
  },
];

const securityGroupRule: ResourceType = {
  id: "sgr-{hex:17}",
  replaceOn: ["securityGroupId"],
  computed: {
    arn: "arn:{partition}:ec2:{region}:{account}:security-group-rule/{id}",
    securityGroupRuleId: "{id}",
  },
  rules: ruleTable,
};

const groupRules = (side: string): readonly Rule[] => [
  { rule: "range", at: `${side}.fromPort`, min: -1, max: 65_535 },
  { rule: "range", at: `${side}.toPort`, min: -1, max: 65_535 },
];

// https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html, the default format
const flowLogFormat = [
  ...["version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport"],
  ...["protocol", "packets", "bytes", "start", "end", "action", "log-status"],
]
  .map((field) => `$\{${field}}`)
  .join(" ");

/** EC2 networking and Route 53. Source: the Terraform AWS provider's schemas and validators. */
export const networkTypes: Readonly<Record<string, ResourceType>> = {
  "ec2/Vpc": {
    id: "vpc-{hex:17}",
    replaceOn: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    defaults: { enableDnsSupport: true, instanceTenancy: "default" },
    computed: {
      arn: "arn:{partition}:ec2:{region}:{account}:vpc/{id}",
      defaultNetworkAclId: "acl-{hex:17}",
      defaultRouteTableId: "rtb-{hex:17}",
      mainRouteTableId: "rtb-{hex:17:defaultRouteTableId}",
      defaultSecurityGroupId: "sg-{hex:17}",
      dhcpOptionsId: "dopt-{hex:17}",
    },
    rules: [
      { rule: "cidr", at: "cidrBlock" },
      { rule: "oneOf", at: "instanceTenancy", values: ["default", "dedicated"] },
    ],
  },
  "ec2/Subnet": {
    id: "subnet-{hex:17}",
    replaceOn: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "outpostArn"],
    defaults: {
      assignIpv6AddressOnCreation: false,
      enableDns64: false,
      enableResourceNameDnsARecordOnLaunch: false,
      enableResourceNameDnsAaaaRecordOnLaunch: false,
      ipv6Native: false,
      mapPublicIpOnLaunch: false,
    },
    computed: {
      arn: "arn:{partition}:ec2:{region}:{account}:subnet/{id}",
      availabilityZone: "{region}a",
      privateDnsHostnameTypeOnLaunch: "ip-name",
    },
    rules: [
      { rule: "cidr", at: "cidrBlock" },
      { rule: "atMostOne", of: ["availabilityZone", "availabilityZoneId"] },
    ],
  },
  "ec2/RouteTable": {
    id: "rtb-{hex:17}",
    replaceOn: ["vpcId"],
    computed: { arn: "arn:{partition}:ec2:{region}:{account}:route-table/{id}" },
    rules: [{ rule: "cidr", at: "routes.cidrBlock" }],
  },
  "ec2/RouteTableAssociation": {
    id: "rtbassoc-{hex:17}",
    replaceOn: ["gatewayId", "subnetId"],
    rules: [{ rule: "exactlyOne", of: ["subnetId", "gatewayId"] }],
  },
  "ec2/Route": {
    id: "r-{routeTableId}{hex:10}",
    replaceOn: [
      "routeTableId",
      "destinationCidrBlock",
      "destinationIpv6CidrBlock",
      "destinationPrefixListId",
    ],
    computed: { origin: "CreateRoute", state: "active" },
    rules: [
      { rule: "cidr", at: "destinationCidrBlock" },
      { rule: "cidr", at: "destinationIpv6CidrBlock" },
      {
        rule: "exactlyOne",
        of: ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"],
      },
    ],
  },
  "ec2/SecurityGroup": {
    id: "sg-{hex:17}",
    replaceOn: ["vpcId", "name", "namePrefix", "description"],
    defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
    autoName: { input: "name", maxLength: 100 },
    computed: { arn: "arn:{partition}:ec2:{region}:{account}:security-group/{id}" },
    rules: [
      {
        rule: "matches",
        at: "name",
        // EC2 keeps names that start with "sg-" for ids; the provider refuses "sg" outright.
        pattern: /^(?!sg-)(?!sg$).{1,255}$/,
        wanted: 'a security group name: it must not be "sg" or begin with "sg-"',
      },
      { rule: "cidr", at: "ingress.cidrBlocks[]" },
      { rule: "cidr", at: "egress.cidrBlocks[]" },
      ...groupRules("ingress"),
      ...groupRules("egress"),
    ],
  },
  "ec2/DefaultSecurityGroup": {
    id: "sg-{hex:17}",
    replaceOn: ["vpcId"],
    defaults: { revokeRulesOnDelete: false },
    computed: {
      arn: "arn:{partition}:ec2:{region}:{account}:security-group/{id}",
      description: "default VPC security group",
      name: "default",
    },
  },
  "vpc/SecurityGroupIngressRule": securityGroupRule,
  "vpc/SecurityGroupEgressRule": securityGroupRule,
  "ec2/FlowLog": {
    id: "fl-{hex:17}",
    replaceOn: [
      "deliverCrossAccountRole",
      "destinationOptions",
      "eniId",
      "iamRoleArn",
      "logDestination",
      "logDestinationType",
      "logFormat",
      "maxAggregationInterval",
      "subnetId",
      "trafficType",
      "transitGatewayAttachmentId",
      "transitGatewayId",
      "vpcId",
    ],
    defaults: { logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 },
    computed: {
      arn: "arn:{partition}:ec2:{region}:{account}:vpc-flow-log/{id}",
      logFormat: flowLogFormat,
    },
    rules: [
      { rule: "arn", at: "iamRoleArn" },
      { rule: "arn", at: "logDestination" },
      {
        rule: "oneOf",
        at: "logDestinationType",
        values: ["cloud-watch-logs", "s3", "kinesis-data-firehose"],
      },
      { rule: "oneOf", at: "maxAggregationInterval", values: [60, 600] },
      { rule: "oneOf", at: "trafficType", values: ["ACCEPT", "REJECT", "ALL"] },
      {
        rule: "exactlyOne",
        of: ["vpcId", "subnetId", "eniId", "transitGatewayId", "transitGatewayAttachmentId"],
      },
    ],
  },
  "ec2/VpcEndpoint": {
    id: "vpce-{hex:17}",
    replaceOn: [
      "vpcId",
      "serviceName",
      "serviceRegion",
      "vpcEndpointType",
      "resourceConfigurationArn",
      "serviceNetworkArn",
    ],
    defaults: { vpcEndpointType: "Gateway" },
    json: ["policy"],
    computed: {
      arn: "arn:{partition}:ec2:{region}:{account}:vpc-endpoint/{id}",
      // An endpoint's own names: regional first, as the service lists them.
      dnsEntries: [
        {
          dnsName: "{id}-{hex:8}.{serviceShortName}.{serviceRegionOrOwn}.vpce.amazonaws.com",
          hostedZoneId: "Z{upper:13}",
        },
      ],
      ipAddressType: "ipv4",
      networkInterfaceIds: ["eni-{hex:17}"],
      prefixListId: "pl-{hex:8}",
      policy: '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}',
      serviceRegion: "{region}",
      state: "available",
    },
    rules: [
      {
        rule: "oneOf",
        at: "vpcEndpointType",
        values: ["Gateway", "GatewayLoadBalancer", "Interface", "Resource", "ServiceNetwork"],
      },
      { rule: "oneOf", at: "ipAddressType", values: ["ipv4", "dualstack", "ipv6"] },
      {
        rule: "oneOf",
        at: "dnsOptions.dnsRecordIpType",
        values: ["ipv4", "dualstack", "ipv6", "service-defined"],
      },
      { rule: "exactlyOne", of: ["serviceName", "resourceConfigurationArn", "serviceNetworkArn"] },
    ],
  },
  "route53/ResolverEndpoint": {
    id: "rslvr-in-{hex:17}",
    replaceOn: ["direction", "securityGroupIds"],
    computed: {
      arn: "arn:{partition}:route53resolver:{region}:{account}:resolver-endpoint/{id}",
      hostVpcId: "vpc-{hex:17}",
      protocols: ["Do53"],
      resolverEndpointType: "IPV4",
    },
    rules: [
      {
        rule: "oneOf",
        at: "direction",
        values: ["INBOUND", "OUTBOUND", "INBOUND_DELEGATION"],
      },
      { rule: "count", at: "ipAddresses", min: 2, max: 10 },
      { rule: "count", at: "securityGroupIds", min: 1, max: 64 },
      { rule: "oneOf", at: "resolverEndpointType", values: ["IPV4", "IPV6", "DUALSTACK"] },
    ],
  },
  "route53/Zone": {
    id: "Z{upper:19}",
    replaceOn: ["name", "delegationSetId"],
    autoName: "none",
    defaults: { comment: "Managed by Pulumi", forceDestroy: false },
    computed: {
      arn: "arn:{partition}:route53:::hostedzone/{id}",
      zoneId: "{id}",
      name: "{urnName}",
      nameServers: ["ns-0.awsdns-00.com", "ns-512.awsdns-00.net"],
      primaryNameServer: "ns-0.awsdns-00.com",
    },
  },
  "route53/Record": {
    id: "{zoneId}_{name}_{type}",
    replaceOn: ["zoneId", "name", "type", "setIdentifier"],
    computed: { fqdn: "{name}" },
    rules: [
      {
        rule: "oneOf",
        at: "type",
        values: [
          ...["A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR"],
          ...["NS", "PTR", "SOA", "SPF", "SRV", "SSHFP", "SVCB", "TLSA", "TXT"],
        ],
      },
      { rule: "range", at: "ttl", min: 0, max: 2_147_483_647 },
      { rule: "exactlyOne", of: ["records", "aliases"] },
    ],
  },
};
