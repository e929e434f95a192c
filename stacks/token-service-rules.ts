import type { Problem } from "../residency/problem.ts";
import { compileTrustPolicy } from "../token-service/policy/compile.ts";
import type { GeographyConfig, RouteConfig } from "./config-schema.ts";
import { awsServiceProblems, callerTrustProblems } from "./token-service-aws.ts";
import { azureServiceProblems } from "./token-service-azure.ts";
import type { GeographyFacts } from "./token-service-config.ts";
import { googleServiceProblems } from "./token-service-google.ts";
import { type ServiceParts, serviceParts } from "./token-service-parts.ts";
import type { CreatedTokenServiceSettings } from "./token-service-schema.ts";

/** Clouds a created token service runs in, by the provider of the route it shares things with. */
const serviceClouds = {
  bedrock: "aws",
  mantle: "aws",
  vertex: "google",
  foundry: "azure",
} as const;

type ServiceCloud = (typeof serviceClouds)[keyof typeof serviceClouds];

/** Everything wrong with the `tokenService` block as it stands in the file; paths from the file's top. */
export function tokenServiceProblems(config: GeographyConfig, geography: string): Problem[] {
  const { tokenService } = config;
  return tokenService === undefined ? [] : blockProblems(config, tokenService, geography);
}

/** What its policies and its component refuse; asked once nothing else is wrong with the file. */
export function createdServiceProblems(config: GeographyConfig, facts: GeographyFacts): Problem[] {
  const { tokenService, routes } = config;
  if (tokenService?.kind !== "create") return [];
  const parts = serviceParts(facts, tokenService, routes);
  return [...policyProblems(parts), ...componentProblems(parts, routes)];
}

/** What the service itself would refuse of its policies when it starts. */
function policyProblems({ facts, settings, served }: ServiceParts): Problem[] {
  const certificates = settings.trustPolicy.deviceAuthorities.length > 0;
  const compilation = compileTrustPolicy(settings.trustPolicy, {
    geography: facts.geography,
    routes: [...served],
    // Which header it is depends on the platform; that there is one is what policies are judged by.
    clientCertificate: certificates ? { from: "tls" } : undefined,
  });
  return "problems" in compilation
    ? compilation.problems.map(({ path, reason }) => ({
        path: `tokenService.trustPolicy.${path.replaceAll(/\[(\d+)\]/g, ".$1")}`,
        reason,
      }))
    : [];
}

function componentProblems(parts: ServiceParts, routes: readonly RouteConfig[]): Problem[] {
  const runsOn = routes.find(({ name }) => name === parts.settings.runsOn);
  const served = parts.served.map(({ name }) => name);
  switch (runsOn?.provider) {
    case "bedrock":
    case "mantle":
      return [
        ...awsServiceProblems(parts, runsOn),
        ...callerTrustProblems(parts, runsOn, routes, served),
      ];
    case "vertex":
      return googleServiceProblems(parts, runsOn);
    case "foundry":
      return azureServiceProblems(parts, runsOn);
    default:
      return [];
  }
}

function blockProblems(
  config: GeographyConfig,
  tokenService: NonNullable<GeographyConfig["tokenService"]>,
  geography: string,
): Problem[] {
  const at = (path: string, reason: string): Problem => ({ path: `tokenService.${path}`, reason });
  if (tokenService.kind === "existing") {
    return [
      ...(["url", "deviceUrl"] as const).flatMap((field) =>
        /^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?$/.test(tokenService[field] ?? "https://absent")
          ? []
          : [at(field, "must be an https origin without path or credentials")],
      ),
      ...unknownRoutes(config, tokenService.routes, "tokenService.routes"),
    ];
  }
  return [
    ...placeProblems(config, tokenService),
    ...reachProblems(tokenService),
    ...tokenService.trustPolicy.policies.flatMap(({ routes, geography: claimed }, index) => [
      ...unknownRoutes(config, routes, `tokenService.trustPolicy.policies.${index}.routes`),
      ...(claimed === geography
        ? []
        : [
            at(
              `trustPolicy.policies.${index}.geography`,
              `"${claimed}" is not this stack, "${geography}"; a service holds only its own geography`,
            ),
          ]),
    ]),
    ...tokenService.trustPolicy.deviceAuthorities.flatMap(({ revocation }, index) =>
      revocation.kind === "crl"
        ? [
            at(
              `trustPolicy.deviceAuthorities.${index}.revocation.kind`,
              "the created service has no file system of its own to read a list from; use short-lived",
            ),
          ]
        : [],
    ),
    ...servedProblems(config, tokenService),
  ];
}

function placeProblems(
  { routes }: GeographyConfig,
  service: CreatedTokenServiceSettings,
): Problem[] {
  const host = routes.find(({ name }) => name === service.runsOn);
  if (host === undefined) {
    const names = routes.map(({ name }) => name).join(", ");
    return [
      {
        path: "tokenService.runsOn",
        reason: `"${service.runsOn}" is no route; use one of ${names}`,
      },
    ];
  }
  const cloud = serviceCloud(host);
  if (cloud === undefined) {
    const reason = `"${service.runsOn}" is a ${host.provider} route, for which the kit creates nothing; name a route of Bedrock, mantle, Vertex AI or Foundry`;
    return [{ path: "tokenService.runsOn", reason }];
  }
  const parts: Partial<Record<ServiceCloud, unknown>> = service;
  if (parts[cloud] !== undefined) return [];
  const reason = `missing; "${service.runsOn}" is a ${host.provider} route, so the service runs there`;
  return [{ path: `tokenService.${cloud}`, reason }];
}

function serviceCloud({ provider }: RouteConfig): ServiceCloud | undefined {
  return provider === "gateway" || provider === "anthropic" ? undefined : serviceClouds[provider];
}

/** The two directions that would open the service to everybody, or leave it without its issuers. */
function reachProblems(service: CreatedTokenServiceSettings): Problem[] {
  const open = (field: "clientCidrs" | "egressCidrs") =>
    service[field].flatMap((range, index) =>
      range.endsWith("/0")
        ? [
            {
              path: `tokenService.${field}.${index}`,
              reason: `${range} is everywhere; name ranges`,
            },
          ]
        : [],
    );
  const { issuers } = service.trustPolicy;
  return [
    ...open("clientCidrs"),
    ...open("egressCidrs"),
    ...(issuers.length > 0 && service.egressCidrs.length === 0
      ? [
          {
            path: "tokenService.egressCidrs",
            reason:
              "empty; the service could not read the issuers' keys, so list where they answer",
          },
        ]
      : []),
  ];
}

function servedProblems(
  { routes }: GeographyConfig,
  { trustPolicy, foundry }: CreatedTokenServiceSettings,
): Problem[] {
  const served = new Set(trustPolicy.policies.flatMap((policy) => policy.routes));
  return routes.flatMap((route, index) => {
    if (!served.has(route.name)) return [];
    if (route.provider === "foundry" && foundry === undefined) {
      const reason = `missing; "${route.name}" needs the Entra application the service uses`;
      return [{ path: "tokenService.foundry", reason }];
    }
    const problem = startProblem(route);
    return problem === undefined
      ? []
      : [{ path: `routes.${index}.${problem.path}`, reason: problem.reason }];
  });
}

/** Why a service could not make a credential of this route's sign-in. */
function startProblem(route: RouteConfig): Problem | undefined {
  if (route.provider === "anthropic") {
    const reason = "Anthropic's keys are not made here; take the route out of the policies";
    return { path: "provider", reason };
  }
  if (route.provider === "bedrock" || route.provider === "mantle") {
    const { kind } = route.access;
    return kind === "oidc" || kind === "principal"
      ? undefined
      : noStart(kind, "use oidc or principal");
  }
  if (route.provider === "vertex") {
    const { access } = route;
    return access.kind === "workforce" ||
      (access.kind === "principal" && access.member.startsWith("serviceAccount:"))
      ? undefined
      : noStart(access.kind, "use workforce, or principal with a service account");
  }
  return undefined;
}

function noStart(kind: string, instead: string): Problem {
  const reason = `"${kind}" gives a token service nothing to start from; ${instead}`;
  return { path: "access.kind", reason };
}

function unknownRoutes(
  { routes }: GeographyConfig,
  named: readonly string[],
  path: string,
): Problem[] {
  return named.flatMap((name, index) =>
    routes.some((route) => route.name === name)
      ? []
      : [{ path: `${path}.${index}`, reason: `"${name}" is no route of this file` }],
  );
}
