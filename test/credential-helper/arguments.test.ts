import { describe, expect, it } from "vitest";

import { parseArguments } from "../../credential-helper/arguments.ts";
import { HelperFailure } from "../../credential-helper/failure.ts";

const none = {
  command: "print",
  configPath: undefined,
  json: false,
  debug: false,
  deadlineSeconds: undefined,
};

function problem(...args: string[]): string {
  try {
    parseArguments(args);
  } catch (error) {
    if (error instanceof HelperFailure && error.failure === "usage") return error.message;
    throw error;
  }
  throw new Error(`${args.join(" ")} was accepted`);
}

describe("the command line", () => {
  it("prints the credential without any argument, as Claude Desktop starts it", () => {
    expect(parseArguments([])).toEqual(none);
  });

  it("knows the other commands and their options", () => {
    expect(parseArguments(["doctor", "--json", "--config", "/c.json"])).toEqual({
      ...none,
      command: "doctor",
      json: true,
      configPath: "/c.json",
    });
    expect(parseArguments(["sign-out", "--debug"])).toEqual({
      ...none,
      command: "sign-out",
      debug: true,
    });
    expect(parseArguments(["--version"])).toEqual({ ...none, command: "version" });
    expect(parseArguments(["--help"])).toEqual({ ...none, command: "help" });
    expect(parseArguments(["--deadline", "600"])).toEqual({ ...none, deadlineSeconds: 600 });
  });

  it("refuses what it does not know, all at once", () => {
    expect(problem("--jsn", "extra", "--config", "relative.json")).toBe(
      'unknown argument "--jsn"; unknown argument "extra"; --config needs an absolute path: --help shows what there is',
    );
  });

  it("refuses options without their value", () => {
    expect(problem("--config")).toBe("--config needs an absolute path: --help shows what there is");
    for (const value of ["0", "601", "1.5", "-3", "x", ""])
      expect(problem("--deadline", value)).toBe(
        "--deadline needs whole seconds from 1 to 600: --help shows what there is",
      );
    expect(problem("--deadline")).toBe(
      "--deadline needs whole seconds from 1 to 600: --help shows what there is",
    );
  });

  it("refuses what does not go together", () => {
    expect(problem("doctor", "sign-out")).toBe(
      "doctor and sign-out do not go together: --help shows what there is",
    );
    expect(problem("--json")).toBe("--json goes with doctor only: --help shows what there is");
    expect(problem("doctor", "--deadline", "5")).toBe(
      "--deadline does not go with doctor: --help shows what there is",
    );
    expect(problem("sign-out", "--config", "/c.json")).toBe(
      "--config does not go with sign-out: --help shows what there is",
    );
  });
});
