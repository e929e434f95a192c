import { helperInstall } from "../contract/helper-install.ts";
import type { RouteConfig } from "./config-schema.ts";
import type { CredentialHelperConfig } from "./credential-helper-schema.ts";

interface InstalledHelper {
  readonly kind: "helper-script";
  readonly path: string;
  readonly windowsPath: string;
  readonly ttlSeconds: number;
}

/** A route as the components see it: to them the kit's helper is a program like any other. */
export type InstalledRoute<R extends RouteConfig> = R extends RouteConfig
  ? Omit<R, "desktop"> & {
      readonly desktop: Exclude<R["desktop"], { kind: "credential-helper" }> | InstalledHelper;
    }
  : never;

/** The route with the kit's helper, where it asks for that, as the program that is installed. */
export function withInstalledHelper<R extends RouteConfig>(route: R): InstalledRoute<R> {
  const { desktop } = route;
  const plain = desktop.kind === "credential-helper" ? installedHelper(desktop) : desktop;
  // The compiler cannot see through the conditional type that only `desktop` differs.
  return { ...route, desktop: plain } as InstalledRoute<R>;
}

function installedHelper({ ttlSeconds }: CredentialHelperConfig): InstalledHelper {
  return {
    kind: "helper-script",
    path: helperInstall.posixPath,
    windowsPath: helperInstall.windowsPath,
    ttlSeconds,
  };
}
