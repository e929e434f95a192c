import { describe, expect, test } from "vitest";

import { bedrockKeyBench } from "../../bench/bedrock-key.ts";
import type { Bench } from "../../bench/bench.ts";
import { benches } from "../../bench/benches.ts";
import { medianOf, spread } from "../../bench/measure.ts";
import { policyPackBench } from "../../bench/policy-pack.ts";
import { profileSetsBench } from "../../bench/profile-sets.ts";
import { runBenches } from "../../bench/run-benches.ts";
import { verdictsBench } from "../../bench/verdicts.ts";

const fake: Bench = {
  name: "fake",
  what: "a bench",
  target: "< 1 s",
  peer: "2 s",
  run: async () => [{ figure: "0.5 s", note: "one run" }, { figure: "1 GiB" }],
};

describe("the benches", () => {
  test("are these", () => {
    expect(benches.map(({ name }) => name)).toEqual([
      "side-by-side",
      "quickstart",
      "preview",
      "second-cloud",
      "policy-pack",
      "token-service",
      "profile-sets",
      "verdicts",
      "bedrock-key",
      "helper-start",
      "helper",
    ]);
  });

  test("the policy pack passes copies of a shipped stack, at preview and at up", async () => {
    const figures = await policyPackBench([60, 120]).run();
    expect(figures.map(({ note }) => note?.split(";")[0])).toEqual([
      "preview, 60 resources",
      "preview, 120 resources",
      "up, 60 resources",
      "up, 120 resources",
    ]);
  });

  test("profile sets are compared with the first", async () => {
    const [only] = await profileSetsBench(3).run();
    expect(only?.note).toBe("3 of 3 identical");
  });

  test("verdicts are asked for every cell", async () => {
    const [only] = await verdictsBench(1).run();
    expect(only?.note).toMatch(/^[\d,]+ cells: [1-9]\d* inside, [1-9]\d* outside, [1-9]\d* undec/);
  });
});

test("Bedrock keys are compared with AWS's own before they are counted", async () => {
  const figures = await bedrockKeyBench(5).run();
  expect(figures.map(({ note }) => note)).toEqual([
    "ours, without a package",
    "@aws/bedrock-token-generator",
  ]);
});

describe("a run of benches", () => {
  const runOf = async (named: readonly string[], benches: readonly Bench[] = [fake]) => {
    const lines: string[] = [];
    const code = await runBenches(benches, named, (line) => void lines.push(line));
    return { code, lines };
  };

  test("prints target, peer and figures, and asserts nothing about time", async () => {
    expect(await runOf([])).toEqual({
      code: 0,
      lines: [
        "fake: a bench",
        "  target  < 1 s",
        "  peer    2 s",
        "  here    0.5 s  (one run)",
        "  here    1 GiB",
      ],
    });
  });

  test("goes on after a failure and ends with 1", async () => {
    const broken: Bench = {
      name: "broken",
      what: "another",
      target: "none",
      run: () => Promise.reject(new Error("3 of 500 sets differ from the first")),
    };
    const { code, lines } = await runOf([], [broken, fake]);
    expect(code).toBe(1);
    expect(lines.slice(0, 4)).toEqual([
      "broken: another",
      "  target  none",
      "  FAILED  3 of 500 sets differ from the first",
      "fake: a bench",
    ]);
  });

  test("refuses a name it does not know and runs nothing", async () => {
    expect(await runOf(["fake", "fakes"])).toEqual({
      code: 2,
      lines: ['fakes: no such bench: there is fake; did you mean "fake"?'],
    });
  });
});

test("the spread of several runs is least, middle and greatest", () => {
  expect(spread([3, 1, 2])).toBe("1.0 / 2.0 / 3.0 s (min / median / max)");
  expect(medianOf([4, 1, 2, 3])).toBe(2.5);
  expect(medianOf([])).toBeNaN();
});
