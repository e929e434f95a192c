import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import {
  type Asker,
  answers,
  forgetFailure,
  readSharedFailure,
  type SharedFailure,
  shareFailure,
} from "../../credential-helper/shared-failure.ts";

const atMs = Date.UTC(2026, 10, 21, 12);
const configSha256 = "a".repeat(64);
const refused: SharedFailure = {
  configSha256,
  failure: "refused",
  message: "no: ask the help desk",
  atMs,
  interactive: false,
};
const asker: Asker = {
  configSha256,
  nowMs: atMs + 1,
  startedAtMs: atMs - 1000,
  interactive: false,
};

describe("a failure of another run", () => {
  it("answers for a while, each cause for its own", () => {
    const held = (failure: SharedFailure["failure"], afterSeconds: number) =>
      answers({ ...refused, failure }, { ...asker, nowMs: atMs + afterSeconds * 1000 });
    expect([held("refused", 29.9), held("refused", 30)]).toEqual([true, false]);
    expect([held("unavailable", 4.9), held("unavailable", 5)]).toEqual([true, false]);
    expect([held("signInNeeded", 14.9), held("signInNeeded", 15)]).toEqual([true, false]);
    expect([held("internal", 0), held("localStore", 0), held("configuration", 0)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("does not answer for another configuration, nor from the future", () => {
    expect(answers(refused, { ...asker, configSha256: "b".repeat(64) })).toBe(false);
    expect(answers({ ...refused, atMs: atMs + 10_000 }, asker)).toBe(false);
  });

  it("does not answer a person, unless a person failed while that one waited", () => {
    const person = { ...asker, interactive: true };
    expect(answers(refused, person)).toBe(false);
    expect(answers({ ...refused, interactive: true }, person)).toBe(true);
    const later = { ...person, startedAtMs: atMs + 1 };
    expect(answers({ ...refused, interactive: true }, later)).toBe(false);
  });
});

describe("the file it is left in", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "cowork-failure-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("comes back as it was written, and goes when forgotten", () => {
    expect(readSharedFailure(folder)).toBeUndefined();
    shareFailure(folder, refused);
    expect(readSharedFailure(folder)).toEqual(refused);
    forgetFailure(folder);
    expect(readSharedFailure(folder)).toBeUndefined();
  });

  it("is not written for causes nobody else needs to know", () => {
    shareFailure(folder, { ...refused, failure: "internal" });
    expect(readSharedFailure(folder)).toBeUndefined();
  });

  it("counts for nothing when it is anything else", () => {
    const texts = ["", "{", "[]", "null", JSON.stringify({ ...refused, failure: "ok" })];
    for (const text of [...texts, JSON.stringify({ ...refused, atMs: "soon" })]) {
      writeFileSync(join(folder, "failure"), text, { mode: 0o600 });
      expect(readSharedFailure(folder)).toBeUndefined();
    }
    rmSync(join(folder, "failure"));
    mkdirSync(join(folder, "failure"));
    expect(readSharedFailure(folder)).toBeUndefined();
    shareFailure(folder, refused);
    expect(readSharedFailure(folder)).toEqual(refused);
  });
});
