import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import {
  lookAtConfig,
  programStep,
  takesFile,
} from "../../../credential-helper/doctor/local-steps.ts";
import { exampleConfig } from "../support/helper-sandbox.ts";

let folder: string;
let program: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "cowork-program-")), "bin");
  program = join(folder, "credential-helper");
  mkdirSync(folder);
  writeFileSync(program, "", { mode: 0o755 });
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;
const never = () => false;
const posixFix = "install it where root alone can write, and point inferenceCredentialHelper there";
const elsewhere = " (profiles of the kit point to /opt/cowork/bin/credential-helper)";

describe("doctor's look at the program", () => {
  it("is content where only root can change it", () => {
    expect(programStep("/usr/bin/env", { platform: "linux", mayWrite: never })).toEqual({
      status: "ok",
      found: `/usr/bin/env, which only root can change${elsewhere}`,
    });
  });

  it("warns when the folder belongs to the person, as /usr/local/bin with Homebrew does", () => {
    const owner = isRoot ? 501 : process.getuid?.();
    if (isRoot) chownSync(folder, 501, 20);
    const { status, found, fix } = programStep(program, { platform: "darwin", mayWrite: never });
    expect([status, fix]).toEqual(["warning", posixFix]);
    expect(found).toContain(`${folder} belongs to user ${owner}, not to root`);
  });

  it("warns when the folder can be written by its group", () => {
    chmodSync(folder, 0o775);
    const { status, found, fix } = programStep(program, { platform: "linux", mayWrite: never });
    expect([status, fix]).toEqual(["warning", posixFix]);
    expect(found).toContain(`${folder} can be written by its group or by everybody`);
  });

  it("warns when an access list lets this account in, whatever owner and mode say", () => {
    const asked: string[] = [];
    const mayWrite = (path: string) => asked.push(path) > 0;
    expect(programStep("/usr/bin/env", { platform: "darwin", mayWrite })).toEqual({
      status: "warning",
      found: `others can replace /usr/bin/env: this account can write /usr/bin${elsewhere}`,
      fix: posixFix,
    });
    expect(asked).toEqual(["/usr/bin"]);
  });

  it("asks about a Windows folder with blanks in its name, and says what it found", () => {
    const path = "C:\\Program Files\\Cowork\\credential-helper.exe";
    const asked: string[] = [];
    const place = (answer: boolean) => ({
      platform: "win32" as const,
      mayWrite: (folder: string) => asked.push(folder) > 0 && answer,
    });
    expect(programStep(path, place(false))).toEqual({
      status: "ok",
      found: `${path}, whose folder this account cannot write; its access list is not read`,
    });
    expect(programStep(path, place(true))).toEqual({
      status: "warning",
      found: `others can replace ${path}: this account can write C:\\Program Files\\Cowork`,
      fix: "fine for an administrator; otherwise install it where only administrators write, and point inferenceCredentialHelper there",
    });
    expect(asked).toEqual(Array(2).fill("C:\\Program Files\\Cowork"));
  });

  it("tries a folder on Windows, and leaves nothing there", () => {
    expect(takesFile(folder)).toBe(true);
    expect(takesFile(join(folder, "nowhere"))).toBe(false);
    expect(readdirSync(folder)).toEqual(["credential-helper"]);
  });
});

describe("doctor's look at the configuration", () => {
  it("does not call a file that --config named, and the person owns, an administrator's", () => {
    const path = join(folder, "credential-helper.json");
    writeFileSync(path, JSON.stringify(exampleConfig), { mode: 0o644 });
    const owner = isRoot ? 501 : (process.getuid?.() ?? 0);
    if (isRoot) chownSync(path, 501, 20);
    expect(lookAtConfig({ path, trustedOwners: [0, owner] }).finding).toEqual({
      status: "ok",
      found: `${path} is valid; this account can change it, which --config allows`,
    });
  });
});
