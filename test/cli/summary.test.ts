import { describe, expect, it } from "vitest";
import type { StackReport } from "../../cli/session.ts";
import { explanation, progressLine, summaryTable } from "../../cli/summary.ts";

const report = (changes: Partial<StackReport> = {}): StackReport => ({
  stack: "eu",
  operation: "up",
  seconds: 9.96,
  ok: true,
  changes: { create: 52, same: 1 },
  problems: [],
  policyMessages: [],
  rules: { "cowork/a": { passed: 3, failed: 0 }, "cowork/b": { passed: 1, failed: 2 } },
  steps: [],
  outputs: {},
  secretOutputs: [],
  unknownOutputs: [],
  warnings: [],
  output: "",
  ...changes,
});

describe("progressLine", () => {
  it.each<[string, Partial<StackReport>, string]>([
    ["what an up did", {}, "eu: up ok, 52 created, 1 unchanged (10.0 s)"],
    [
      "what a preview plans",
      { operation: "preview", changes: { create: 1, update: 2, replace: 3, delete: 4, same: 5 } },
      "eu: preview ok, 1 to create, 2 to update, 4 to delete, 3 to replace, 5 unchanged (10.0 s)",
    ],
    [
      "that a refused preview plans nothing, although the engine counts the stack itself",
      { operation: "preview", ok: false, changes: { create: 1 } },
      "eu: preview REFUSED, no changes (10.0 s)",
    ],
    [
      "what a refused up had done by then",
      { ok: false, changes: { create: 7 } },
      "eu: up REFUSED, 7 created (10.0 s)",
    ],
    ["that nothing happened", { changes: {} }, "eu: up ok, no changes (10.0 s)"],
  ])("says %s", (_, changes, line) => {
    expect(progressLine(report(changes))).toBe(line);
  });
});

describe("explanation", () => {
  const message = "Storage stays in the zone.\nbucket is in us-east-1";
  const urn = "urn:pulumi:eu::kit::aws:s3/bucket:Bucket::logs";

  it("is empty when there is nothing to say", () => {
    expect(explanation(report())).toEqual([]);
  });

  it("tells a violation once, and what else is wrong", () => {
    const refused = report({
      ok: false,
      problems: [
        "routes: none given",
        `rule storage-stays is violated on aws:s3/bucket:Bucket::logs: ${message}`,
      ],
      policyMessages: [{ pack: "cowork", rule: "storage-stays", level: "mandatory", message, urn }],
    });
    expect(explanation(refused)).toEqual([
      "eu: routes: none given",
      "eu: mandatory storage-stays on logs: bucket is in us-east-1",
    ]);
  });

  it("keeps a rule that did not judge apart from what the rule advises", () => {
    const problem = `rule storage-stays did not judge on aws:s3/bucket:Bucket::logs: ${message}`;
    const unjudged = report({
      ok: false,
      problems: [problem],
      policyMessages: [{ pack: "cowork", rule: "storage-stays", level: "advisory", message, urn }],
    });
    expect(explanation(unjudged)).toEqual([
      `eu: ${problem}`,
      "eu: advisory storage-stays on logs: bucket is in us-east-1",
    ]);
  });
});

it("ends with one row a stack, its columns aligned", () => {
  const message = { pack: "cowork", rule: "b", level: "mandatory", message: "m", urn: undefined };
  expect(
    summaryTable([
      report(),
      report({ stack: "jp", operation: "preview", ok: false }),
      report({ stack: "us", operation: "preview", ok: false, policyMessages: [message] }),
    ]),
  ).toEqual([
    "stack  result   changes                  rules passed  violations  seconds",
    "eu     ok       52 created, 1 unchanged  1             0           10.0",
    "jp     REFUSED  no changes               not judged    0           10.0",
    "us     REFUSED  no changes               1             1           10.0",
  ]);
});
