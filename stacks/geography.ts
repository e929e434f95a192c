import * as pulumi from "@pulumi/pulumi";

import { BedrockAccess } from "../components/aws/bedrock-access.ts";
import { MantleAccess } from "../components/aws/mantle-access.ts";
import { FoundryResource } from "../components/azure/foundry-resource.ts";
import { VertexProject } from "../components/gcp/vertex-project.ts";
import { type StackOutputs, stackOutputs } from "../contract/outputs.ts";
import { azureCatalogue } from "../residency/azure/foundry.ts";
import { catalogueDate } from "../residency/bedrock.ts";
import { parseCompliance } from "../residency/compliance.ts";
import { gcpCatalogue } from "../residency/gcp/vertex.ts";
import { type Problem, renderProblems } from "../residency/problem.ts";
import { anthropicOutputs } from "./anthropic-route.ts";
import { type GeographyConfig, parseConfig } from "./config.ts";
import { factsOf, type Judging, judgeConfig } from "./config-rules.ts";
import type { RouteConfig } from "./config-schema.ts";
import { gatewayOutputs } from "./gateway-route.ts";
import { withHelperConfig } from "./helper-config.ts";
import { usesHelper } from "./helper-sign-in.ts";
import { withInstalledHelper } from "./installed-helper.ts";
import {
  placedTokenService,
  serviceAtGoogle,
  usesRoute,
  waitsForService,
} from "./token-service.ts";

/** What a geography's stack exports: one output, checked by the contract. */
export interface GeographyOutputs {
  /** Unknown at a first preview, since AWS chooses some identifiers; checked once it is known. */
  readonly landingZone: pulumi.Output<StackOutputs>;
}

/** What {@link program} is given besides the values. */
export interface ProgramContext {
  /** Text of `compliance/zones.yaml`. */
  readonly complianceText: string;
  /** Name of the stack, for example `eu`. */
  readonly stack: string;
  /** ISO date (`YYYY-MM-DD`). */
  readonly today: string;
  /** Problems found before, for example keys in a wrong namespace; reported with the others. */
  readonly problems?: readonly Problem[];
}

/**
 * A stack from the values under `cowork:`, keys without the namespace. For `stacks/index.ts` and for the
 * Automation API's inline programs alike.
 *
 * @throws pulumi.RunError naming every problem of the configuration, before anything is created.
 */
export function program(
  values: Readonly<Record<string, unknown>>,
  { complianceText, stack, today, problems = [] }: ProgramContext,
): GeographyOutputs {
  const parsed = parseConfig(values);
  const read = parseCompliance(complianceText);
  const found = [
    ...problems,
    ...("problems" in parsed ? parsed.problems : []),
    ...("problems" in read
      ? read.problems.map(({ path, reason }) => ({ path: `compliance/zones.yaml ${path}`, reason }))
      : []),
  ];
  if ("problems" in parsed || "problems" in read || found.length > 0) {
    throw new pulumi.RunError(renderProblems(`${stack}: invalid configuration`, found));
  }
  return geographyStack(parsed.config, { compliance: read.compliance, stack, today });
}

/**
 * Composes one geography. No decision is taken here: the rules judge, the components judge again.
 *
 * @throws pulumi.RunError naming every problem, before anything is created.
 */
export function geographyStack(config: GeographyConfig, judging: Judging): GeographyOutputs {
  const { stack, today } = judging;
  const { zone, problems } = judgeConfig(config, judging);
  if (zone === undefined || problems.length > 0) {
    throw new pulumi.RunError(renderProblems(`${stack}: invalid configuration`, problems));
  }
  const { organization, profiles } = config;
  const shared = factsOf(config, judging, zone);
  const { tokenService } = config;
  // At AWS a role cannot name a service that does not exist yet; elsewhere the service uses what its route makes.
  const early =
    tokenService && !usesRoute(tokenService, config.routes)
      ? placedTokenService(shared, tokenService, config.routes, [])
      : undefined;
  const { profileSources } = judging.compliance;
  const created = (given: RouteConfig): MadeRoute => {
    const route = withInstalledHelper(given);
    const name = `${stack}-${route.name}`;
    const after =
      early?.resource !== undefined && waitsForService(given, tokenService)
        ? { dependsOn: [early.resource] }
        : {};
    switch (route.provider) {
      case "bedrock":
        return new BedrockAccess(name, { ...shared, route, profileSources }, after);
      case "mantle":
        return new MantleAccess(name, { ...shared, route }, after);
      case "vertex":
        return new VertexProject(name, {
          ...shared,
          route,
          tokenService: serviceAtGoogle(shared, config, route.name),
        });
      case "foundry":
        return new FoundryResource(name, { ...shared, route });
      // Nothing is created for these: somebody else runs what the laptops call.
      case "gateway":
        return { route: pulumi.output(gatewayOutputs(route, { zone, today })) };
      case "anthropic":
        return { route: pulumi.output(anthropicOutputs(route)) };
    }
  };
  const made = config.routes.map((given) => ({ given, component: created(given) }));
  const service =
    early ??
    (tokenService &&
      placedTokenService(shared, tokenService, config.routes, componentsOf(tokenService, made)));
  const outputsOf = (given: RouteConfig, { route }: MadeRoute): pulumi.Output<unknown> => {
    if (!usesHelper(given)) return route;
    return route.apply((outputs) => withHelperConfig(given, outputs, config, stack));
  };
  const landingZone = pulumi
    .output({
      contractVersion: 1,
      organization,
      geography: stack,
      zone: {
        id: zone.id,
        label: zone.label,
        countries: [...zone.countries],
        ...(zone.accepts === undefined ? {} : { accepts: [...zone.accepts] }),
      },
      catalogueDates: datesOf(config),
      routes: made.map(({ given, component }) => outputsOf(given, component)),
      ...(service === undefined ? {} : { tokenService: service.outputs }),
      profiles,
    })
    .apply((outputs) => checked(stack, outputs));
  return { landingZone };
}

/** A route's outputs; a component too, where one was created for it. */
interface MadeRoute {
  readonly route: pulumi.Output<unknown>;
}

/** The component of the route a token service runs on. */
function componentsOf(
  service: NonNullable<GeographyConfig["tokenService"]>,
  made: readonly { readonly given: RouteConfig; readonly component: MadeRoute }[],
): readonly pulumi.Resource[] {
  const runsOn = service.kind === "create" ? service.runsOn : undefined;
  return made.flatMap(({ given, component }) =>
    given.name === runsOn && component instanceof pulumi.Resource ? [component] : [],
  );
}

/** Only catalogues a route was judged by. */
function datesOf({ routes }: GeographyConfig) {
  const asked = routes.flatMap((route) =>
    route.provider === "gateway" ? route.upstreams.map((one) => one.provider) : [route.provider],
  );
  const uses = (provider: (typeof asked)[number]) => asked.includes(provider);
  return {
    ...(uses("bedrock") || uses("mantle") ? { aws: catalogueDate } : {}),
    ...(uses("vertex") ? { gcp: gcpCatalogue.compiled } : {}),
    ...(uses("foundry") ? { azure: azureCatalogue.compiled } : {}),
  };
}

/** Outputs that break the contract stop the update rather than reach a laptop. */
function checked(stack: string, outputs: unknown): StackOutputs {
  const parsed = stackOutputs.safeParse(outputs);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => ({
    path: `landingZone.${path.map(String).join(".")}`,
    reason: message,
  }));
  throw new pulumi.RunError(renderProblems(`${stack}: outputs break the contract`, problems));
}
