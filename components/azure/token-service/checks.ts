import { X509Certificate } from "node:crypto";

import { azurePlaceVerdict } from "../../../residency/azure/resting-places.ts";
import { checkCidrs } from "../../shared/block-problems.ts";
import type { Problem } from "../../shared/input-check.ts";
import { listenSettings } from "../../shared/listen-settings.ts";
import { checkLogRetention } from "../route-logs.ts";
import type { AzureTokenServiceArgs } from "./args.ts";
import { isWorkspaceId, registryHost, vaultSecret } from "./ids.ts";
import { checkDns, checkNetwork } from "./network-checks.ts";
import { planService, type ServicePlan, sampleConfig } from "./plan.ts";
import { checkStore } from "./store-checks.ts";

/** Longest label that fits `cowork-` and an ending in every name made of it; an environment has 60 characters. */
const maxLabelLength = 44;

/** Replicas one app may have without a raised quota are more; this is the kit's own bound. */
const mostReplicas = 100;

/** Everything about a token service's arguments that can be judged without Azure; all problems at once. Pure. */
export function checkTokenService(args: AzureTokenServiceArgs): Problem[] {
  const plan = planService(args);
  return [
    ...checkPlace(args),
    ...checkLabel(plan.label),
    ...checkGuid("subscriptionId", args.subscriptionId),
    ...checkGuid("tenantId", args.tenantId),
    ...checkGuid("callerApplicationObjectId", args.callerApplicationObjectId),
    ...checkLogs(args),
    ...checkHost(args.host),
    ...checkImage(args),
    ...checkReplicas(args, plan),
    ...checkCertificate(args.certificateId),
    ...checkClients(args),
    ...checkNetwork(args.network, args.clientCidrs),
    ...checkDns(plan.dns, plan),
    ...checkAuthorities(args.deviceAuthorities),
    ...checkHeaderTest(args),
    ...checkStore(plan.store),
    ...checkConfig(args, plan),
  ];
}

function checkPlace({ zone, region }: AzureTokenServiceArgs): Problem[] {
  const { status, reason } = azurePlaceVerdict(zone, region);
  return status === "inside" ? [] : [{ path: "region", reason: `${status}: ${reason}` }];
}

function checkLabel(label: string): Problem[] {
  const path = "label";
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(label)) {
    const reason = `"${label}" may hold lower-case letters, digits and single hyphens between them`;
    return [{ path, reason }];
  }
  if (label.length <= maxLabelLength) return [];
  const reason = `"${label}" has ${label.length} characters; at most ${maxLabelLength} fit: shorten the organization or geography`;
  return [{ path, reason }];
}

function checkGuid(path: string, id: string | undefined): Problem[] {
  if (id === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return [];
  return [{ path, reason: `"${id}" is no GUID` }];
}

/** The record rests in the route's workspace, which keeps everything equally long. */
function checkLogs({ workspace, retentionDays }: AzureTokenServiceArgs): Problem[] {
  const problems = checkLogRetention("retentionDays", retentionDays);
  if (!isWorkspaceId(workspace.id)) {
    const reason = `"${workspace.id}" is no resource id of a Log Analytics workspace`;
    problems.push({ path: "workspace.id", reason });
  }
  if (workspace.retentionDays !== retentionDays) {
    const reason = `${retentionDays} days, but the workspace of the route keeps ${workspace.retentionDays}; write the same in both places`;
    problems.push({ path: "retentionDays", reason });
  }
  return problems;
}

function checkHost(host: string): Problem[] {
  const good = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(host);
  return good ? [] : [{ path: "host", reason: `"${host}" is no host name in lower case` }];
}

/** A tag could be moved to another image, and the identity may pull from one registry only. */
function checkImage({ image, registryId }: AzureTokenServiceArgs): Problem[] {
  const host = registryHost(registryId);
  if (host === undefined) {
    const reason = `"${registryId}" is no resource id of a registry: /subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/r`;
    return [{ path: "registryId", reason }];
  }
  const wanted = `${host}/<repository>@sha256:<digest>`;
  const path = "image";
  if (!/@sha256:[0-9a-f]{64}$/.test(image)) {
    return [{ path, reason: `"${image}" is not pinned by digest; write ${wanted}` }];
  }
  return image.startsWith(`${host}/`)
    ? []
    : [{ path, reason: `"${image}" is not in ${host}; copy it there and write ${wanted}` }];
}

function checkReplicas({ replicas }: AzureTokenServiceArgs, { maxReplicas }: ServicePlan) {
  const problems: Problem[] = [];
  if (!Number.isInteger(replicas) || replicas < 2 || replicas > mostReplicas) {
    const reason = `${replicas}; need a whole number from 2 to ${mostReplicas}`;
    problems.push({ path: "replicas", reason });
  } else if (
    !Number.isInteger(maxReplicas) ||
    maxReplicas < replicas ||
    maxReplicas > 2 * mostReplicas
  ) {
    const reason = `${maxReplicas}; need a whole number from ${replicas}, which always run, to ${2 * mostReplicas}`;
    problems.push({ path: "maxReplicas", reason });
  }
  return problems;
}

function checkCertificate(id: string): Problem[] {
  if (vaultSecret(id) !== undefined) return [];
  const reason = `"${id}" is no resource id of a vault's secret; write /subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v/secrets/<the certificate's name>, without a version`;
  return [{ path: "certificateId", reason }];
}

function checkClients(args: AzureTokenServiceArgs): Problem[] {
  const { clientCidrs, egressCidrs, deviceAuthorities } = args;
  const problems: Problem[] = [];
  // Without a rule Container Apps lets everybody in.
  if (clientCidrs.length === 0) {
    const reason = "empty; name the blocks laptops come from, or everybody of the network gets in";
    problems.push({ path: "clientCidrs", reason });
  }
  if (egressCidrs.length === 0 && deviceAuthorities === undefined) {
    const reason =
      "empty; the keys of no issuer could be fetched, and every token would be refused";
    problems.push({ path: "egressCidrs", reason });
  }
  return [
    ...problems,
    ...checkCidrs("clientCidrs", clientCidrs),
    ...checkCidrs("egressCidrs", egressCidrs),
  ];
}

/** Ingress takes any certificate, so the service alone judges it. Never repeats text of the bundle. */
function checkAuthorities(bundle: string | undefined): Problem[] {
  if (bundle === undefined) return [];
  const path = "deviceAuthorities";
  if (/PRIVATE KEY/i.test(bundle)) {
    const reason =
      "holds a private key; take it out, and count it as known to everybody who read the file: replace it";
    return [{ path, reason }];
  }
  const blocks =
    bundle.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) {
    const reason = "holds no certificate; give PEM text, -----BEGIN CERTIFICATE----- and so on";
    return [{ path, reason }];
  }
  return blocks.flatMap((pem, index): Problem[] => {
    try {
      if (new X509Certificate(pem).ca) return [];
      return [{ path, reason: `certificate ${index + 1} is of no authority (CA is not set)` }];
    } catch {
      return [{ path, reason: `certificate ${index + 1} cannot be read` }];
    }
  });
}

/**
 * A header anybody may write would make a copied certificate as good as its key.
 * @see https://github.com/microsoft/azure-container-apps/issues/880 (looked up 2026-11-21)
 */
function checkHeaderTest(args: AzureTokenServiceArgs): Problem[] {
  const { deviceAuthorities, certificateHeaderTested: test, today } = args;
  const path = "certificateHeaderTested";
  if (deviceAuthorities === undefined) {
    return test === undefined
      ? []
      : [{ path, reason: "is given, but no device certificates are let in; remove it" }];
  }
  if (test === undefined) {
    const reason =
      "missing; no page says that Container Apps drops a certificate header its caller wrote: test it as docs/token-service-azure.md says and write who did and when, or let no device certificates in";
    return [{ path, reason }];
  }
  const problems: Problem[] = [];
  if (test.testedBy.trim() === "") {
    problems.push({ path: `${path}.testedBy`, reason: "empty; name who tested it" });
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(test.testedOn) || test.testedOn > today) {
    const reason = `"${test.testedOn}" is no date such as ${today}, or lies after today`;
    problems.push({ path: `${path}.testedOn`, reason });
  }
  return problems;
}

/**
 * What the service is told, with stand-ins for what does not exist yet.
 * @see https://learn.microsoft.com/azure/container-apps/application-lifecycle-management (termination grace, 600 seconds at most; looked up 2026-11-21)
 */
function checkConfig(args: AzureTokenServiceArgs, plan: ServicePlan): Problem[] {
  const path = "serviceConfig";
  const listen = listenSettings(sampleConfig(args, plan));
  if (listen === undefined) return [{ path, reason: "gives no JSON object" }];
  const { port, shutdownGraceSeconds: grace } = listen;
  const problems: Problem[] = [];
  if (!Number.isInteger(port) || port < 1024 || port > 65_535) {
    const reason = `listen.port is ${port}; a container that may not be root listens on 1024 to 65535`;
    problems.push({ path, reason });
  }
  if (!Number.isInteger(grace) || grace < 1 || grace > 590) {
    const reason = `limits.shutdownGraceSeconds is ${grace}; need 1 to 590, because a replica is killed after 600`;
    problems.push({ path, reason });
  }
  return problems;
}
