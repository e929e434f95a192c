import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { contentLogRequest } from "../../../components/gcp/content-log-request.ts";
import { keyCoverage } from "../../../components/gcp/customer-managed-key.ts";
import { plannedPolicies } from "../../../components/gcp/organization-policy-plan.ts";
import { eu } from "./stores.ts";

const page = (name: string) =>
  readFile(new URL(`../../../docs/${name}.md`, import.meta.url), "utf8");

const listed = (sentences: readonly string[]) => sentences.map((line) => `- ${line}`).join("\n");

describe("docs/runbook-vertex.md", () => {
  it("shows the very request that the stack leaves to people", async () => {
    const { url, body } = contentLogRequest(
      { projectId: "example-claude-eu", location: "eu", datasetId: "claude_content" },
      "claude-opus-5-5",
    );
    const runbook = await page("runbook-vertex");
    expect(runbook).toContain(
      [
        "curl --fail-with-body --request POST \\",
        '  --header "Authorization: Bearer $(gcloud auth print-access-token)" \\',
        '  --header "Content-Type: application/json" \\',
        `  --data '${body}' \\`,
        `  "${url}"`,
      ].join("\n"),
    );
  });
});

describe("docs/google.md", () => {
  it("says of the key what the outputs say, to the word and no more", async () => {
    const [, after] = (await page("google")).split("It covers:\n\n");
    const [section] = after!.split("There is no ");
    const { covers, doesNotCover } = keyCoverage({ dataset: true });
    expect(section).toBe(
      [listed(covers), "It does not cover:", listed(doesNotCover), ""].join("\n\n"),
    );
  });

  it("explains every policy the kit can set", async () => {
    const text = await page("google");
    const plan = plannedPolicies({ zone: eu, dataRegion: "x", models: ["m"], scope: "project" });
    const missing = plan.filter(({ constraint }) => !text.includes(`| \`${constraint}\` |`));
    expect(missing).toEqual([]);
  });
});
