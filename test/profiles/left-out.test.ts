import { describe, expect, test } from "vitest";

import type { VertexDesktop } from "../../contract/vertex-route.ts";
import { leftOut } from "../../profiles/left-out.ts";
import type { Platform } from "../../profiles/platform.ts";
import { renderProfileSet } from "../../profiles/profile-set.ts";
import { type ExampleName, example } from "./support/examples.ts";

const platforms: readonly Platform[] = ["macos", "windows", "linux", "any"];

function missing(name: ExampleName, desktop?: Partial<VertexDesktop>) {
  const [first] = example(name).routes;
  const route = { ...first!, desktop: { ...first!.desktop, ...desktop } };
  return platforms.filter((platform) => leftOut(route as typeof first & object, platform));
}

describe("files that could not sign anybody in are not written", () => {
  test("the Microsoft broker does not exist on Linux", () => {
    expect(missing("eu-google")).toEqual(["linux"]);
    expect(missing("eu-google", { authFlow: "browser" })).toEqual([]);
  });

  test("one file for every platform cannot hold a path", () => {
    const [, ohio] = example("us-google").routes;
    expect(platforms.filter((platform) => leftOut(ohio!, platform))).toEqual(["any"]);
    const own = { ...ohio!, desktop: { kind: "vendor-profile" } } as typeof ohio & object;
    expect(platforms.filter((platform) => leftOut(own, platform))).toEqual([]);
  });

  test.each(["eu", "us", "jp", "sg"] as const)("%s has every file", (name) => {
    expect(missing(name)).toEqual([]);
  });

  test("the manifest says which file is missing and why", () => {
    const { manifest } = renderProfileSet(example("eu-google"));
    expect(JSON.parse(manifest.bytes.toString()).leftOut).toEqual([
      {
        route: "brussels",
        channel: "linux",
        reason:
          "sign-in through the Microsoft broker does not exist on Linux; give Linux laptops a route with authFlow browser",
      },
    ]);
    const { manifest: whole } = renderProfileSet(example("sg"));
    expect(JSON.parse(whole.bytes.toString())).not.toHaveProperty("leftOut");
  });
});

test("exactly the files with a desktop client's secret are marked", () => {
  const { files } = renderProfileSet(example("us-google"));
  const marked = files.filter(({ notes }) => notes.length > 0).map(({ path }) => path);
  const holding = files.filter(({ bytes, channel }) =>
    bytes.toString(channel === "reg" ? "utf16le" : "utf8").includes("GOCSPX-"),
  );
  expect(marked).toEqual(holding.map(({ path }) => path));
  expect(marked).toEqual([
    "us-google/iowa/bootstrap.json",
    "us-google/iowa/claude-desktop.mobileconfig",
    "us-google/iowa/claude-desktop.reg",
    "us-google/iowa/managed-settings.json",
  ]);
  expect(files[0]!.notes).toEqual([
    "holds the secret of a desktop OAuth client, which Google treats as not confidential; it opens nothing without a person's own sign-in",
  ]);
});
