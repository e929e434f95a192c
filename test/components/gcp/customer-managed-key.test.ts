import { describe, expect, it } from "vitest";

import { keyCoverage } from "../../../components/gcp/customer-managed-key.ts";

describe("keyCoverage", () => {
  it("covers what rests in the route's own stores", () => {
    expect(keyCoverage({ dataset: true }).covers).toEqual([
      "Audit entries of Claude calls, and flow logs and refusals where the route has them, at rest in its log bucket.",
      "Prompts and answers, at rest in the tables of the route's dataset.",
    ]);
  });

  it("claims no dataset where there is none", () => {
    expect(keyCoverage({ dataset: false }).covers).toEqual([
      "Audit entries of Claude calls, and flow logs and refusals where the route has them, at rest in its log bucket.",
    ]);
  });

  it.each([true, false])("never claims Claude itself (dataset: %s)", (dataset) => {
    const { covers, doesNotCover } = keyCoverage({ dataset });
    expect(covers.join(" ")).not.toMatch(/inference|memory|cache|abuse/i);
    expect(doesNotCover).toEqual([
      "Claude's inference: prompts and answers are processed in memory, and no key of yours is involved.",
      "The prompt cache: Google holds it for 5 minutes or 1 hour as Service Data.",
      "Abuse logging: where your contract has it, Google keeps prompts up to 90 days under its own key.",
      "Models with advanced-AI terms: Google keeps their prompts and answers up to 30 days under its own key.",
      "Whatever rests in the log buckets Google makes itself (_Required and _Default): they keep Google's keys unless the organization's default resource settings say otherwise.",
      "Entries on their way through the Log Router before they reach the bucket.",
    ]);
  });
});
