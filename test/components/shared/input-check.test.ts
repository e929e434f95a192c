import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";

import { rejectBadInputs } from "../../../components/shared/input-check.ts";
import { deploy, refusal } from "../../support/deploy.ts";

class Checked extends pulumi.ComponentResource {
  constructor(problems: readonly { path: string; reason: string }[]) {
    super("cowork:test:Checked", "it", {});
    rejectBadInputs(this, "it", problems);
  }
}

it("reports every problem at once, on the resource, without a stack", async () => {
  const problems = [
    { path: "region", reason: "outside" },
    { path: "days", reason: "too few" },
  ];
  expect(await refusal(deploy(() => new Checked(problems)))).toBe(
    "it: invalid arguments\n  region: outside\n  days: too few",
  );
});

it("lets arguments without a problem pass", async () => {
  const { resources } = await deploy(() => new Checked([]));
  expect(resources.map((r) => r.type)).toEqual(["cowork:test:Checked"]);
});
