import { describe, expect, test } from "vitest";

import { minimumAppVersion } from "../../profiles/minimum-version.ts";

const base = { inferenceProvider: "vertex", inferenceVertexRegion: "europe-west1" };

describe("minimumAppVersion", () => {
  test.each([
    ["keys of the first release", base, "1.2581.0"],
    ["eu, which older releases refuse", { ...base, inferenceVertexRegion: "eu" }, "1.25927.0"],
    ["us, which older releases refuse", { ...base, inferenceVertexRegion: "us" }, "1.25927.0"],
    [
      "a key of a later release, by number and not by letter",
      { ...base, inferenceVertexWorkforceAudience: "a" },
      "1.10628.0",
    ],
    [
      "a flow of Foundry's sign-in that came with its key",
      { inferenceProvider: "foundry", inferenceFoundryAuthFlow: "browser" },
      "1.19367.0",
    ],
    [
      "the broker, which came later than its key",
      { inferenceProvider: "foundry", inferenceFoundryAuthFlow: "broker" },
      "1.25927.0",
    ],
    [
      "a key of a later major release",
      { ...base, inferenceVertexRegion: "eu", inferenceCredentialHelperWindows: "C:\\h.exe" },
      "2.2553.0",
    ],
  ])("with %s", (_what, settings, version) => {
    expect(minimumAppVersion(settings)).toBe(version);
  });
});
