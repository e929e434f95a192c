import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { downloadedEngine, downloadFolder } from "../../../offline/engine/download-engine.ts";
import { temporaryFolder, writeFakeEngine } from "./fake-engine.ts";

const silent = () => undefined;
const neverCalled = async () => {
  throw new Error("installed again");
};

test("the folder is the npm launcher's", () => {
  expect(downloadFolder({})).toBe(join(homedir(), ".pulumi", "versions", "3.265.0"));
  expect(downloadFolder({ PULUMI_HOME: "/opt/p" })).toBe("/opt/p/versions/3.265.0");
  expect(downloadFolder({ PULUMI_HOME: "/opt/p", PULUMI_VERSION: "3.270.0" })).toBe(
    "/opt/p/versions/3.270.0",
  );
});

test("what the npm launcher fetched earlier is used without a download", async () => {
  const home = temporaryFolder();
  const command = join(home, "versions", "3.265.0", "bin", "pulumi");
  writeFakeEngine(command, "v3.265.0");
  expect(await downloadedEngine({ PULUMI_HOME: home }, silent, neverCalled)).toEqual({
    command,
    version: "v3.265.0",
  });
});

test("a download is installed beside its place and then moved", async () => {
  const home = temporaryFolder();
  const lines: string[] = [];
  const roots: string[] = [];
  const found = await downloadedEngine(
    { PULUMI_HOME: home },
    (line) => lines.push(line),
    async (root, version) => {
      roots.push(root);
      writeFakeEngine(join(root, "bin", "pulumi"), `v${version}`);
      return undefined;
    },
  );
  expect(found).toEqual({
    command: join(home, "versions", "3.265.0", "bin", "pulumi"),
    version: "v3.265.0",
  });
  expect(roots[0]).toContain(join(home, "versions", ".incomplete-"));
  expect(readdirSync(join(home, "versions"))).toEqual(["3.265.0"]);
  expect(lines).toEqual(["engine: trying the official download of pulumi 3.265.0"]);
});

test("a half-finished copy in the final place is replaced", async () => {
  const home = temporaryFolder();
  const bin = join(home, "versions", "3.265.0", "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "pulumi"), "", { mode: 0o755 });
  const found = await downloadedEngine({ PULUMI_HOME: home }, silent, async (root) => {
    writeFakeEngine(join(root, "bin", "pulumi"), "v3.265.0");
    return undefined;
  });
  expect(found).toEqual({ command: join(bin, "pulumi"), version: "v3.265.0" });
});

test("a failed download gives its reason and leaves nothing behind", async () => {
  const home = temporaryFolder();
  const found = await downloadedEngine({ PULUMI_HOME: home }, silent, async (root) => {
    writeFakeEngine(join(root, "bin", "pulumi"), "v3.265.0");
    return "https://get.pulumi.com/install.sh: HTTP 503";
  });
  expect(found).toEqual({ reason: "https://get.pulumi.com/install.sh: HTTP 503" });
  expect(readdirSync(join(home, "versions"))).toEqual([]);
});

test("a script that installs nothing is a failure", async () => {
  const home = temporaryFolder();
  const found = await downloadedEngine({ PULUMI_HOME: home }, silent, async () => undefined);
  expect(found).toEqual({ reason: expect.stringMatching(/bin\/pulumi: not found$/) });
});

test("a home that cannot be written is a reason, not an exception", async () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  const found = await downloadedEngine({ PULUMI_HOME: file }, silent, neverCalled);
  expect(found).toEqual({ reason: expect.stringContaining("ENOTDIR") });
});
