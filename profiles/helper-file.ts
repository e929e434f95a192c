import type { HelperConfig } from "../contract/helper-config.ts";
import { credentialMarginSeconds } from "../contract/helper-config.ts";
import { helperInstall } from "../contract/helper-install.ts";
import type { HelperScript } from "../contract/helper-script.ts";
import type { RouteOutputs, StackOutputs } from "../contract/outputs.ts";
import type { Problem } from "../residency/problem.ts";

/** Name of the file the kit's own helper reads; where it goes is in `contract/helper-install.ts`. */
export const helperFileName = "credential-helper.json";

/** The helper a route's laptops run, when it is the kit's own. */
export function kitHelper({ desktop }: RouteOutputs): HelperConfig | undefined {
  return desktop.kind === "helper-script" ? desktop.helper : undefined;
}

/** Same configuration, same bytes: members in the order of the schema, which parsing put them in. */
export function renderHelperFile(config: HelperConfig): Buffer {
  return Buffer.from(`${JSON.stringify(config, null, 2)}\n`, "utf8");
}

/**
 * Whether profile and helper speak of the same thing. Outputs may be edited or foreign: a helper that asks
 * for another geography, region, account or service than its profile is refused.
 */
export function helperFileProblems(
  outputs: StackOutputs,
  route: RouteOutputs,
  path: string,
): Problem[] {
  const config = kitHelper(route);
  if (config === undefined || route.desktop.kind !== "helper-script") return [];
  const at = `${path}.desktop.helper`;
  const wanted: readonly (readonly [string, unknown, unknown, string])[] = [
    ["geography", config.geography, outputs.geography, "the stack"],
    ["organization", config.organization, outputs.organization.name, "the stack"],
    ["route", config.route, route.name, "its route"],
    ["provider", config.provider, route.provider, "its route"],
    ["ttlSeconds", config.ttlSeconds, route.desktop.ttlSeconds, "its profile"],
  ];
  return [
    ...installProblems(route.desktop, `${path}.desktop`),
    ...wanted.flatMap(([field, given, right, whose]) => differs(at, field, given, right, whose)),
    ...exchangeProblems(outputs, route, config, `${at}.exchange`),
  ];
}

/** The profile points to exactly what the kit's build installs. */
function installProblems(desktop: HelperScript, path: string): Problem[] {
  return (["path", "windowsPath"] as const).flatMap((field) => {
    const right = field === "path" ? helperInstall.posixPath : helperInstall.windowsPath;
    if (desktop[field] === right) return [];
    const reason = `"${desktop[field]}" is not where the kit's helper is installed; write "${right}", or leave helper out`;
    return [{ path: `${path}.${field}`, reason }];
  });
}

function exchangeProblems(
  outputs: StackOutputs,
  route: RouteOutputs,
  { exchange, signIn, ttlSeconds }: HelperConfig,
  at: string,
): Problem[] {
  switch (exchange.kind) {
    case "token-service": {
      const { tokenService } = outputs;
      if (tokenService === undefined) {
        return [{ path: at, reason: "the stack has no token service" }];
      }
      const right =
        signIn.kind === "device-certificate"
          ? (tokenService.deviceUrl ?? tokenService.url)
          : tokenService.url;
      const problems = differs(at, "url", exchange.url, right, "the stack's service");
      if (!tokenService.routes.includes(route.name)) {
        const reason = `the token service gives no credential for "${route.name}"`;
        problems.push({ path: at, reason });
      }
      return problems;
    }
    case "bedrock": {
      if (route.provider !== "bedrock" && route.provider !== "mantle") return [stranger(at, route)];
      const role = "roleArn" in route.signIn ? route.signIn.roleArn : undefined;
      const needed = ttlSeconds + credentialMarginSeconds;
      return [
        ...differs(at, "region", exchange.region, route.region, "its route"),
        ...differs(at, "partition", exchange.partition, route.partition, "its route"),
        ...differs(at, "roleArn", exchange.roleArn, role, "its route"),
        ...(exchange.sessionSeconds >= needed
          ? []
          : [
              {
                path: `${at}.sessionSeconds`,
                reason: `${exchange.sessionSeconds} s are too short for a profile that keeps a credential ${ttlSeconds} s; write ${needed} at least`,
              },
            ]),
      ];
    }
    case "vertex-workforce": {
      if (route.provider !== "vertex") return [stranger(at, route)];
      const audience = route.signIn.kind === "workforce" ? route.signIn.audience : undefined;
      return [
        ...differs(at, "audience", exchange.audience, audience, "its route"),
        ...differs(at, "userProject", exchange.userProject, route.projectId, "its route"),
      ];
    }
    case "entra":
      return route.provider === "foundry" ? [] : [stranger(at, route)];
    case "sign-in-token":
      return route.provider === "gateway" ? [] : [stranger(at, route)];
  }
}

function stranger(at: string, { provider }: RouteOutputs): Problem {
  return { path: `${at}.kind`, reason: `gives no credential for ${provider}` };
}

function differs(
  at: string,
  field: string,
  given: unknown,
  right: unknown,
  whose: string,
): Problem[] {
  if (given === right) return [];
  const expected = right === undefined ? "nothing of the kind" : JSON.stringify(right);
  const reason = `${JSON.stringify(given)} differs from ${whose}, which has ${expected}`;
  return [{ path: `${at}.${field}`, reason }];
}
