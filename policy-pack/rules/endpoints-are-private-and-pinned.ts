import { servesBedrock } from "../documents.ts";
import { parseDocument, type Statement } from "../iam-document.ts";
import { judgeRegion, textOf } from "../placement.ts";
import { pinsPrincipals } from "../principal-pins.ts";
import { defineRule, type Finding, fail, type Resource, undecidable } from "../rule.ts";

/** Sets an endpoint's private DNS after the endpoint was made, whatever the endpoint itself says. */
const PRIVATE_DNS = "aws:vpc/endpointPrivateDns:EndpointPrivateDns";

/** Endpoints are private, in the zone, and open to known principals only. */
export const endpointsArePrivateAndPinned = defineRule({
  name: "endpoints-are-private-and-pinned",
  description:
    "VPC endpoints are Interface endpoints with private DNS, a policy of their own and a service in the zone.",
  remediation:
    "Set vpcEndpointType Interface, privateDnsEnabled true, securityGroupIds, and a policy that names principals, or pins them with aws:PrincipalAccount or aws:PrincipalOrgID.",
  scope: "resource",
  appliesTo: (type) =>
    type === "aws:ec2/vpcEndpoint:VpcEndpoint" ||
    type === "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy" ||
    type === PRIVATE_DNS,
  judge(resource, { zone }) {
    if (resource.type === PRIVATE_DNS) return judgePrivateDns(resource);
    if (resource.type !== "aws:ec2/vpcEndpoint:VpcEndpoint") return judgePolicy(resource);
    const { serviceName, serviceRegion } = resource.props;
    const name = textOf(serviceName);
    if (name === undefined) {
      return [
        undecidable("`serviceName` is absent: the service behind the endpoint cannot be seen"),
      ];
    }
    const region = /^(?:com|eu)\.amazonaws\.([a-z]{2,}(?:-[a-z]+)+-\d)\./.exec(name)?.[1];
    const service = [
      ...(region === undefined
        ? [undecidable(`\`serviceName\` ${name} does not say which region it is in`)]
        : judgeRegion(zone, region, "`serviceName`'s region")),
      ...(serviceRegion === undefined
        ? []
        : judgeRegion(zone, String(serviceRegion), "`serviceRegion`")),
    ];
    const gatewayService = /\.(s3|dynamodb)$/.test(name);
    const isGateway = (resource.props.vpcEndpointType ?? "Gateway") === "Gateway";
    if (gatewayService && isGateway && !servesBedrock(name)) return service;
    return [...service, ...judgeInterface(resource), ...judgePolicy(resource)];
  },
});

function judgeInterface({ props }: Resource): readonly Finding[] {
  const kind = props.vpcEndpointType ?? "Gateway (the default)";
  const dns = props.privateDnsEnabled;
  const groups = props.securityGroupIds;
  return [
    ...(kind === "Interface" ? [] : [fail(`\`vpcEndpointType\` is ${kind}, not Interface`)]),
    ...(dns === true || dns === "true"
      ? []
      : [fail(`\`privateDnsEnabled\` is ${dns ?? "absent (the default is false)"}, not true`)]),
    ...(Array.isArray(groups) && groups.length > 0
      ? []
      : [fail("`securityGroupIds` is empty: the VPC's default group would apply")]),
  ];
}

function judgePrivateDns({ props }: Resource): readonly Finding[] {
  const dns = props.privateDnsEnabled;
  if (dns === undefined) return [undecidable("`privateDnsEnabled` is absent")];
  return dns === true || dns === "true" ? [] : [fail(`\`privateDnsEnabled\` is ${dns}, not true`)];
}

function judgePolicy({ props }: Resource): readonly Finding[] {
  const { policy } = props;
  if (policy === undefined) {
    return [fail("`policy` is absent: the default lets every principal do everything")];
  }
  const parsed = parseDocument(policy);
  if ("problem" in parsed) return [undecidable(`\`policy\`: ${parsed.problem}`)];
  return parsed.statements.flatMap((statement) => {
    if (statement.effect === "Deny") return [];
    if (statement.hasNotPrincipal) {
      return [fail(`\`policy\` ${statement.label} allows by NotPrincipal`)];
    }
    if (Object.keys(statement.principals).length === 0) {
      return [undecidable(`\`policy\` ${statement.label} names no Principal`)];
    }
    const bare = Object.values(statement.principals).flat().includes("*");
    const anonymous = isTokenExchange(statement) || isCertificateExchange(statement);
    return bare && !pinsPrincipals(statement) && !anonymous
      ? [fail(`\`policy\` ${statement.label} allows any principal ("*") without pinning it`)]
      : [];
  });
}

/** Token exchanges are unsigned, so no principal can be named for them: the exact role is the pin. */
const UNSIGNED_STS_ACTIONS: ReadonlySet<string> = new Set([
  "sts:assumerolewithwebidentity",
  "sts:assumerolewithsaml",
  "sts:tagsession",
]);

function isTokenExchange({ actions, notActions, resources, notResources }: Statement): boolean {
  return (
    actions.length > 0 &&
    notActions.length + notResources.length === 0 &&
    actions.every((action) => UNSIGNED_STS_ACTIONS.has(action.toLowerCase())) &&
    resources.length > 0 &&
    resources.every((resource) => /^arn:[a-z-]+:iam::\d{12}:role\/[^*?$]+$/.test(resource))
  );
}

/**
 * Certificates are exchanged before AWS has authenticated anybody: the principal must be "*", and the pin
 * is the account whose trust anchors may be named.
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/vpc-interface-endpoints.html
 */
function isCertificateExchange(statement: Statement): boolean {
  const { actions, notActions, resources, notResources } = statement;
  return (
    actions.length > 0 &&
    notActions.length + notResources.length === 0 &&
    actions.every((action) => action.toLowerCase() === "rolesanywhere:createsession") &&
    resources.length > 0 &&
    resources.every((resource) =>
      /^arn:[a-z-]+:rolesanywhere:[a-z0-9-]+:\d{12}:trust-anchor\/[^$]+$/.test(resource),
    )
  );
}
