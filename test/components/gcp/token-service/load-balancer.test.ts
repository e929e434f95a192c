import { describe, expect, it } from "vitest";

import { resolved } from "../../../support/deploy.ts";
import { only } from "../../../support/inventory.ts";
import { base, configOf, located, regional, run, usual } from "./deployed.ts";
import { authority, certificate } from "./support.ts";

describe("the load balancer of a token service at Google", () => {
  it("answers at one address, with the company's certificate, to laptops only", async () => {
    const { resources, result } = await usual();
    expect(await resolved(result.target)).toBe("10.60.0.4");
    expect(only(resources, "gcp:compute/forwardingRule:ForwardingRule")).toMatchObject({
      loadBalancingScheme: "INTERNAL_MANAGED",
      ipAddress: "10.60.0.4",
      portRange: "443",
      target: `${regional}/targetHttpsProxies/${base}`,
    });
    expect(only(resources, "gcp:compute/regionSslPolicy:RegionSslPolicy")).toMatchObject({
      profile: "RESTRICTED",
      minTlsVersion: "TLS_1_2",
    });
    const proxy = only(resources, "gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy");
    expect(proxy.certificateManagerCertificates).toEqual([certificate]);
    expect(proxy).not.toHaveProperty("serverTlsPolicy");
    expect(only(resources, "gcp:networksecurity/authzPolicy:AuthzPolicy")).toMatchObject({
      location: "europe-west3",
      action: "ALLOW",
      target: {
        loadBalancingScheme: "INTERNAL_MANAGED",
        resources: [`${regional}/forwardingRules/${base}`],
      },
      httpRules: [{ from: { sources: [{ ipBlocks: [{ prefix: "10.0.0.0", length: 16 }] }] } }],
    });
  });

  it("takes out a certificate header a laptop sends, devices or not", async () => {
    const { resources } = await usual();
    expect(only(resources, "gcp:compute/regionUrlMap:RegionUrlMap").headerAction).toEqual({
      requestHeadersToRemoves: ["x-client-cert-leaf"],
    });
  });

  it("passes on the certificate of a device, which it asks for and does not insist on", async () => {
    const { resources, result } = await run({ deviceAuthorities: authority });
    expect(only(resources, "gcp:compute/regionUrlMap:RegionUrlMap").headerAction).toEqual({
      requestHeadersToRemoves: ["x-client-cert-leaf"],
      requestHeadersToAdds: [
        { headerName: "x-client-cert-leaf", headerValue: "{client_cert_leaf}", replace: true },
      ],
    });
    expect(only(resources, "gcp:certificatemanager/trustConfig:TrustConfig").trustStores).toEqual([
      { trustAnchors: [{ pemCertificate: authority }] },
    ]);
    expect(only(resources, "gcp:networksecurity/serverTlsPolicy:ServerTlsPolicy")).toMatchObject({
      location: "europe-west3",
      allowOpen: false,
      mtlsPolicy: {
        clientValidationMode: "ALLOW_INVALID_OR_MISSING_CLIENT_CERT",
        clientValidationTrustConfig: `projects/210987654321/locations/europe-west3/trustConfigs/${base}`,
      },
    });
    const proxy = only(resources, "gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy");
    expect(proxy.serverTlsPolicy).toBe(`${located}/serverTlsPolicies/${base}`);
    const config = configOf(resources);
    expect(config.clientCertificate).toEqual({
      from: "header",
      header: "x-client-cert-leaf",
      trustedProxyCidrs: ["169.254.0.0/16"],
    });
    expect(result.remainingSteps.at(-1)).toBe(
      "Send one request with a header x-client-cert-leaf of your own making and see it come to nothing: no page says in which order the load balancer takes a header out and writes it (docs/token-service-google.md).",
    );
  });
});
