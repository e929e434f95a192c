import { describe, expect, it } from "vitest";

import { changesBetween } from "../../../../offline/providers/diff.ts";
import { gcpModel } from "../../../../offline/providers/gcp/model.ts";
import { tokenOf } from "../../../../offline/providers/gcp/type-tokens.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";
import { check } from "./checked.ts";
import { storeRows } from "./rows/stores.ts";
import { tokenServiceRows } from "./rows/token-service.ts";

const rows = { ...storeRows, ...tokenServiceRows };
const refused = (type: string, change: Properties) =>
  check(type, { ...rows[type]?.[0], ...change }).failures;
const label =
  "a name: 1 to 63 lower-case letters, digits and hyphens, a letter first, no hyphen last";

describe("what Google refuses of what a token service stands on", () => {
  it.each<[string, Properties, string]>([
    [
      "compute/RegionNetworkEndpointGroup",
      { networkEndpointType: "GCE_VM_IP_PORT" },
      'networkEndpointType: "GCE_VM_IP_PORT" is not one of "SERVERLESS", "PRIVATE_SERVICE_CONNECT", "INTERNET_IP_PORT", "INTERNET_FQDN_PORT", "GCE_VM_IP_PORTMAP"',
    ],
    [
      "compute/RegionNetworkEndpointGroup",
      { appEngine: {} },
      'appEngine: only one of "cloudRun", "cloudFunction", "appEngine", "serverlessDeployment" may be given',
    ],
    [
      "compute/RegionBackendService",
      { loadBalancingScheme: "INTERNAL_SELF_MANAGED" },
      'loadBalancingScheme: "INTERNAL_SELF_MANAGED" is not one of "EXTERNAL", "EXTERNAL_MANAGED", "INTERNAL", "INTERNAL_MANAGED"',
    ],
    [
      "compute/RegionBackendService",
      { backends: [{ group: "tokens" }] },
      'backends[0].group: "tokens" is not a reference: .../networkEndpointGroups/NAME',
    ],
    [
      "compute/RegionUrlMap",
      { defaultService: "projects/p/regions/r/urlMaps/tokens" },
      'defaultService: "projects/p/regions/r/urlMaps/tokens" is not a reference: .../backendServices/NAME',
    ],
    [
      "compute/RegionUrlMap",
      { headerAction: { requestHeadersToAdds: [{ headerName: "X-Goog-Cert", headerValue: "a" }] } },
      'headerAction.requestHeadersToAdds[0].headerName: "X-Goog-Cert" is not a header Google lets be written: not X-User-IP, Host, X-Google*, X-Goog-*, X-GFE* or X-Amz-*',
    ],
    [
      "compute/RegionUrlMap",
      { headerAction: { requestHeadersToAdds: [{ headerName: "x-client-cert-leaf" }] } },
      "headerAction.requestHeadersToAdds[0].headerValue: the service requires it",
    ],
    [
      "compute/RegionSslPolicy",
      { minTlsVersion: "TLS_1_4" },
      'minTlsVersion: "TLS_1_4" is not one of "TLS_1_0", "TLS_1_1", "TLS_1_2", "TLS_1_3"',
    ],
    [
      "compute/RegionTargetHttpsProxy",
      { sslCertificates: ["projects/p/regions/r/sslCertificates/c"] },
      'certificateManagerCertificates: only one of "sslCertificates", "certificateManagerCertificates" may be given',
    ],
    [
      "compute/RegionTargetHttpsProxy",
      { serverTlsPolicy: "tokens" },
      'serverTlsPolicy: "tokens" is not a reference: .../serverTlsPolicies/NAME',
    ],
    [
      "certificatemanager/TrustConfig",
      { trustStores: [{ trustAnchors: [{ pemCertificate: "secret" }] }] },
      "trustStores[0].trustAnchors[0].pemCertificate: its text is not one certificate as PEM",
    ],
    [
      "certificatemanager/TrustConfig",
      { trustStores: [] },
      "trustStores: has 0 items, must have 1 to 1",
    ],
    ["networksecurity/ServerTlsPolicy", { name: "Tokens" }, `name: "Tokens" is not ${label}`],
    [
      "networksecurity/ServerTlsPolicy",
      { mtlsPolicy: { clientValidationMode: "ALLOW" } },
      'mtlsPolicy.clientValidationMode: "ALLOW" is not one of "ALLOW_INVALID_OR_MISSING_CLIENT_CERT", "REJECT_INVALID"',
    ],
    [
      "networksecurity/AuthzPolicy",
      { target: { resources: ["projects/p/regions/r/urlMaps/u"] } },
      'target.resources[0]: "projects/p/regions/r/urlMaps/u" is not a reference: .../forwardingRules/NAME',
    ],
    [
      "networksecurity/AuthzPolicy",
      {
        httpRules: [
          {
            from: {
              sources: [
                {
                  ipBlocks: Array.from({ length: 11 }, (_, at) => ({
                    prefix: `10.${at}.0.0`,
                    length: 16,
                  })),
                },
              ],
            },
          },
        ],
      },
      "httpRules[0].from.sources[0].ipBlocks: has 11 items, must have 1 to 10",
    ],
    [
      "networkconnectivity/ServiceConnectionPolicy",
      { network: "private" },
      'network: "private" is not a network: projects/P/global/networks/N',
    ],
    [
      "memorystore/Instance",
      { instanceId: "abc" },
      'instanceId: "abc" is not an id: 4 to 63 lower-case letters, digits and hyphens, no hyphen first or last',
    ],
    ["memorystore/Instance", { location: "eu" }, 'location: "eu" is not a region, as europe-west1'],
    [
      "memorystore/Instance",
      { persistenceConfig: { mode: "AOF", aofConfig: { appendFsync: "SOMETIMES" } } },
      'persistenceConfig.aofConfig.appendFsync: "SOMETIMES" is not one of "NEVER", "EVERY_SEC", "ALWAYS"',
    ],
    ["memorystore/Instance", { replicaCount: 6 }, "replicaCount: 6 is not between 0 and 5"],
    [
      "secretmanager/SecretVersion",
      { secret: "policy" },
      'secret: "policy" is not the full name of a secret: projects/P/secrets/S',
    ],
    [
      "cloudrunv2/Service",
      { template: { vpcAccess: { egress: "NONE" } } },
      'template.vpcAccess.egress: "NONE" is not one of "ALL_TRAFFIC", "PRIVATE_RANGES_ONLY"',
    ],
    [
      "cloudrunv2/Service",
      { template: { scaling: { maxInstanceCount: 0 } } },
      "template.scaling.maxInstanceCount: 0 is not between 1 and 1000",
    ],
  ])("%s %#", (type, change, says) => {
    expect(refused(type, change)).toEqual([says]);
  });

  it("is one place the certificate comes from", () => {
    expect(
      check("compute/RegionTargetHttpsProxy", {
        name: "tokens",
        urlMap: "projects/p/regions/r/urlMaps/u",
      }).failures,
    ).toEqual([
      'sslCertificates: one of "sslCertificates", "certificateManagerCertificates" must be given',
    ]);
  });
});

describe("what cannot be changed in place", () => {
  it.each([
    [
      "memorystore/Instance",
      ["authorizationMode", "instanceId", "kmsKey", "transitEncryptionMode"],
      ["replicaCount", "persistenceConfig", "engineConfigs"],
    ],
    ["compute/RegionNetworkEndpointGroup", ["cloudRun", "name"], []],
    ["compute/RegionUrlMap", ["name"], ["defaultService", "headerAction"]],
    [
      "compute/RegionTargetHttpsProxy",
      ["name"],
      ["certificateManagerCertificates", "serverTlsPolicy", "sslPolicy", "urlMap"],
    ],
    ["certificatemanager/TrustConfig", ["name"], ["trustStores"]],
    ["networksecurity/AuthzPolicy", ["name"], ["httpRules"]],
    ["networkconnectivity/ServiceConnectionPolicy", ["network", "serviceClass"], ["pscConfig"]],
    ["secretmanager/SecretVersion", ["secret", "secretData"], ["enabled"]],
    ["secretmanager/SecretIamMember", ["member", "role", "secretId"], []],
  ])("of %s is %j, and not %j", (type, replacing, inPlace) => {
    const replaceOn = gcpModel().replaceOn(tokenOf(type));
    expect(replacing.filter((name) => !replaceOn.has(name))).toEqual([]);
    expect(inPlace.filter((name) => replaceOn.has(name))).toEqual([]);
  });

  it("makes a new version of a file when its text is another", () => {
    const replaceOn = gcpModel().replaceOn("gcp:secretmanager/secretVersion:SecretVersion");
    expect(changesBetween({ secretData: "a" }, { secretData: "b" }, replaceOn)).toEqual([
      { path: "secretData", kind: "update", replaces: true },
    ]);
  });
});
