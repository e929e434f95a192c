import { describe, expect, it } from "vitest";
import { readArguments } from "../../../scripts/helper/arguments.ts";
import { targetNames, targetOf } from "../../../scripts/helper/targets.ts";

describe("readArguments", () => {
  it("means all six targets when none is named", () => {
    expect(readArguments([])).toEqual({
      targets: [
        "darwin-arm64",
        "darwin-x64",
        "windows-x64",
        "windows-arm64",
        "linux-x64",
        "linux-arm64",
      ],
      out: undefined,
      entry: undefined,
      signCommand: undefined,
    });
  });

  it("takes targets in any order, once each, and the other options", () => {
    const args = ["--target", "linux-x64", "--target=darwin-x64", "--target", "linux-x64"];
    expect(readArguments([...args, "--out", "o", "--entry", "e", "--sign-command", "/s"])).toEqual({
      ...{ targets: ["darwin-x64", "linux-x64"], out: "o", entry: "e", signCommand: "/s" },
    });
  });

  it("names every unknown target, and the one meant", () => {
    const known = "darwin-arm64, darwin-x64, windows-x64, windows-arm64, linux-x64, linux-arm64";
    expect(readArguments(["--target", "linux-x86", "--target", "amiga"])).toEqual({
      problems: [
        `--target linux-x86: there is ${known}; did you mean "linux-x64"?`,
        `--target amiga: there is ${known}`,
      ],
    });
  });

  it.each([[["--targets", "x"]], [["linux-x64"]], [["--target"]]])("refuses %j", (args) => {
    expect(readArguments(args)).toEqual({ problems: [expect.any(String)] });
  });
});

describe("targetOf", () => {
  it("packs each system's executable where the contract installs it", () => {
    expect(targetNames.map((name) => targetOf(name).entryPath)).toEqual([
      "opt/cowork/bin/credential-helper",
      "opt/cowork/bin/credential-helper",
      "Program Files/Cowork/credential-helper.exe",
      "Program Files/Cowork/credential-helper.exe",
      "opt/cowork/bin/credential-helper",
      "opt/cowork/bin/credential-helper",
    ]);
  });
});
