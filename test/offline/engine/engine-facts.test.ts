import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { expect, test } from "vitest";
import { FactCollector } from "../../../offline/engine/engine-facts.ts";

const summary = { resourceChanges: { same: 1 }, PolicyPacks: { pack: "1" }, result: "succeeded" };

function collected(events: readonly object[], policyExpected = false) {
  const collector = new FactCollector();
  for (const event of events) collector.take(event as EngineEvent);
  return collector.collect(policyExpected);
}

const problemsOf = (events: readonly object[], policyExpected?: boolean) =>
  collected(events, policyExpected).problems;

const error = (message: string) => ({ diagnosticEvent: { message, severity: "error" } });

test("a run that reached its end without errors has no problem", () => {
  expect(problemsOf([{ summaryEvent: summary }], true)).toEqual([]);
});

test("no events at all is an engine that did not finish", () => {
  const { facts, problems } = collected([]);
  expect(problems).toEqual(["the engine ended before it had finished"]);
  expect(facts).toEqual({
    changes: {},
    steps: [],
    outputs: {},
    secretOutputs: [],
    unknownOutputs: [],
    policyMessages: [],
    rules: {},
    warnings: [],
  });
});

test.each([undefined, null, {}])(
  "a pack that was asked for and is %j in the summary judged nothing",
  (packs) => {
    expect(problemsOf([{ summaryEvent: { ...summary, PolicyPacks: packs } }], true)).toEqual([
      "the policy pack was not loaded: nothing was judged",
    ]);
  },
);

test("a failed end without any error is still a problem", () => {
  expect(problemsOf([{ summaryEvent: { ...summary, result: "failed" } }])).toEqual([
    'the engine ended with "failed"',
  ]);
});

test("an error told twice, with and without a stack, is one problem, and echoes of it are dropped", () => {
  const events = [
    error("Unhandled exception: TypeError: no route\n    at file:///x.ts:1:1\n"),
    error("no route\n"),
    error("preview failed\n"),
    error("One or more errors occurred: no route"),
    { summaryEvent: { ...summary, result: "failed" } },
  ];
  expect(problemsOf(events)).toEqual(["no route"]);
});

test("an echo that stands alone is kept", () => {
  expect(problemsOf([error("update failed"), { summaryEvent: summary }])).toEqual([
    "update failed",
  ]);
});

test("an event of an unexpected shape is a problem, not ignored", () => {
  const problems = problemsOf([{ policyEvent: { message: 1 } }, { summaryEvent: summary }]);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^an engine event could not be read: /);
});

test("advice is reported and stops nothing", () => {
  const event = {
    message: "Advice.\nmind this\n",
    policyName: "advice",
    policyPackName: "pack",
    enforcementLevel: "advisory",
  };
  const { facts, problems } = collected([{ policyEvent: event }, { summaryEvent: summary }], true);
  expect(problems).toEqual([]);
  expect(facts.policyMessages).toEqual([
    {
      pack: "pack",
      rule: "advice",
      level: "advisory",
      message: "Advice.\nmind this",
      urn: undefined,
    },
  ]);
});

test("a secret deep inside an output keeps the whole output back", () => {
  const secret = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    ciphertext: "[secret]",
  };
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const outputs = { open: { a: [1] }, deep: { list: [unknown, secret] }, later: [{ id: unknown }] };
  const metadata = { op: "create", urn: "u", type: "pulumi:pulumi:Stack", new: { outputs } };
  const { facts } = collected([{ resOutputsEvent: { metadata } }, { summaryEvent: summary }]);
  expect(facts.outputs).toEqual({ open: { a: [1] } });
  expect(facts.secretOutputs).toEqual(["deep"]);
  expect(facts.unknownOutputs).toEqual(["later"]);
});
