import { join } from "node:path";
import { expect, test } from "vitest";
import { buildFolder } from "../../../offline/engine/build-engine.ts";
import { EngineError } from "../../../offline/engine/engine-error.ts";
import { type EngineOrigin, findEngine } from "../../../offline/engine/find-engine.ts";
import { temporaryFolder, writeFakeEngine } from "./fake-engine.ts";

function fixture(works: readonly EngineOrigin[], env: NodeJS.ProcessEnv = {}) {
  const folder = temporaryFolder();
  const asked: EngineOrigin[] = [];
  const way = (origin: EngineOrigin) => async () => {
    asked.push(origin);
    const command = join(folder, origin, "bin", "pulumi");
    if (!works.includes(origin)) return { reason: `no ${origin} today` };
    writeFakeEngine(command, "v3.259.0");
    return { command, version: "v3.259.0" };
  };
  const find = () =>
    findEngine({
      env: { COWORK_CACHE_DIR: join(folder, "cache"), ...env },
      log: () => undefined,
      ways: { path: way("path"), download: way("download"), build: way("build") },
    });
  return { asked, find, folder };
}

async function errorOf(run: () => Promise<unknown>): Promise<EngineError> {
  const error = await run().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(EngineError);
  return error as EngineError;
}

test("an engine on PATH is taken without trying the other ways", async () => {
  const { asked, find, folder } = fixture(["path", "download", "build"]);
  expect(await find()).toEqual({
    command: join(folder, "path", "bin", "pulumi"),
    version: "v3.259.0",
    origin: "path",
    hasNodeLanguageHost: false,
    binFolder: expect.stringContaining(join(folder, "cache", "analyzer")),
  });
  expect(asked).toEqual(["path"]);
});

test("the download is tried before the build", async () => {
  const { asked, find } = fixture(["download", "build"]);
  expect((await find()).origin).toBe("download");
  expect(asked).toEqual(["path", "download"]);
});

test("the build comes last", async () => {
  const { asked, find } = fixture(["build"]);
  expect((await find()).origin).toBe("build");
  expect(asked).toEqual(["path", "download", "build"]);
});

test("COWORK_ENGINE allows one way only", async () => {
  const { asked, find } = fixture(["path", "download", "build"], { COWORK_ENGINE: "build" });
  expect((await find()).origin).toBe("build");
  expect(asked).toEqual(["build"]);
});

test("an empty COWORK_ENGINE means all ways", async () => {
  const { asked, find } = fixture(["build"], { COWORK_ENGINE: "" });
  await find();
  expect(asked).toEqual(["path", "download", "build"]);
});

test("an unknown COWORK_ENGINE is refused before anything is tried", async () => {
  const { asked, find } = fixture(["path"], { COWORK_ENGINE: "paht" });
  expect((await errorOf(find)).message).toBe(
    'COWORK_ENGINE: "paht" is none of path, download, build',
  );
  expect(asked).toEqual([]);
});

test("when nothing works the error names the three ways and why each failed, without a stack trace", async () => {
  const error = await errorOf(fixture([]).find);
  expect(error.message).toBe(`no Pulumi engine: none of the three ways worked
  a Pulumi CLI on PATH (3.254.0 or newer; install it: https://www.pulumi.com/docs/install/): no path today
  the official download (needs get.pulumi.com): no download today
  a build from its Go modules (needs Go, https://go.dev/dl/, and a Go module proxy): no build today`);
  expect(error.stack).toBe(`EngineError: ${error.message}`);
});

test("when the only allowed way fails the error says that the others were not tried", async () => {
  const error = await errorOf(fixture(["path", "build"], { COWORK_ENGINE: "download" }).find);
  expect(error.message).toBe(`no Pulumi engine: COWORK_ENGINE allows only "download"
  the official download (needs get.pulumi.com): no download today`);
});

test("an engine built earlier is used without asking for the download again", async () => {
  const folder = temporaryFolder();
  const env = { COWORK_CACHE_DIR: folder, PULUMI_HOME: join(folder, "home"), PATH: "" };
  const command = join(buildFolder(env), "bin", "pulumi");
  writeFakeEngine(command, "v3.259.0");
  const lines: string[] = [];
  const engine = await findEngine({ env, log: (line) => lines.push(line) });
  expect(engine).toMatchObject({ command, origin: "build" });
  expect(lines).toEqual([]);
});

test("a finished download goes before a built engine", async () => {
  const folder = temporaryFolder();
  const env = { COWORK_CACHE_DIR: folder, PULUMI_HOME: join(folder, "home"), PATH: "" };
  writeFakeEngine(join(buildFolder(env), "bin", "pulumi"), "v3.259.0");
  const command = join(folder, "home", "versions", "3.265.0", "bin", "pulumi");
  writeFakeEngine(command, "v3.265.0");
  expect(await findEngine({ env, log: () => undefined })).toMatchObject({
    command,
    version: "v3.265.0",
    origin: "download",
  });
});
