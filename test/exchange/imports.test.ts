import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const rooms = ["exchange", "token-service/exchange", "token-service/signing"];
const files = rooms.flatMap((room) =>
  readdirSync(room).flatMap((name) => (name.endsWith(".ts") ? [`${room}/${name}`] : [])),
);

describe("a cloud's SDK is loaded by whoever needs it, when it is needed", () => {
  test.each(files)("%s imports none at its start", (file) => {
    const imports = readFileSync(file, "utf8").match(/^import [^;]*;/gm) ?? [];
    const sdks = imports.filter((text) =>
      /"(@aws-sdk|@smithy|@azure|google-auth-library)/.test(text),
    );
    expect(sdks.filter((text) => !text.startsWith("import type "))).toEqual([]);
  });

  test("the files are found", () => {
    expect(files).toEqual(
      expect.arrayContaining(["exchange/aws-sts.ts", "token-service/signing/aws-kms-key.ts"]),
    );
  });
});
