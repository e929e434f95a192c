import { describe, expect, it } from "vitest";

import { servesText } from "../../../components/shared/serves-text.ts";

const served = (config: unknown) => JSON.parse(servesText(JSON.stringify(config)));

describe("what a token service says it serves", () => {
  it("is places and kind of store in the configuration's own words, and nothing else", () => {
    const config = {
      listen: { port: 8080 },
      routes: [
        { name: "us", provider: "bedrock", region: "us-east-1", roleArn: "arn" },
        { name: "foundry", provider: "foundry", tenantId: "tenant" },
      ],
      store: { kind: "redis", url: "rediss://store.example.com:10000" },
    };
    expect(served(config)).toEqual({
      routes: [
        { name: "us", provider: "bedrock", region: "us-east-1" },
        { name: "foundry", provider: "foundry" },
      ],
      store: { kind: "redis" },
    });
  });

  it("adds nothing that the configuration does not say", () => {
    expect(served({})).toEqual({ store: {} });
    expect(served({ routes: "all", store: "redis" })).toEqual({ store: {} });
    expect(served({ routes: [null, {}], store: { kind: null } })).toEqual({
      routes: [{}, {}],
      store: { kind: null },
    });
    expect(served([])).toEqual({ store: {} });
  });
});
