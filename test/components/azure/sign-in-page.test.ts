import { readFile } from "node:fs/promises";

import { describe, expect, it } from "vitest";

import { deployerSteps } from "../../../components/azure/deployer-permissions.ts";
import { checkDeployer } from "../../../components/azure/deployer-trust.ts";
import {
  cognitiveServices,
  desktopApplicationSteps,
  needsPublicClientFlows,
  redirectUris,
} from "../../../components/azure/entra-application-plan.ts";

const page = await readFile(new URL("../../../docs/foundry-sign-in.md", import.meta.url), "utf8");
const flows = ["device-code", "browser", "broker"] as const;

describe("docs/foundry-sign-in.md", () => {
  it("names every redirect URI and whether public client flows are on", () => {
    for (const flow of flows) {
      for (const uri of redirectUris(flow, "CLIENT_ID")) expect(page).toContain(`\`${uri}\``);
      const [, , , publicClientFlows] = page
        .split("\n")
        .find((line) => line.startsWith(`| \`${flow}\``))!
        .split("|")
        .map((cell) => cell.trim());
      expect(publicClientFlows).toBe(needsPublicClientFlows(flow) ? "on" : "off");
    }
  });

  it("names the one permission by both ids", () => {
    expect(page).toContain(`\`${cognitiveServices.clientId}\``);
    expect(page).toContain(`\`${cognitiveServices.scopeId}\``);
  });

  it("is where the steps of a sign-in send people", () => {
    const steps = flows.flatMap((authFlow) =>
      desktopApplicationSteps({ displayName: "d", tenantId: "t", authFlow, today: "2026-11-21" }),
    );
    expect(steps.filter((step) => !step.endsWith("(docs/foundry-sign-in.md)."))).toEqual([]);
    expect(steps).toHaveLength(8);
    expect(deployerSteps).toHaveLength(3);
  });

  it("shows subjects that the kit takes once their words are ids", () => {
    const rows = page
      .split("\n")
      .filter((line) => /^\| (GitHub|GitLab|Azure DevOps) \|/.test(line));
    const shown = rows.map((row) => {
      const [, , issuer, subject] = row.split("|").map((cell) => /`([^`]+)`/.exec(cell)?.[1] ?? "");
      return { issuer: filled(issuer!), subject: filled(subject!) };
    });
    expect(shown).toHaveLength(3);
    expect(shown.flatMap((settings) => checkDeployer("deployer", settings))).toEqual([]);
  });
});

const uuid = "11111111-1111-4111-8111-111111111111";

function filled(text: string): string {
  return text
    .replace("...", "c/pub/t/x/a/y")
    .replace(/(TENANT|ORGANIZATION|CONNECTION)_ID/g, uuid)
    .replace(/(OWNER|REPOSITORY)_ID|\bID\b/g, "42")
    .replace(/OWNER|REPOSITORY|NAME/g, "example");
}
