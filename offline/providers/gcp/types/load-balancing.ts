import type { ResourceType } from "../../shared/resource-type.ts";
import type { Rule } from "../../shared/rules.ts";
import { dnsLabel, location, oneOf, region } from "../rules.ts";

const link = "https://www.googleapis.com/compute/v1/{id}";
const regional = (kind: string): string => `projects/{project}/regions/{region}/${kind}/{name}`;
const lowerCase = { input: "name", maxLength: 63, lowerCase: true };

/** A reference as the provider takes it: a full or partial URL that ends in the kind and a name. */
const reference = (at: string, kind: string): Rule => ({
  rule: "matches",
  at,
  pattern: new RegExp(`(^|/)(${kind})/[a-z]([-a-z0-9]{0,61}[a-z0-9])?$`),
  wanted: `a reference: .../${kind.split("|")[0]}/NAME`,
});

/** Variables a header's value may hold besides text. https://docs.cloud.google.com/load-balancing/docs/l7-internal/custom-headers */
const headerName: Rule = {
  rule: "matches",
  at: "headerAction.requestHeadersToAdds.headerName",
  pattern:
    /^(?!(?:x-google|x-goog-|x-gfe|x-amz-))(?!(?:x-user-ip|host|authority)$)[!#$%&'*+.^_`|~0-9a-z-]+$/i,
  wanted:
    "a header Google lets be written: not X-User-IP, Host, X-Google*, X-Goog-*, X-GFE* or X-Amz-*",
};

/** Regional load balancers for HTTPS. Source: the Terraform Google provider's schemas and validators. */
export const loadBalancingTypes: Readonly<Record<string, ResourceType>> = {
  "compute/RegionNetworkEndpointGroup": {
    id: regional("networkEndpointGroups"),
    replaceOn: [
      ...["name", "description", "network", "subnetwork", "networkEndpointType", "cloudRun"],
      ...["cloudFunction", "appEngine", "pscTargetService", "pscData", "serverlessDeployment"],
    ],
    autoName: lowerCase,
    defaults: { networkEndpointType: "SERVERLESS" },
    computed: { selfLink: link },
    rules: [
      dnsLabel("name"),
      oneOf(
        "networkEndpointType",
        ...["SERVERLESS", "PRIVATE_SERVICE_CONNECT", "INTERNET_IP_PORT", "INTERNET_FQDN_PORT"],
        "GCE_VM_IP_PORTMAP",
      ),
      { rule: "atMostOne", of: ["cloudRun", "cloudFunction", "appEngine", "serverlessDeployment"] },
    ],
  },
  "compute/RegionBackendService": {
    id: regional("backendServices"),
    replaceOn: ["name", "network"],
    autoName: lowerCase,
    defaults: {
      connectionDrainingTimeoutSec: 0,
      loadBalancingScheme: "INTERNAL",
    },
    computed: {
      fingerprint: "{hex:12}",
      generatedId: "{decimal:9}",
      portName: "http",
      protocol: "HTTP",
      selfLink: link,
      sessionAffinity: "NONE",
      timeoutSec: 30,
    },
    rules: [
      dnsLabel("name"),
      oneOf(
        "loadBalancingScheme",
        ...["EXTERNAL", "EXTERNAL_MANAGED", "INTERNAL", "INTERNAL_MANAGED"],
      ),
      oneOf(
        "protocol",
        ...["HTTP", "HTTPS", "HTTP2", "H2C", "TCP", "SSL", "UDP", "GRPC", "UNSPECIFIED"],
      ),
      { rule: "range", at: "logConfig.sampleRate", min: 0, max: 1 },
      { rule: "range", at: "backends.capacityScaler", min: 0, max: 1 },
      reference("backends.group", "networkEndpointGroups|instanceGroups"),
    ],
  },
  "compute/RegionUrlMap": {
    id: regional("urlMaps"),
    replaceOn: ["name"],
    autoName: lowerCase,
    computed: { fingerprint: "{hex:12}", mapId: "{decimal:9}", selfLink: link },
    rules: [
      dnsLabel("name"),
      reference("defaultService", "backendServices|backendBuckets"),
      headerName,
      { rule: "needed", at: "headerAction.requestHeadersToAdds.headerValue" },
    ],
  },
  "compute/RegionSslPolicy": {
    id: regional("sslPolicies"),
    replaceOn: ["name", "description"],
    autoName: lowerCase,
    defaults: { minTlsVersion: "TLS_1_0", profile: "COMPATIBLE" },
    computed: { enabledFeatures: [], fingerprint: "{hex:12}", selfLink: link },
    rules: [
      dnsLabel("name"),
      oneOf("minTlsVersion", "TLS_1_0", "TLS_1_1", "TLS_1_2", "TLS_1_3"),
      oneOf("profile", "COMPATIBLE", "MODERN", "RESTRICTED", "CUSTOM", "FIPS_202205"),
    ],
  },
  "compute/RegionTargetHttpsProxy": {
    id: regional("targetHttpsProxies"),
    replaceOn: ["name", "description", "httpKeepAliveTimeoutSec"],
    autoName: lowerCase,
    computed: { proxyId: "{decimal:9}", selfLink: link },
    rules: [
      dnsLabel("name"),
      reference("urlMap", "urlMaps"),
      reference("sslPolicy", "sslPolicies"),
      reference("serverTlsPolicy", "serverTlsPolicies"),
      { rule: "exactlyOne", of: ["sslCertificates", "certificateManagerCertificates"] },
      reference("sslCertificates[]", "sslCertificates"),
      reference("certificateManagerCertificates[]", "certificates"),
    ],
  },
  "certificatemanager/TrustConfig": {
    id: "projects/{project}/locations/{location}/trustConfigs/{name}",
    replaceOn: ["name"],
    rules: [
      dnsLabel("name"),
      location("location"),
      { rule: "count", at: "trustStores", min: 1, max: 1 },
      // https://docs.cloud.google.com/load-balancing/docs/mtls
      { rule: "count", at: "trustStores.trustAnchors", min: 1, max: 200 },
      { rule: "count", at: "trustStores.intermediateCas", min: 0, max: 100 },
      ...["trustAnchors", "intermediateCas"].map(
        (list): Rule => ({
          rule: "matches",
          at: `trustStores.${list}.pemCertificate`,
          pattern: /^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n?$/,
          wanted: "one certificate as PEM",
          unquoted: true,
        }),
      ),
    ],
  },
  "networksecurity/ServerTlsPolicy": {
    id: "projects/{project}/locations/{location}/serverTlsPolicies/{name}",
    replaceOn: ["name"],
    defaults: { location: "global" },
    rules: [
      dnsLabel("name"),
      location("location"),
      oneOf(
        "mtlsPolicy.clientValidationMode",
        ...["ALLOW_INVALID_OR_MISSING_CLIENT_CERT", "REJECT_INVALID"],
      ),
      reference("mtlsPolicy.clientValidationTrustConfig", "trustConfigs"),
    ],
  },
  "networksecurity/AuthzPolicy": {
    id: "projects/{project}/locations/{location}/authzPolicies/{name}",
    replaceOn: ["name"],
    rules: [
      dnsLabel("name"),
      region("location"),
      oneOf("action", "ALLOW", "DENY", "CUSTOM"),
      oneOf("policyProfile", "REQUEST_AUTHZ", "CONTENT_AUTHZ"),
      oneOf(
        "target.loadBalancingScheme",
        ...["INTERNAL_MANAGED", "EXTERNAL_MANAGED", "INTERNAL_SELF_MANAGED"],
      ),
      { rule: "needed", at: "target.resources" },
      reference("target.resources[]", "forwardingRules|gateways"),
      { rule: "count", at: "httpRules", min: 1, max: 5 },
      // https://docs.cloud.google.com/dotnet/docs/reference/Google.Cloud.NetworkSecurity.V1/latest/Google.Cloud.NetworkSecurity.V1.AuthzPolicy.Types.AuthzRule.Types.From.Types.RequestSource
      { rule: "count", at: "httpRules.from.sources.ipBlocks", min: 1, max: 10 },
    ],
  },
};
