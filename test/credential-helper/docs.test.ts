import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { helperInstall } from "../../contract/helper-install.ts";
import { usageText } from "../../credential-helper/arguments.ts";
import { helperContexts } from "../../credential-helper/context.ts";
import { deadlineSeconds } from "../../credential-helper/deadline.ts";
import { stepIds } from "../../credential-helper/doctor/report.ts";
import { exitCodes } from "../../credential-helper/failure.ts";

const page = readFileSync(new URL("../../docs/credential-helper.md", import.meta.url), "utf8");

describe("the page about the credential helper", () => {
  it("has exactly the exit codes there are", () => {
    const rows = [...page.matchAll(/^\| (\d+) \| `(\w+)` \|/gm)];
    expect(rows.map(([, code, cause]) => [cause, Number(code)])).toEqual(Object.entries(exitCodes));
  });

  it("shows the commands as the program does", () => {
    expect(page).toContain(`\`\`\`text\n${usageText}\`\`\``);
  });

  it("names every context with its limit", () => {
    for (const context of helperContexts) expect(page).toContain(`\`${context}\``);
    expect(deadlineSeconds).toEqual({ interactive: 55, others: 18 });
    expect(page).toContain("| yes | 55 s (`--deadline`, 1 to 600) |");
    expect(page).toContain("| no | 18 s |");
  });

  it("names every step of doctor in its order", () => {
    const text = page.replace(/\s+/g, " ");
    expect(text).toContain(`stable step names: ${stepIds.map((id) => `\`${id}\``).join(", ")}.`);
  });

  it("names the places where helper and configuration are installed", () => {
    const { posixPath, windowsPath, configPaths } = helperInstall;
    for (const path of [posixPath, windowsPath, configPaths.darwin, configPaths.linux])
      expect(page).toContain(`\`${path}\``);
  });
});
