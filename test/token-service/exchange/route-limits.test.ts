import { describe, expect, test } from "vitest";

import {
  canNarrowModels,
  lifeCanBeAsked,
  longestSessionSeconds,
  opensProviderWithoutService,
  usualLifeSeconds,
} from "../../../token-service/exchange/route-limits.ts";
import { servedRoutes } from "./served-routes.ts";

describe("what a credential of a route can carry", () => {
  test.each([
    ["bedrock-assume", 3600, true, true],
    ["bedrock-web", 43_200, false, true],
    ["mantle-assume", 3600, true, true],
    ["mantle-web", 43_200, false, true],
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

  test("what a person's token opens without the service cannot be narrowed by it", () => {
    const names = Object.keys(servedRoutes) as (keyof typeof servedRoutes)[];
    const direct = names.filter((name) => opensProviderWithoutService(servedRoutes[name]));
    expect(direct.sort()).toEqual(["bedrock-web", "mantle-web", "vertex-workforce"]);
    expect(direct.filter((name) => canNarrowModels(servedRoutes[name]))).toEqual([]);
  });

  test("what a provider gives that takes no wish is known as it comes from the factory", () => {
    const names = Object.keys(servedRoutes) as (keyof typeof servedRoutes)[];
    const usual = names.flatMap((name) => {
      const seconds = usualLifeSeconds(servedRoutes[name]);
      return seconds === undefined ? [] : [[name, seconds]];
    });
    expect(Object.fromEntries(usual)).toEqual({
      "vertex-workforce": 3600,
      "foundry-federated": 5400,
      "foundry-obo": 5400,
    });
  });
});
