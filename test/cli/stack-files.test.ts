import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { Refusal } from "../../cli/io.ts";
import { readStackFiles } from "../../cli/stack-files.ts";

/** A checkout that holds these stack files and nothing else. */
function rootWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "cowork-stacks-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "stacks"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, "stacks", name), text);
  return root;
}

function refusalOf(files: Readonly<Record<string, string>>, named: readonly string[] = []) {
  try {
    readStackFiles({ root: rootWith(files) }, named);
  } catch (error) {
    if (error instanceof Refusal) return { exitCode: error.exitCode, message: error.message };
    throw error;
  }
  throw new Error("expected a refusal");
}

const good = "config:\n  cowork:geography: eu\n";

describe("readStackFiles", () => {
  it("reads the named ones once each, all of them when none is named", () => {
    const root = rootWith({ "Pulumi.eu.yaml": good, "Pulumi.ab.yaml": good, "notes.txt": "" });
    const names = (named: readonly string[]) =>
      readStackFiles({ root }, named).map(({ name }) => name);
    expect(names([])).toEqual(["ab", "eu"]);
    expect(names(["eu", "eu"])).toEqual(["eu"]);
    expect(readStackFiles({ root }, ["eu"])[0]?.config).toEqual({ "cowork:geography": "eu" });
  });

  it("names every unknown stack and what may have been meant", () => {
    expect(
      refusalOf({ "Pulumi.us.yaml": good, "Pulumi.prod-eu.yaml": good }, ["prod-ue", "dev"]),
    ).toEqual({
      exitCode: 2,
      message: [
        "unknown stacks",
        '  prod-ue: no stacks/Pulumi.prod-ue.yaml: there is prod-eu, us; did you mean "prod-eu"?',
        "  dev: no stacks/Pulumi.dev.yaml: there is prod-eu, us",
      ].join("\n"),
    });
  });

  it("names the lines of every unreadable file", () => {
    const text = "config:\n  cowork:geography: eu\n  cowork:geography: us\n";
    expect(refusalOf({ "Pulumi.eu.yaml": text, "Pulumi.us.yaml": "config: [\n" })).toEqual({
      exitCode: 1,
      message: [
        "stacks/Pulumi.eu.yaml: unreadable",
        "  line 3: Map keys must be unique",
        "stacks/Pulumi.us.yaml: unreadable",
        "  line 2: Flow sequence in block collection must be sufficiently indented and end with a ]",
      ].join("\n"),
    });
  });

  it.each([
    { when: "nothing", text: "" },
    { when: "no config", text: "cowork:geography: eu\n" },
    { when: "an empty config", text: "config:\n" },
    { when: "a list", text: "config: [a]\n" },
  ])("says where settings stand when a file holds $when", ({ text }) => {
    expect(refusalOf({ "Pulumi.eu.yaml": text }).message).toBe(
      "stacks/Pulumi.eu.yaml: unreadable\n  config: missing; every setting stands under `config:`, for example `cowork:geography: eu`",
    );
  });
});
