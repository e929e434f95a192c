import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  type PolicyRoute,
  sessionPolicy,
  sessionPolicyProblem,
} from "../../exchange/aws-session-policy.ts";
import { ExchangeError } from "../../exchange/exchange.ts";

const place = {
  partition: "aws",
  region: "eu-central-1",
  roleArn: "arn:aws:iam::123456789012:role/cowork/eu",
} as const;
const opus = "eu.anthropic.claude-opus-5-5";
const team = "arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc123def456";
const frankfurt: PolicyRoute = {
  ...place,
  provider: "bedrock",
  models: [
    { id: opus, modelId: "anthropic.claude-opus-5-5" },
    { id: team, modelId: "anthropic.claude-sonnet-5-5" },
    { id: "anthropic.claude-haiku-5-5" },
  ],
};
const mantle: PolicyRoute = {
  ...place,
  provider: "mantle",
  models: [{ id: "anthropic.claude-opus-5-5" }, { id: "anthropic.claude-sonnet-5-5" }],
};
const invoke = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"];
const bearer = (service: string) => ({
  Effect: "Allow",
  Action: `${service}:CallWithBearerToken`,
  Resource: "*",
  Condition: { StringEquals: { [`${service}:BearerTokenType`]: "SHORT_TERM" } },
});
const guardrails = {
  Effect: "Allow",
  Action: "bedrock:ApplyGuardrail",
  Resource: [
    "arn:aws:bedrock:*:123456789012:guardrail/*",
    "arn:aws:bedrock:*:123456789012:guardrail-profile/*",
  ],
};

function refusal(message: string): ExchangeError {
  const text = `no session policy can be written: ${message}`;
  return new ExchangeError("refused", "the route's configuration", text);
}

describe("what a session is left with", () => {
  test("a Bedrock route: its profiles, the models behind them, and short-term keys", () => {
    expect(JSON.parse(sessionPolicy(frankfurt, undefined))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: invoke,
          Resource: [
            `arn:aws:bedrock:eu-central-1:123456789012:inference-profile/${opus}`,
            team,
            "arn:aws:bedrock:*::foundation-model/anthropic.claude-opus-5-5",
            "arn:aws:bedrock:*::foundation-model/anthropic.claude-sonnet-5-5",
            "arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-haiku-5-5",
          ],
        },
        {
          Effect: "Allow",
          Action: "bedrock:GetInferenceProfile",
          Resource: [`arn:aws:bedrock:eu-central-1:123456789012:inference-profile/${opus}`, team],
        },
        guardrails,
        bearer("bedrock"),
      ],
    });
  });

  test("one model of it: nothing of the others", () => {
    expect(JSON.parse(sessionPolicy(frankfurt, ["anthropic.claude-haiku-5-5"]))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: invoke,
          Resource: ["arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-haiku-5-5"],
        },
        guardrails,
        bearer("bedrock"),
      ],
    });
  });

  test("a mantle route: its models by condition, as mantle authorises on projects", () => {
    expect(JSON.parse(sessionPolicy(mantle, ["anthropic.claude-opus-5-5"]))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "bedrock-mantle:CreateInference",
          Resource: "arn:aws:bedrock-mantle:eu-central-1:123456789012:project/*",
          Condition: { StringEquals: { "bedrock-mantle:Model": ["anthropic.claude-opus-5-5"] } },
        },
        bearer("bedrock"),
        bearer("bedrock-mantle"),
      ],
    });
  });

  test("in GovCloud, its own partition throughout", () => {
    const text = sessionPolicy(
      {
        provider: "bedrock",
        partition: "aws-us-gov",
        region: "us-gov-west-1",
        roleArn: "arn:aws-us-gov:iam::123456789012:role/cowork",
        models: [
          {
            id: "us-gov.anthropic.claude-sonnet-5-5",
            modelId: "anthropic.claude-sonnet-5-5",
          },
        ],
      },
      undefined,
    );
    expect(text.match(/arn:[a-z-]+:/g)).toEqual(Array.from({ length: 5 }, () => "arn:aws-us-gov:"));
  });
});

describe("what no policy is written for", () => {
  const withModel = (id: string, modelId?: string): PolicyRoute => ({
    ...frankfurt,
    models: [{ id, modelId }],
  });

  test.each([
    [
      withModel("arn:aws:bedrock:eu-central-1:123456789012:inference-profile/x", "anthropic.x"),
      `"arn:aws:bedrock:eu-central-1:123456789012:inference-profile/x" is no application profile of the route's account and region`,
    ],
    [
      withModel(team.replace("eu-central-1", "us-east-1"), "anthropic.x"),
      `"${team.replace("eu-central-1", "us-east-1")}" is no application profile of the route's account and region`,
    ],
    [
      withModel(team.replace("123456789012", "999999999999"), "anthropic.x"),
      `"${team.replace("123456789012", "999999999999")}" is no application profile of the route's account and region`,
    ],
    [
      withModel(`${team}*`, "anthropic.x"),
      `"${team}*" is no application profile of the route's account and region`,
    ],
    [withModel(team), `"${team}" is a profile's ARN: say which modelId is behind it`],
    [withModel(opus), `"${opus}" is the id of a profile: say which modelId is behind it`],
    [withModel("*"), `"*" is neither a model id nor the ARN of a profile`],
    [
      withModel("anthropic.claude-*"),
      `"anthropic.claude-*" is neither a model id nor the ARN of a profile`,
    ],
    [
      withModel("$" + "{aws:username}"),
      `"\${aws:username}" is neither a model id nor the ARN of a profile`,
    ],
    [withModel(""), `"" is neither a model id nor the ARN of a profile`],
    [withModel(opus, "*"), `"${opus}": its modelId is no model id`],
    [withModel(opus, "a/b"), `"${opus}": its modelId is no model id`],
    [withModel(opus, ""), `"${opus}": its modelId is no model id`],
    [{ ...frankfurt, models: [] }, "no model is left"],
  ] as const)("%#", (route, message) => {
    expect(() => sessionPolicy(route, undefined)).toThrow(refusal(message));
    expect(sessionPolicyProblem(route)).toBe(refusal(message).message);
  });

  test("an empty list of models, and one that is not the route's", () => {
    expect(() => sessionPolicy(frankfurt, [])).toThrow(refusal("no model is left"));
    expect(() => sessionPolicy(frankfurt, [opus, "global.anthropic.claude-opus-5-5"])).toThrow(
      refusal('"global.anthropic.claude-opus-5-5" is no model of the route'),
    );
    expect(sessionPolicyProblem(frankfurt)).toBeUndefined();
  });

  test("more than AWS takes", () => {
    const models = Array.from({ length: 30 }, (_, n) => ({ id: `anthropic.claude-${n}` }));
    expect(() => sessionPolicy({ ...frankfurt, models }, undefined)).toThrow(
      refusal(
        "30 models make 2510 characters, and AWS takes 2048: list fewer models, or spread them over two routes",
      ),
    );
    expect(sessionPolicy({ ...frankfurt, models }, ["anthropic.claude-3"]).length).toBeLessThan(
      2049,
    );
  });
});

test("whatever the models are called, nothing outside a fixed list is ever allowed", () => {
  const id = fc.oneof(
    fc.string({ unit: "grapheme-ascii", maxLength: 30 }),
    fc.stringMatching(/^(eu\.|global\.)?anthropic\.[a-z0-9*?${}"\\:-]{0,12}$/),
    fc.constantFrom(opus, team),
  );
  const proper = fc.constantFrom(
    { id: opus, modelId: "anthropic.claude-opus-5-5" },
    { id: team, modelId: "anthropic.claude-sonnet-5-5" },
    { id: "anthropic.claude-haiku-5-5", modelId: undefined },
  );
  const model = fc.oneof(fc.record({ id, modelId: fc.option(id, { nil: undefined }) }), proper);
  const provider = fc.constantFrom("bedrock" as const, "mantle" as const);
  const allowed: readonly RegExp[] = [
    /^bedrock:(InvokeModel|InvokeModelWithResponseStream|GetInferenceProfile) arn:aws:bedrock:eu-central-1:123456789012:(application-)?inference-profile\/[A-Za-z0-9.:_-]+$/,
    /^bedrock:InvokeModel(WithResponseStream)? arn:aws:bedrock:(\*|eu-central-1)::foundation-model\/[A-Za-z0-9.:_-]+$/,
    /^bedrock:ApplyGuardrail arn:aws:bedrock:\*:123456789012:guardrail(-profile)?\/\*$/,
    /^bedrock-mantle:CreateInference arn:aws:bedrock-mantle:eu-central-1:123456789012:project\/\*$/,
    /^bedrock(-mantle)?:CallWithBearerToken \*$/,
  ];
  let written = 0;
  fc.assert(
    fc.property(fc.array(model, { maxLength: 4 }), provider, fc.nat(), (models, cloud, some) => {
      const route: PolicyRoute = { ...place, provider: cloud, models };
      const ids = some % 2 === 0 ? undefined : models.slice(0, 1).map((entry) => entry.id);
      let text: string;
      try {
        text = sessionPolicy(route, ids);
      } catch (error) {
        expect(error).toBeInstanceOf(ExchangeError);
        return;
      }
      written += 1;
      expect(text.length).toBeLessThanOrEqual(2048);
      for (const { Effect, Action, Resource, Condition, ...rest } of JSON.parse(text).Statement) {
        expect(rest).toEqual({});
        expect(Effect).toBe("Allow");
        for (const action of [Action].flat())
          for (const resource of [Resource].flat())
            expect(allowed.some((shape) => shape.test(`${action} ${resource}`))).toBe(true);
        if (String(Action).includes("Bearer") || String(Action).includes("mantle"))
          expect(Object.keys(Condition)).toEqual(["StringEquals"]);
      }
    }),
    { numRuns: 2000 },
  );
  expect(written).toBeGreaterThan(50);
});
