import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readExecutable } from "../../../scripts/helper/executable-facts.ts";
import { targetNames } from "../../../scripts/helper/targets.ts";
import { buildOpen, buildStandIn, entry, inFolder, runIn } from "./built.ts";
import { type Hostile, hostileSurroundings } from "./hostile.ts";

const base = mkdtempSync(join(tmpdir(), "helper-built-"));
const out = join(base, "out");
const open = join(base, "open");
const closed = join(out, "linux-x64/opt/cowork/bin/credential-helper");
const token = "aaaa.eyJzdWIiOiJ4In0.bbbb";
let hostile: Hostile;

beforeAll(async () => {
  const signCommand = join(base, "sign");
  writeFileSync(
    signCommand,
    `#!/bin/sh
echo "$1" >> ${join(base, "signed")}
case $1 in linux-arm64) printf "signed for $1" >> "$2";; esac
`,
  );
  chmodSync(signCommand, 0o755);
  await buildStandIn(out, { targets: targetNames, signCommand });
  await buildOpen(open);
  hostile = await hostileSurroundings(base);
  writeFileSync(join(base, "config.json"), '{"a":1}');
  writeFileSync(join(base, "token.json"), JSON.stringify({ token }));
}, 600_000);

afterAll(async () => {
  await hostile.stop();
  rmSync(base, { recursive: true, force: true });
});

describe("the Linux executable, run for real", () => {
  it("starts anywhere, prints what the program prints and ends with its code", async () => {
    const args = ["token", join(base, "config.json"), join(base, "token.json")];
    expect(await runIn("/", closed, args)).toEqual({
      code: 0,
      stdout: `${token} 015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862 x\n`,
      stderr: "",
    });
    expect(await runIn("/", closed, [])).toEqual({ code: 3, stdout: "", stderr: "" });
  });

  const untouched = (args = 2) => ({
    verdict: "nothing was changed",
    preloaded: false,
    dotenv: "absent",
    arguments: args,
    fetch: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    https: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  });

  it("ignores every file of a hostile directory, which an open one obeys", async () => {
    const args = ["probe", hostile.url];
    const environment = { HOME: hostile.folder, XDG_CONFIG_HOME: hostile.folder };
    const ended = await runIn(hostile.folder, closed, args, environment);
    expect(ended.stderr).toBe("");
    expect(JSON.parse(ended.stdout)).toEqual(untouched());

    const obeyed = JSON.parse((await runIn(hostile.folder, open, args)).stdout);
    expect(obeyed).toMatchObject({ preloaded: true, dotenv: "present", fetch: "answered" });
  });

  const attacks: readonly {
    readonly by: string;
    readonly environment: (hostile: Hostile) => NodeJS.ProcessEnv;
    readonly obeyed: object;
  }[] = [
    {
      by: "BUN_OPTIONS",
      environment: ({ preload }) => ({ BUN_OPTIONS: `--preload ${preload}` }),
      obeyed: { preloaded: true },
    },
    {
      by: "NODE_TLS_REJECT_UNAUTHORIZED",
      environment: () => ({ NODE_TLS_REJECT_UNAUTHORIZED: "0" }),
      obeyed: { fetch: "answered", https: "answered" },
    },
    {
      by: "NODE_EXTRA_CA_CERTS",
      environment: ({ authorityFile }) => ({ NODE_EXTRA_CA_CERTS: authorityFile }),
      obeyed: { fetch: "answered", https: "answered" },
    },
    {
      by: "SSL_CERT_FILE",
      environment: ({ authorityFile }) => ({ SSL_CERT_FILE: authorityFile }),
      obeyed: { fetch: "answered", https: "answered" },
    },
  ];

  it.each(attacks)("ignores $by, which an open one obeys", async ({ environment, obeyed }) => {
    const args = ["probe", hostile.url];
    const ended = await runIn("/", closed, args, environment(hostile));
    expect(ended.stderr).toBe("");
    expect(JSON.parse(ended.stdout)).toEqual(untouched());
    expect(JSON.parse((await runIn("/", open, args, environment(hostile))).stdout)).toMatchObject(
      obeyed,
    );
  });

  it.each([
    ["NODE_OPTIONS", ({ preload }: Hostile) => ({ NODE_OPTIONS: `--require ${preload}` })],
    ["BUN_INSPECT_PRELOAD", ({ preload }: Hostile) => ({ BUN_INSPECT_PRELOAD: preload })],
    ["BUN_INSPECT", () => ({ BUN_INSPECT: "ws://127.0.0.1:0/x", BUN_INSPECT_NOTIFY: "unix:///x" })],
    ["SSL_CERT_DIR", ({ folder }: Hostile) => ({ SSL_CERT_DIR: folder })],
    ["NODE_USE_SYSTEM_CA", () => ({ NODE_USE_SYSTEM_CA: "1" })],
  ])("ignores %s", async (_, environment) => {
    const ended = await runIn("/", closed, ["probe", hostile.url], environment(hostile));
    expect(ended.stderr).toBe("");
    expect(JSON.parse(ended.stdout)).toEqual(untouched());
  });

  it("stays the helper under BUN_BE_BUN, which makes an open one the bun command", async () => {
    const args = ["-e", "console.log('ran', Bun.version)"];
    const environment = { BUN_BE_BUN: "1" };
    expect(await runIn("/", closed, args, environment)).toEqual({
      code: 3,
      stdout: "",
      stderr: "",
    });
    expect((await runIn("/", open, args, environment)).stdout).toBe("ran 1.4.5\n");
  });

  it("prints no request under BUN_CONFIG_VERBOSE_FETCH, where an open one prints its secret", async () => {
    const environment = { BUN_CONFIG_VERBOSE_FETCH: "curl" };
    const trusting = { ...environment, SSL_CERT_FILE: hostile.authorityFile };
    expect((await runIn("/", closed, ["probe", hostile.url], environment)).stderr).toBe("");
    expect((await runIn("/", open, ["probe", hostile.url], trusting)).stderr).toContain(
      "Bearer stand-in-secret",
    );
  });

  it("refuses to start with engine options that read code from a file, which replace code of an open one", async () => {
    const text = (await runIn("/", open, ["source"])).stdout;
    const body = text.slice(text.indexOf("{"));
    const overrides = join(base, "overrides");
    writeFileSync(overrides, `override %%${body}%%\nwith %%{ return "replaced"; }%%\n`);
    const environment = { BUN_JSC_functionOverrides: overrides };
    expect(
      JSON.parse((await runIn("/", open, ["probe", hostile.url], environment)).stdout),
    ).toEqual({ ...untouched(), verdict: "replaced" });
    for (const name of ["BUN_JSC_functionOverrides", "BUN_JSC_configFile"]) {
      const ended = await runIn("/", closed, ["probe", hostile.url], { [name]: overrides });
      expect(ended).toMatchObject({ code: 1, stdout: "" });
      expect(ended.stderr.split("\n")[0]).toBe("error: invalid JSC environment variable");
    }
  });
});

describe("every target, by its structure", () => {
  const executable = (path: string) => readExecutable(readFileSync(join(out, path)));
  const posix = "opt/cowork/bin/credential-helper";
  const windows = "Program Files/Cowork/credential-helper.exe";

  it.each([
    ["darwin-arm64", "arm64"],
    ["darwin-x64", "x64"],
  ])("%s is a Mach-O program whose every page has the signed hash", (name, processor) => {
    expect(executable(`${name}/${posix}`)).toEqual({
      format: "mach-o",
      processor,
      executable: true,
      signature: {
        identifier: "cowork-credential-helper",
        adHoc: true,
        pages: expect.any(Number),
        wrongPages: 0,
      },
    });
  });

  it.each([
    ["windows-x64", "x64"],
    ["windows-arm64", "arm64"],
  ])("%s is a console program without a signature, with Bun's version", (name, processor) => {
    expect(executable(`${name}/${windows}`)).toEqual({
      ...{ format: "pe", processor, subsystem: "console", signed: false },
      productVersion: "1.4.5.0",
    });
  });

  it.each([
    ["linux-x64", "x64", "/lib64/ld-linux-x86-64.so.2"],
    ["linux-arm64", "arm64", "/lib/ld-linux-aarch64.so.1"],
  ])("%s is an ELF program for glibc", (name, processor, interpreter) => {
    expect(executable(`${name}/${posix}`)).toEqual({ format: "elf", processor, interpreter });
  });

  it("is executable for everybody and written by its owner alone", () => {
    for (const name of targetNames) {
      const path = name.startsWith("windows") ? windows : posix;
      expect(statSync(join(out, name, path)).mode & 0o777).toBe(0o755);
    }
  });
});

describe("what is handed out", () => {
  it("names all files with hashes that sha256sum confirms", () => {
    const said = execFileSync("sha256sum", ["-c", "SHA256SUMS"], { cwd: out, encoding: "utf8" });
    expect(said.trimEnd().split("\n")).toEqual([
      "cowork-credential-helper-0.1.0-darwin-arm64.tar.gz: OK",
      "cowork-credential-helper-0.1.0-darwin-x64.tar.gz: OK",
      "cowork-credential-helper-0.1.0-linux-arm64.tar.gz: OK",
      "cowork-credential-helper-0.1.0-linux-x64.tar.gz: OK",
      "cowork-credential-helper-0.1.0-windows-arm64.zip: OK",
      "cowork-credential-helper-0.1.0-windows-x64.zip: OK",
      "darwin-arm64/opt/cowork/bin/credential-helper: OK",
      "darwin-x64/opt/cowork/bin/credential-helper: OK",
      "install.json: OK",
      "linux-arm64/opt/cowork/bin/credential-helper: OK",
      "linux-x64/opt/cowork/bin/credential-helper: OK",
      "sbom.cdx.json: OK",
      "windows-arm64/Program Files/Cowork/credential-helper.exe: OK",
      "windows-x64/Program Files/Cowork/credential-helper.exe: OK",
    ]);
  });

  it("says where each target is installed and where its configuration lies", () => {
    const install = JSON.parse(readFileSync(join(out, "install.json"), "utf8"));
    expect(install).toMatchObject({ name: "cowork-credential-helper", signed: true });
    expect(Object.keys(install.targets)).toEqual([...targetNames]);
    expect(install.targets["windows-arm64"]).toEqual({
      installedPath: "C:\\Program Files\\Cowork\\credential-helper.exe",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      sizeBytes: statSync(join(out, "windows-arm64", "Program Files/Cowork/credential-helper.exe"))
        .size,
      configPath: "C:\\Program Files\\Cowork\\credential-helper.json",
      archive: "cowork-credential-helper-0.1.0-windows-arm64.zip",
    });
    expect(install.targets["darwin-x64"]).toMatchObject({
      installedPath: "/opt/cowork/bin/credential-helper",
      configPath: "/Library/Application Support/Cowork/credential-helper.json",
    });
    expect(install.targets["linux-x64"].configPath).toBe("/etc/cowork/credential-helper.json");
  });

  it("lists what is in it: the one package, also where it is loaded late, and the runtimes", () => {
    const { components } = JSON.parse(readFileSync(join(out, "sbom.cdx.json"), "utf8"));
    expect(components.map(({ purl }: { purl: string }) => purl)).toEqual([
      "pkg:npm/jose@6.2.17",
      "pkg:npm/%40oven/bun-darwin-aarch64@1.4.5",
      "pkg:npm/%40oven/bun-darwin-x64@1.4.5",
      "pkg:npm/%40oven/bun-windows-x64@1.4.5",
      "pkg:npm/%40oven/bun-windows-aarch64@1.4.5",
      "pkg:npm/%40oven/bun-linux-x64@1.4.5",
      "pkg:npm/%40oven/bun-linux-aarch64@1.4.5",
    ]);
  });

  it("gives the same bytes a second time, from another folder", async () => {
    await inFolder(async (folder) => {
      const again = join(folder, "elsewhere", "out");
      await buildStandIn(again);
      const archive = "cowork-credential-helper-0.1.0-linux-x64.tar.gz";
      expect(readFileSync(join(again, archive)).equals(readFileSync(join(out, archive)))).toBe(
        true,
      );
      expect(readdirSync(join(folder, "elsewhere"))).toEqual(["out"]);
    });
  });
});

describe("signing", () => {
  it("handed each executable to the command before anything was hashed, and packed what it left", () => {
    const signed = readFileSync(join(out, "linux-arm64", "opt/cowork/bin/credential-helper"));
    expect(signed.subarray(-22).toString()).toBe("signed for linux-arm64");
    expect(readFileSync(join(base, "signed"), "utf8").trim().split("\n").toSorted()).toEqual(
      [...targetNames].toSorted(),
    );
  });

  it("stops when the command fails, says why, and leaves what was there", async () => {
    await inFolder(async (folder) => {
      const signCommand = join(folder, "sign");
      writeFileSync(signCommand, "#!/bin/sh\necho 'no key in this slot' >&2\nexit 7\n");
      chmodSync(signCommand, 0o755);
      await expect(buildStandIn(join(folder, "out"), { signCommand, entry })).rejects.toThrow(
        `the helper was not built, and nothing was written:\n  linux-x64: ${signCommand} linux-x64: ended with 7: no key in this slot`,
      );
      expect(readdirSync(folder)).toEqual(["sign"]);
    });
  });
});
