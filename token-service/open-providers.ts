import { renderProblems } from "../residency/problem.ts";
import { routeExchange } from "./exchange/route-exchange.ts";
import { routeProblems } from "./exchange/route-problems.ts";
import type { OpenProviders } from "./providers.ts";
import { openSigningKeys } from "./signing/signing-keys.ts";

/** Longest a key's service may take while the service starts. */
const openingTimeoutMs = 30_000;

/** Signing keys, and the exchange of every route the configuration names. */
export const openProviders: OpenProviders = async (config, { env, fetch, now }) => {
  const { geography, publicUrl, routes, signingKeys } = config;
  const problems = routes.flatMap((route, index) => routeProblems(route, `routes[${index}]`));
  if (problems.length > 0) throw new Error(renderProblems("routes cannot be served:", problems));
  const signal = AbortSignal.timeout(openingTimeoutMs);
  const keys = await openSigningKeys(signingKeys, { environment: env }, { fetch, now, signal });
  const settings = { geography, publicUrl, signer: keys.signer, environment: env };
  return {
    exchange: routeExchange(settings, { now }),
    jwks: async () => keys.jwks(),
    // Keys that cannot be opened end the start; from then on their public halves are here.
    signingProblem: () => undefined,
  };
};
