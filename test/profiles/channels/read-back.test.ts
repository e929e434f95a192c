import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { mobileconfig } from "../../../profiles/channels/mobileconfig.ts";
import { reg } from "../../../profiles/channels/reg.ts";
import { renderProfileSet } from "../../../profiles/profile-set.ts";
import { type ExampleName, example, exampleNames } from "../support/examples.ts";
import {
  readPlistWithPlistutil,
  readPlistWithPython,
  readRegWithHivex,
} from "../support/parsers.ts";

const addressee = {
  organization: { name: "Example", uuid: "6f1c0b6e-3d0f-4f2a-9a5e-0b8f6d1f7c21" },
  geography: "eu",
  zoneLabel: "EU",
  route: "frankfurt",
};

function fileOf(name: ExampleName, channel: string): Buffer {
  return renderProfileSet(example(name)).files.find((file) => file.channel === channel)!.bytes;
}

/** What differs on Windows, because paths do. */
const windowsPaths: Partial<Record<ExampleName, object>> = {
  eu: { inferenceCredentialHelper: "C:\\Program Files\\Cowork\\cowork-credential.exe" },
  sg: { inferenceCredentialHelper: "C:\\Program Files\\Cowork\\credential-helper.exe" },
  "eu-mantle": {
    inferenceCredentialHelper: "C:\\Program Files\\Cowork\\credential-helper.exe",
  },
  "eu-gateway": { inferenceCredentialHelper: "C:\\Program Files\\Cowork\\credential-helper.exe" },
  "us-foundry": { inferenceCredentialHelper: "C:\\Program Files\\Cowork\\credential.exe" },
};

type Profile = { PayloadContent: [Record<string, unknown>] };

/** The settings of a profile, without what Apple's format adds. */
function settingsIn(profile: unknown): Record<string, unknown> {
  const [payload] = (profile as Profile).PayloadContent;
  return Object.fromEntries(Object.entries(payload).filter(([key]) => !key.startsWith("Payload")));
}

describe("independent parsers read the generated files", () => {
  test.each(exampleNames)("%s: Python's plistlib and libplist read the same profile", (name) => {
    const file = fileOf(name, "mobileconfig");
    const read = readPlistWithPython(file);
    expect(readPlistWithPlistutil(file)).toEqual(read);
    expect(Object.values(settingsIn(read)).every((value) => typeof value === "string")).toBe(true);
  });

  test.each(exampleNames)("%s: Windows and macOS files carry the same texts", (name) => {
    const windows = readRegWithHivex(fileOf(name, "reg"));
    const mac = settingsIn(readPlistWithPython(fileOf(name, "mobileconfig")));
    expect(windows).toEqual({ ...mac, ...windowsPaths[name] });
  });

  test("the Japanese label reaches Windows and macOS unchanged", () => {
    const models =
      '[{"name":"jp.anthropic.claude-opus-5-5","labelOverride":"Claude Opus 5.5 & \\"東京\\" <内>"},' +
      '{"name":"jp.anthropic.claude-sonnet-4-6","labelOverride":"Claude Sonnet 4.6"}]';
    expect(readRegWithHivex(fileOf("jp", "reg")).inferenceModels).toBe(models);
    const mac = settingsIn(readPlistWithPython(fileOf("jp", "mobileconfig")));
    expect(mac.inferenceModels).toBe(models);
  });

  test("any printable text survives the registry and both property list parsers", () => {
    const text = fc
      .string({ unit: "binary", maxLength: 40 })
      // Lint refuses these before a channel sees them.
      .filter((s) => !/[\p{Cc}\u2028\u2029\p{Noncharacter_Code_Point}]/u.test(s));
    const nasty = fc.constantFrom(
      "\\",
      '"',
      '\\"',
      "\\\\",
      "a\\",
      "<&>",
      "]]>",
      "&amp;",
      "%x%",
      " a ",
    );
    const batch = fc.array(fc.oneof(text, nasty), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(batch, (texts) => {
        const settings = Object.fromEntries(texts.map((t, i) => [`key${i}`, t]));
        expect(readRegWithHivex(reg.render(settings, addressee))).toEqual(settings);
        const plist = mobileconfig.render(settings, addressee);
        expect(settingsIn(readPlistWithPython(plist))).toEqual(settings);
        expect(settingsIn(readPlistWithPlistutil(plist))).toEqual(settings);
      }),
      { numRuns: 5 },
    );
  }, 60_000);
});
