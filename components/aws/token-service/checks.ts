import type { Problem } from "../../shared/input-check.ts";
import { listenSettings } from "../../shared/listen-settings.ts";
import { bundleText } from "../iam/certificate-bundle.ts";
import { checkLabel } from "../names.ts";
import { checkPlace } from "../place.ts";
import { sizeProblems } from "../policy-size.ts";
import { policyText } from "../policy-text.ts";
import { checkRetention } from "../retention.ts";
import type { AwsTokenServiceArgs, CallerRole } from "./args.ts";
import { subnetCidrs } from "./network.ts";
import { checkCidrs, checkNetwork } from "./network-checks.ts";
import { createdForService, planService, type ServicePlan } from "./plan.ts";
import { taskStatements } from "./statements.ts";
import { checkStore } from "./store-checks.ts";
import { containerDefinitions, largestContainerBytes } from "./task.ts";

/** Everything about a token service's arguments that can be judged without AWS; all problems at once. Pure. */
export function checkTokenService(args: AwsTokenServiceArgs): Problem[] {
  const plan = planService(args);
  const problems = [
    ...checkPlace(plan.place),
    ...checkLabel(plan.label),
    ...checkRetention("retentionDays", args.retentionDays),
    ...checkHost(args.host),
    ...checkImage(args, plan),
    ...checkReplicas(args.replicas),
    ...checkCertificate(args.certificateArn, plan),
    ...checkClients(args),
    ...checkNetwork(args.network, plan, args.clientCidrs),
    ...checkCallers(args.callers, plan),
    ...checkAuthorities(args.deviceAuthorities),
    ...checkStore(plan.store, plan),
    ...sizeProblems("role inline policy", "callers", policyText(taskStatements(plan))),
  ];
  // The configuration is made from all of the above; with a mistake there it may not even be possible.
  return problems.length > 0 ? problems : checkConfig(args, plan);
}

function checkHost(host: string): Problem[] {
  const good = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(host);
  return good ? [] : [{ path: "host", reason: `"${host}" is no host name in lower case` }];
}

/** The VPC has no way to another registry, and a tag could be moved to another image. */
function checkImage({ image }: AwsTokenServiceArgs, { place, image: ecr }: ServicePlan): Problem[] {
  const path = "image";
  const wanted = `${place.accountId}.dkr.ecr.${place.region}.amazonaws.com/<repository>@sha256:<digest>`;
  if (!/@sha256:[0-9a-f]{64}$/.test(image)) {
    return [{ path, reason: `"${image}" is not pinned by digest; write ${wanted}` }];
  }
  if (ecr === undefined) {
    const reason = `"${image}" is not in a registry of ECR, the only one the tasks reach; copy it there and write ${wanted}`;
    return [{ path, reason }];
  }
  return ecr.region === place.region
    ? []
    : [
        {
          path,
          reason: `"${image}" is in ${ecr.region}, the service in ${place.region}; copy it there`,
        },
      ];
}

function checkReplicas(replicas: number): Problem[] {
  if (Number.isInteger(replicas) && replicas >= 2 && replicas <= 50) return [];
  const reason = `${replicas}; need a whole number from 2, one a zone, to 50`;
  return [{ path: "replicas", reason }];
}

function checkCertificate(arn: string, { place }: ServicePlan): Problem[] {
  const { zone, region, accountId } = place;
  const start = `arn:${zone.awsPartition}:acm:${region}:${accountId}:certificate/`;
  if (arn.startsWith(start) && /^[0-9a-f-]{36}$/.test(arn.slice(start.length))) return [];
  const reason = `"${arn}" is no certificate of ${accountId} in ${region}; write ${start}<id>`;
  return [{ path: "certificateArn", reason }];
}

function checkClients(args: AwsTokenServiceArgs): Problem[] {
  const problems: Problem[] = [];
  if (args.clientCidrs.length === 0) {
    const reason = "empty; name the blocks laptops come from, or nobody gets in";
    problems.push({ path: "clientCidrs", reason });
  }
  if (args.egressCidrs.length === 0 && args.deviceAuthorities === undefined) {
    const reason =
      "empty; the keys of no issuer could be fetched, and every token would be refused";
    problems.push({ path: "egressCidrs", reason });
  }
  const listeners = args.deviceAuthorities === undefined ? 1 : 2;
  return [
    ...problems,
    ...checkCidrs("clientCidrs", args.clientCidrs, 60 / listeners),
    ...checkCidrs("egressCidrs", args.egressCidrs),
  ];
}

function checkCallers(callers: readonly CallerRole[], { place }: ServicePlan): Problem[] {
  const path = "callers";
  const { awsPartition } = place.zone;
  const role = new RegExp(`^arn:${awsPartition}:iam::\\d{12}:role/[\\w+=,.@/-]+$`);
  const problems = callers
    .filter(({ roleArn }) => !role.test(roleArn))
    .map(({ roleArn }) => ({
      path,
      reason: `"${roleArn}" is not one role of partition ${awsPartition}; write arn:${awsPartition}:iam::<account>:role/<name>`,
    }));
  for (const { kind } of callers) {
    if (kind === "assume-role" || kind === "web-identity") continue;
    problems.push({ path, reason: `"${String(kind)}"; use assume-role or web-identity` });
  }
  const arns = callers.map(({ roleArn }) => roleArn);
  for (const twice of new Set(arns.filter((arn, i) => arns.indexOf(arn) !== i))) {
    problems.push({ path, reason: `"${twice}" is listed twice` });
  }
  return problems;
}

/**
 * Never repeats text of the bundle.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html (looked up 2026-11-21)
 */
function checkAuthorities(bundle: string | undefined): Problem[] {
  if (bundle === undefined) return [];
  const path = "deviceAuthorities";
  if (/PRIVATE KEY/i.test(bundle)) {
    const reason =
      "holds a private key; take it out, and count it as known to everybody who read the file: replace it";
    return [{ path, reason }];
  }
  return bundleText(bundle).trim() === ""
    ? [
        {
          path,
          reason: "holds no certificate; give PEM text, -----BEGIN CERTIFICATE----- and so on",
        },
      ]
    : [];
}

/** What the service is told: all of it is known here, but for what AWS chooses. */
function checkConfig(args: AwsTokenServiceArgs, plan: ServicePlan): Problem[] {
  const path = "serviceConfig";
  const proxies = args.deviceAuthorities === undefined ? undefined : subnetCidrs(args.network);
  const text = args.serviceConfig(createdForService(plan, proxies));
  const listen = listenSettings(text);
  if (listen === undefined) return [{ path, reason: "gives no JSON text" }];
  const problems: Problem[] = [];
  const { port, shutdownGraceSeconds: grace } = listen;
  if (!Number.isInteger(port) || port < 1024 || port > 65_535) {
    const reason = `listen.port is ${port}; a container that may not be root listens on 1024 to 65535`;
    problems.push({ path, reason });
  }
  if (!Number.isInteger(grace) || grace < 1 || grace > 110) {
    const reason = `limits.shutdownGraceSeconds is ${grace}; need 1 to 110, because ECS kills a task after 120`;
    problems.push({ path, reason });
  }
  const bytes = Buffer.byteLength(
    containerDefinitions(plan, {
      image: args.image,
      config: text,
      port,
      shutdownGraceSeconds: grace,
    }),
  );
  if (bytes > largestContainerBytes) {
    const reason = `makes a container definition of ${bytes} bytes; a task definition of ECS has room for ${largestContainerBytes}: split the trust policy, or list fewer`;
    problems.push({ path, reason });
  }
  return problems;
}
