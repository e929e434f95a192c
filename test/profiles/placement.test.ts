import { describe, expect, test } from "vitest";
import type { StackOutputs } from "../../contract/outputs.ts";
import { placementProblems } from "../../profiles/placement.ts";
import { example } from "./support/examples.ts";

type BedrockRouteOutputs = Extract<StackOutputs["routes"][number], { provider: "bedrock" }>;
type Model = BedrockRouteOutputs["models"][number];

const fromFrankfurt = [
  "eu-central-1",
  "eu-north-1",
  "eu-south-1",
  "eu-south-2",
  "eu-west-1",
  "eu-west-3",
];
const opus: Model = {
  id: "eu.anthropic.claude-opus-5-5",
  modelId: "anthropic.claude-opus-5-5",
  label: "Claude Opus 5.5",
  destinations: fromFrankfurt,
};
const application = "arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/abc";
const team: Model = { ...opus, id: application, sourceProfileId: opus.id };

interface Change {
  readonly zone?: Partial<StackOutputs["zone"]>;
  readonly route?: Partial<Pick<BedrockRouteOutputs, "region" | "partition">>;
  readonly model?: Partial<Model>;
}

function problems(model: Model, change: Change = {}): string[] {
  const outputs = example("eu");
  Object.assign(outputs.zone, change.zone);
  const route = { ...(outputs.routes[0] as BedrockRouteOutputs), ...change.route };
  route.models = [{ ...model, ...change.model }];
  return placementProblems(outputs, route, "at").map(({ path, reason }) => `${path}: ${reason}`);
}

describe("placementProblems", () => {
  test.each([
    ["a profile with the catalogue's destinations", opus],
    [
      "the same destinations in another order",
      { ...opus, destinations: fromFrankfurt.toReversed() },
    ],
    ["an application profile with its source", team],
    [
      "a model in the region itself",
      {
        ...opus,
        id: "arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-opus-5-5",
        destinations: ["eu-central-1"],
      },
    ],
  ])("accepts %s", (_what, model) => {
    expect(problems(model)).toEqual([]);
  });

  const says = (what: string, regions: string) =>
    `the catalogue says ${what} may be processed in ${regions}`;
  const anywhere = "global.anthropic.claude-opus-5-5 may be processed in any commercial region";
  test.each<[string, Partial<Model>, string[]]>([
    [
      "a destination outside the zone",
      { destinations: [...fromFrankfurt, "eu-west-2"] },
      [
        "at.models[0].destinations[6]: eu-west-2 is in GB, outside the zone",
        `at.models[0].destinations: ${says("eu.anthropic.claude-opus-5-5 from eu-central-1", fromFrankfurt.join(", "))}`,
      ],
    ],
    [
      "a destination nobody knows",
      { destinations: ["eu-mars-1"] },
      [
        "at.models[0].destinations[0]: no dated source says which country eu-mars-1 is in",
        `at.models[0].destinations: ${says("eu.anthropic.claude-opus-5-5 from eu-central-1", fromFrankfurt.join(", "))}`,
      ],
    ],
    [
      "a destination called like something every object has",
      { destinations: ["constructor"] },
      [
        "at.models[0].destinations[0]: no dated source says which country constructor is in",
        `at.models[0].destinations: ${says("eu.anthropic.claude-opus-5-5 from eu-central-1", fromFrankfurt.join(", "))}`,
      ],
    ],
    [
      "fewer destinations than the catalogue has",
      { destinations: ["eu-central-1"] },
      [
        `at.models[0].destinations: ${says("eu.anthropic.claude-opus-5-5 from eu-central-1", fromFrankfurt.join(", "))}`,
      ],
    ],
    [
      "no destination",
      { destinations: [] },
      [
        `at.models[0].destinations: ${says("eu.anthropic.claude-opus-5-5 from eu-central-1", fromFrankfurt.join(", "))}`,
      ],
    ],
    [
      "a bare model",
      { id: "anthropic.claude-opus-5-5", destinations: ["eu-central-1"] },
      [
        "at.models[0].id: anthropic.claude-opus-5-5 is a bare model id: clients pick a profile for it silently",
      ],
    ],
    [
      "a model's ARN of another region than its destination",
      {
        id: "arn:aws:bedrock:eu-west-3::foundation-model/anthropic.claude-opus-5-5",
        destinations: ["eu-central-1"],
      },
      [`at.models[0].destinations: ${says("anthropic.claude-opus-5-5", "eu-west-3")}`],
    ],
    [
      "a profile the catalogue does not list",
      { id: "eu.anthropic.claude-next-9" },
      [
        "at.models[0].id: the catalogue has no row for eu.anthropic.claude-next-9 from eu-central-1",
      ],
    ],
    [
      "a global profile",
      { id: "global.anthropic.claude-opus-5-5" },
      [`at.models[0].id: ${anywhere}`],
    ],
    [
      "a model's ARN without a region",
      { id: "arn:aws:bedrock:::foundation-model/anthropic.claude-opus-5-5" },
      ["at.models[0].id: anthropic.claude-opus-5-5 may be processed in any commercial region"],
    ],
    [
      "a pattern",
      { id: "eu.anthropic.*" },
      ['at.models[0].id: "eu.anthropic.*" does not say where it may be processed'],
    ],
    ["an empty id", { id: "" }, ['at.models[0].id: "" does not say where it may be processed']],
    [
      "a source for what was copied from nothing",
      { sourceProfileId: "eu.anthropic.claude-opus-5-5" },
      [
        'at.models[0].sourceProfileId: "eu.anthropic.claude-opus-5-5" is no application profile, so it was copied from nothing',
      ],
    ],
  ])("reports %s", (_what, change, expected) => {
    expect(problems(opus, { model: change })).toEqual(expected);
  });

  const elsewhere = (region: string) => application.replace("eu-central-1", region);
  const noId = (source: string) =>
    `at.models[0].sourceProfileId: "${source}" is no profile id that says where it may be processed`;
  test.each<[string, Partial<Model>, string[]]>([
    [
      "without a source",
      { sourceProfileId: undefined },
      [`at.models[0].sourceProfileId: missing: nothing says what "${application}" was copied from`],
    ],
    [
      "of another region of the zone",
      { id: elsewhere("eu-west-1") },
      ['at.models[0].id: of region "eu-west-1", but requests go to eu-central-1'],
    ],
    [
      "of no region",
      { id: elsewhere("") },
      ['at.models[0].id: of region "", but requests go to eu-central-1'],
    ],
    [
      "copied from a global profile",
      { sourceProfileId: "global.anthropic.claude-opus-5-5" },
      [`at.models[0].sourceProfileId: ${anywhere}`],
    ],
    [
      "copied from a profile's ARN, which the contract does not write",
      {
        sourceProfileId:
          "arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.anthropic.claude-opus-5-5",
      },
      [
        noId(
          "arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.anthropic.claude-opus-5-5",
        ),
      ],
    ],
    ["copied from itself", { sourceProfileId: application }, [noId(application)]],
    [
      "copied from a bare model",
      { sourceProfileId: "anthropic.claude-opus-5-5" },
      [noId("anthropic.claude-opus-5-5")],
    ],
    ["copied from nothing", { sourceProfileId: "" }, [noId("")]],
    [
      "copied from a profile of another geography",
      { sourceProfileId: "us.anthropic.claude-opus-5-5" },
      [
        "at.models[0].id: the catalogue has no row for us.anthropic.claude-opus-5-5 from eu-central-1",
      ],
    ],
    [
      "whose destinations are not those of its source",
      { destinations: ["eu-central-1"] },
      [
        `at.models[0].destinations: ${says("eu.anthropic.claude-opus-5-5 from eu-central-1", fromFrankfurt.join(", "))}`,
      ],
    ],
  ])("reports an application profile %s", (_what, change, expected) => {
    expect(problems(team, { model: change })).toEqual(expected);
  });

  test("holds region and partition of the route against the zone", () => {
    expect(problems(opus, { route: { region: "us-east-1" } })).toEqual([
      'at.baseUrl: "https://vpce-0123456789abcdef0-abcdefgh.bedrock-runtime.eu-central-1.vpce.amazonaws.com" is not Bedrock in us-east-1; write https://bedrock-runtime.us-east-1.amazonaws.com or the name of the endpoint there',
      "at.region: us-east-1 is in US, outside the zone",
      "at.models[0].id: the catalogue has no row for eu.anthropic.claude-opus-5-5 from us-east-1",
    ]);
    expect(problems(opus, { route: { region: "eu-mars-1" } })).toEqual([
      'at.baseUrl: "https://vpce-0123456789abcdef0-abcdefgh.bedrock-runtime.eu-central-1.vpce.amazonaws.com" is not Bedrock in eu-mars-1; write https://bedrock-runtime.eu-mars-1.amazonaws.com or the name of the endpoint there',
      "at.region: no dated source says which country eu-mars-1 is in",
      "at.models[0].id: the catalogue has no row for eu.anthropic.claude-opus-5-5 from eu-mars-1",
    ]);
    expect(problems(opus, { route: { partition: "aws-us-gov" } })).toEqual([
      'at.partition: "aws-us-gov", but eu-central-1 is in aws',
      'at.partition: "aws-us-gov", but zone eu is served from aws only',
    ]);
    // A zone of one's own has no partition to hold it against; the region's still counts.
    const own = { zone: { id: "own" }, route: { partition: "aws-us-gov" } } as const;
    expect(problems(opus, own)).toEqual(['at.partition: "aws-us-gov", but eu-central-1 is in aws']);
  });

  test("asks the outputs' own list of countries, whatever the zone is called", () => {
    expect(problems(opus, { zone: { countries: ["DE", "ES", "FR", "IE", "IT"] } })).toEqual([
      "at.models[0].destinations[1]: eu-north-1 is in SE, outside the zone",
    ]);
    expect(problems(opus, { zone: { countries: [] } })).toHaveLength(9);
  });
});
