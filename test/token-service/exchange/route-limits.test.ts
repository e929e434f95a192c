import { describe, expect, test } from "vitest";

import {
  canNarrowModels,
  lifeCanBeAsked,
  longestSessionSeconds,
} from "../../../token-service/exchange/route-limits.ts";
import { servedRoutes } from "./served-routes.ts";

describe("what a credential of a route can carry", () => {
  test.each([
    ["bedrock-assume", 3600, true, true],
    ["bedrock-web", 43_200, true, true],
    ["mantle-assume", 3600, true, true],
    ["mantle-web", 43_200, true, true],
    ["vertex-impersonate", 3600, false, true],
    ["vertex-workforce", 43_200, false, false],
    ["foundry-federated", 43_200, false, false],
    ["foundry-obo", 43_200, false, false],
    ["gateway", 43_200, true, true],
  ] as const)("%s: at most %d s, models %s, life asked for %s", (name, seconds, models, asked) => {
    const route = servedRoutes[name];
    expect(longestSessionSeconds(route)).toBe(seconds);
    expect(canNarrowModels(route)).toBe(models);
    expect(lifeCanBeAsked(route)).toBe(asked);
  });
});
