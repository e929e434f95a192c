import { expect } from "vitest";

import type { Row } from "./row.ts";

const regional = "projects/cowork-eu/regions/europe-west1";
const located = "projects/cowork-eu/locations/europe-west1";
const link = "https://www.googleapis.com/compute/v1/{id}";
const network = "projects/cowork-eu/global/networks/private";
const pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

/** What the token service stands on: load balancer, device certificates, files and store. */
export const tokenServiceRows: Readonly<Record<string, Row>> = {
  "compute/RegionNetworkEndpointGroup": [
    { name: "tokens", region: "europe-west1", cloudRun: { service: "tokens" } },
    `${regional}/networkEndpointGroups/tokens`,
    { networkEndpointType: "SERVERLESS", selfLink: link },
  ],
  "compute/RegionBackendService": [
    {
      name: "tokens",
      loadBalancingScheme: "INTERNAL_MANAGED",
      protocol: "HTTPS",
      backends: [{ group: `${regional}/networkEndpointGroups/tokens`, capacityScaler: 1 }],
    },
    `${regional}/backendServices/tokens`,
    { protocol: "HTTPS", region: "europe-west1", selfLink: link, timeoutSec: 30 },
  ],
  "compute/RegionUrlMap": [
    { name: "tokens", defaultService: `${regional}/backendServices/tokens` },
    `${regional}/urlMaps/tokens`,
    { region: "europe-west1", selfLink: link },
  ],
  "compute/RegionSslPolicy": [
    { name: "tokens" },
    `${regional}/sslPolicies/tokens`,
    { minTlsVersion: "TLS_1_0", profile: "COMPATIBLE", selfLink: link },
  ],
  "compute/RegionTargetHttpsProxy": [
    {
      name: "tokens",
      urlMap: `${regional}/urlMaps/tokens`,
      certificateManagerCertificates: [`${located}/certificates/tokens`],
    },
    `${regional}/targetHttpsProxies/tokens`,
    { region: "europe-west1", selfLink: link },
  ],
  "certificatemanager/TrustConfig": [
    {
      name: "tokens",
      location: "europe-west1",
      trustStores: [{ trustAnchors: [{ pemCertificate: pem }] }],
    },
    `${located}/trustConfigs/tokens`,
    { project: "cowork-eu" },
  ],
  "networksecurity/ServerTlsPolicy": [
    { name: "tokens" },
    "projects/cowork-eu/locations/global/serverTlsPolicies/tokens",
    { location: "global", project: "cowork-eu" },
  ],
  "networksecurity/AuthzPolicy": [
    {
      name: "tokens",
      location: "europe-west1",
      action: "ALLOW",
      target: {
        loadBalancingScheme: "INTERNAL_MANAGED",
        resources: [`${regional}/forwardingRules/tokens`],
      },
      httpRules: [{ from: { sources: [{ ipBlocks: [{ prefix: "10.0.0.0", length: 8 }] }] } }],
    },
    `${located}/authzPolicies/tokens`,
    { project: "cowork-eu" },
  ],
  "networkconnectivity/ServiceConnectionPolicy": [
    {
      name: "store",
      location: "europe-west1",
      network,
      serviceClass: "gcp-memorystore",
      pscConfig: { subnetworks: [`${regional}/subnetworks/private`] },
    },
    `${located}/serviceConnectionPolicies/store`,
    { infrastructure: "PSC" },
  ],
  "memorystore/Instance": [
    { instanceId: "tokens", location: "europe-west1", shardCount: 1 },
    `${located}/instances/tokens`,
    {
      authorizationMode: "AUTH_DISABLED",
      deletionProtectionEnabled: true,
      endpoints: [
        {
          connections: [
            {
              pscAutoConnection: expect.objectContaining({
                connectionType: "CONNECTION_TYPE_PRIMARY",
                ipAddress: "10.255.0.2",
                port: 6379,
              }),
            },
            {
              pscAutoConnection: expect.objectContaining({
                connectionType: "CONNECTION_TYPE_READER",
                ipAddress: "10.255.0.3",
                port: 6379,
              }),
            },
          ],
        },
      ],
      mode: "CLUSTER",
      transitEncryptionMode: "TRANSIT_ENCRYPTION_DISABLED",
    },
  ],
  "secretmanager/SecretVersion": [
    { secret: "projects/cowork-eu/secrets/policy", secretData: "{}" },
    /^projects\/\d+\/secrets\/policy\/versions\/1$/,
    { enabled: true, name: "{id}", version: "1" },
  ],
  "secretmanager/SecretIamMember": [
    {
      secretId: "policy",
      role: "roles/secretmanager.secretAccessor",
      member: "serviceAccount:a@b.iam.gserviceaccount.com",
    },
    "projects/cowork-eu/secrets/policy/roles/secretmanager.secretAccessor/serviceAccount:a@b.iam.gserviceaccount.com",
    {},
  ],
};
