import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";

import { perimeterSteps, privatePathSteps } from "../../../components/gcp/reach-steps.ts";
import { created, existing } from "./private-path-args.ts";

const perimeter = (mode: "dry-run" | "enforced") =>
  perimeterSteps({ accessPolicyId: "987654321098", mode, ingressCidrs: [] });

it("every step is a sentence that ends at a page which exists", async () => {
  const steps = [
    ...privatePathSteps({ location: "eu" }, created, "aiplatform.eu.rep.googleapis.com"),
    ...privatePathSteps({ location: "us" }, existing, "aiplatform.us.rep.googleapis.com"),
    ...perimeter("dry-run"),
    ...perimeter("enforced"),
  ];
  expect(steps.filter((step) => !step.endsWith("(docs/runbook-vertex.md)."))).toEqual([]);

  const runbook = await readFile(
    new URL("../../../docs/runbook-vertex.md", import.meta.url),
    "utf8",
  );
  expect(runbook).toContain("\n## Connect the company's network\n");
  expect(runbook).toContain("\n## Enforce the perimeter\n");
});

it("asks for a trial where no source shows the endpoint at work, and only there", () => {
  const asks = (location: string) =>
    privatePathSteps({ location }, created, "host").some((step) =>
      step.includes("Call Claude once"),
    );
  expect([asks("eu"), asks("us"), asks("asia-southeast1")]).toEqual([true, true, false]);
});
