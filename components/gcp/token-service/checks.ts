import { googlePlaceVerdict } from "../../../residency/gcp/resting-places.ts";
import { checkCidrs } from "../../shared/block-problems.ts";
import type { Problem } from "../../shared/input-check.ts";
import { checkLogRetention } from "../audit-logs.ts";
import { checkVertexLabel } from "../names.ts";
import { checkDataRegion } from "../store-place.ts";
import type { GoogleTokenServiceArgs } from "./args.ts";
import { authorityProblems } from "./certificates.ts";
import { checkNetwork } from "./network-checks.ts";
import { planService, type ServicePlan, sampleConfig, splitConfig } from "./plan.ts";
import { checkStore } from "./store-checks.ts";

/**
 * Blocks one authorization policy names.
 * @see https://docs.cloud.google.com/dotnet/docs/reference/Google.Cloud.NetworkSecurity.V1/latest/Google.Cloud.NetworkSecurity.V1.AuthzPolicy.Types.AuthzRule.Types.From.Types.RequestSource (looked up 2026-11-21)
 */
const mostClients = 10;
/**
 * Cloud Run kills an instance ten seconds after it asked it to stop; one second is for the last lines of its log.
 * @see https://cloud.google.com/blog/topics/developers-practitioners/graceful-shutdowns-cloud-run-deep-dive (of 2020-10-20, looked up 2026-11-21)
 */
const longestGraceSeconds = 9;
/** Cloud Run's default quota of instances with Direct VPC egress is 100: the kit's own bound. */
const mostInstances = 100;

/** Everything about a token service's arguments that can be judged without Google; all problems at once. Pure. */
export function checkTokenService(args: GoogleTokenServiceArgs): Problem[] {
  const plan = planService(args);
  const { zone, region } = args;
  return [
    ...checkDataRegion({ zone, dataRegion: region }).map(({ reason }) => ({
      path: "region",
      reason,
    })),
    ...checkVertexLabel(plan.label),
    ...checkLogRetention("retentionDays", args.retentionDays),
    ...checkHost(args.host),
    ...checkImage(args),
    ...checkReplicas(args, plan),
    ...checkCertificate(args),
    ...checkKey(args),
    ...checkClients(args),
    ...checkNetwork(args.network, plan, args.clientCidrs),
    ...checkCallers(args.callers, plan),
    ...authorityProblems("deviceAuthorities", args.deviceAuthorities),
    ...checkStore(plan.store),
    ...checkBinaryAuthorization(args.binaryAuthorization),
    ...checkConfig(args, plan),
  ];
}

function checkHost(host: string): Problem[] {
  const good = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(host);
  return good ? [] : [{ path: "host", reason: `"${host}" is no host name in lower case` }];
}

/**
 * A tag could be moved to another image, and an image elsewhere is fetched from there at every start.
 * @see https://docs.cloud.google.com/artifact-registry/docs/docker/names (looked up 2026-11-21)
 */
function checkImage({ image, zone, region, projectId }: GoogleTokenServiceArgs): Problem[] {
  const path = "image";
  const wanted = `${region}-docker.pkg.dev/${projectId}/<repository>/<image>@sha256:<digest>`;
  if (!/@sha256:[0-9a-f]{64}$/.test(image)) {
    return [{ path, reason: `"${image}" is not pinned by digest; write ${wanted}` }];
  }
  const place = imageParts(image)?.location;
  if (place === undefined) {
    const reason = `"${image}" is not in Artifact Registry, so its place is not known; copy it there and write ${wanted}`;
    return [{ path, reason }];
  }
  const { status, reason } = googlePlaceVerdict(zone, place);
  return status === "inside"
    ? []
    : [{ path, reason: `${status}: ${reason}; copy it to ${region}` }];
}

/** Place and project of an image in Artifact Registry. */
export function imageParts(
  image: string,
): { readonly location: string; readonly projectId: string } | undefined {
  const [, location, projectId] =
    /^([a-z]+(?:-[a-z]+\d+)?)-docker\.pkg\.dev\/([a-z][a-z0-9-]{4,28}[a-z0-9])\/[a-z0-9-]+\/[a-z0-9._/-]+@sha256:[0-9a-f]{64}$/.exec(
      image,
    ) ?? [];
  return location === undefined || projectId === undefined ? undefined : { location, projectId };
}

function checkReplicas({ replicas }: GoogleTokenServiceArgs, { maxReplicas }: ServicePlan) {
  const problems: Problem[] = [];
  if (!Number.isInteger(replicas) || replicas < 2 || replicas > mostInstances) {
    const reason = `${replicas}; need a whole number from 2 to ${mostInstances}`;
    problems.push({ path: "replicas", reason });
  } else if (
    !Number.isInteger(maxReplicas) ||
    maxReplicas < replicas ||
    maxReplicas > mostInstances
  ) {
    const reason = `${maxReplicas}; need a whole number from ${replicas}, which always run, to ${mostInstances}`;
    problems.push({ path: "maxReplicas", reason });
  }
  return problems;
}

function checkCertificate({ certificate, projectId, region }: GoogleTokenServiceArgs): Problem[] {
  const own = [
    `projects/${projectId}/locations/${region}/certificates/`,
    `projects/${projectId}/regions/${region}/sslCertificates/`,
  ];
  const start = own.find((one) => certificate.startsWith(one));
  if (start !== undefined && /^[a-z][a-z0-9-]{0,62}$/.test(certificate.slice(start.length))) {
    return [];
  }
  const reason = `"${certificate}" is no certificate of ${projectId} in ${region}; write ${own.map((one) => `${one}<name>`).join(" or ")}`;
  return [{ path: "certificate", reason }];
}

function checkKey({ key, region }: GoogleTokenServiceArgs): Problem[] {
  const place = /^projects\/[^/]+\/locations\/([^/]+)\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/.exec(
    key,
  )?.[1];
  if (place === region) return [];
  const reason =
    place === undefined
      ? `"${key}" is no key; write it as projects/p/locations/${region}/keyRings/r/cryptoKeys/k`
      : `${key} rests in ${place}, but what it encrypts rests in ${region}; use a key of ${region}`;
  return [{ path: "key", reason }];
}

function checkClients({
  clientCidrs,
  egressCidrs,
  deviceAuthorities,
}: GoogleTokenServiceArgs): Problem[] {
  const problems: Problem[] = [];
  if (clientCidrs.length === 0) {
    const reason = "empty; name the blocks laptops come from, or nobody gets in";
    problems.push({ path: "clientCidrs", reason });
  }
  if (egressCidrs.length === 0 && deviceAuthorities === undefined) {
    const reason =
      "empty; the keys of no issuer could be fetched, and every token would be refused";
    problems.push({ path: "egressCidrs", reason });
  }
  return [
    ...problems,
    ...checkCidrs("clientCidrs", clientCidrs, mostClients),
    ...checkCidrs("egressCidrs", egressCidrs, 40),
  ];
}

/** Each one account somebody made; never a default one, which other workloads share. */
function checkCallers(callers: readonly string[], { names }: ServicePlan): Problem[] {
  const path = "callers";
  const account =
    /^[a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z][a-z0-9-]{4,28}[a-z0-9]\.iam\.gserviceaccount\.com$/;
  const problems = callers
    .filter((email) => !account.test(email))
    .map((email) => ({
      path,
      reason: `"${email}" is no service account of a project; write NAME@PROJECT.iam.gserviceaccount.com`,
    }));
  if (callers.includes(names.email)) {
    const reason = `"${names.email}" is the service's own account; a caller is another one, which may call Claude`;
    problems.push({ path, reason });
  }
  for (const twice of new Set(callers.filter((one, i) => callers.indexOf(one) !== i))) {
    problems.push({ path, reason: `"${twice}" is listed twice` });
  }
  return problems;
}

/** @see https://docs.cloud.google.com/binary-authorization/docs/run/enabling-binauthz-cloud-run (looked up 2026-11-21) */
function checkBinaryAuthorization(policy: string | undefined): Problem[] {
  if (policy === undefined || policy === "project-default") return [];
  if (/^projects\/[^/]+\/platforms\/cloudRun\/policies\/[^/]+$/.test(policy)) return [];
  const reason = `"${policy}"; write project-default, or projects/<p>/platforms/cloudRun/policies/<name>`;
  return [{ path: "binaryAuthorization", reason }];
}

/**
 * What the service is told, with a stand-in for a store that does not exist yet.
 * @see https://docs.cloud.google.com/secret-manager/quotas (64 KiB a secret; looked up 2026-11-21)
 */
function checkConfig(args: GoogleTokenServiceArgs, plan: ServicePlan): Problem[] {
  const path = "serviceConfig";
  const split = splitConfig(sampleConfig(args, plan));
  if (split === undefined) return [{ path, reason: "gives no JSON object" }];
  const problems: Problem[] = [];
  const { config, trustPolicy = "", port, shutdownGraceSeconds: grace } = split;
  if (!Number.isInteger(port) || port < 1024 || port > 65_535) {
    const reason = `listen.port is ${port}; a container that may not be root listens on 1024 to 65535`;
    problems.push({ path, reason });
  }
  if (!(grace >= 0 && grace <= longestGraceSeconds)) {
    const reason = `limits.shutdownGraceSeconds is ${grace}; Cloud Run ends an instance 10 seconds after it asks it to stop: set ${longestGraceSeconds} or less`;
    problems.push({ path, reason });
  }
  // Some room for the address of the store, which is not known before it exists.
  if (Buffer.byteLength(config) > 65_000) {
    const reason = `has ${Buffer.byteLength(config)} bytes without the trust policy; a secret holds 65536: list fewer routes or models`;
    problems.push({ path, reason });
  }
  if (Buffer.byteLength(trustPolicy) > 65_536) {
    const reason = `its trust policy has ${Buffer.byteLength(trustPolicy)} bytes; a secret holds 65536: list fewer policies`;
    problems.push({ path, reason });
  }
  return problems;
}
