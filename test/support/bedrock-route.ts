/** The Bedrock route at a position, for tests that read or change what only such a route has. */
export function bedrockRoute<R extends { readonly provider: string }>(
  { routes }: { readonly routes: readonly R[] },
  position = 0,
): Extract<R, { readonly provider: "bedrock" }> {
  const route = routes[position];
  if (route === undefined || !isBedrock(route)) throw new Error(`no Bedrock route at ${position}`);
  return route;
}

function isBedrock<R extends { readonly provider: string }>(
  route: R,
): route is Extract<R, { readonly provider: "bedrock" }> {
  return route.provider === "bedrock";
}
