import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  installMoto,
  missingTools,
  missingToolsMessage,
  motoServer,
  prepareTestTools,
  type Tool,
} from "../../scripts/test-tools.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cowork-test-tools-"));
  mkdirSync(join(folder, "bin"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const cache = () => join(folder, "cache");
const installed = () => join(cache(), "test-tools", "moto-5.2.5");

/** Our programs are found first; /bin brings what the stand-in for Python calls. */
const environment = (): NodeJS.ProcessEnv => ({
  PATH: `${join(folder, "bin")}:/bin`,
  COWORK_CACHE_DIR: cache(),
});

function program(name: string, text = "#!/bin/sh\n"): void {
  writeFileSync(join(folder, "bin", name), text);
  chmodSync(join(folder, "bin", name), 0o755);
}

/** A Python whose venv and pip are quick, and which writes down what it was asked. */
function quickPython(pipEndsWith = 0): void {
  program(
    "python3",
    `#!/bin/sh
echo "python3 $*" >> ${folder}/log
mkdir -p "$3/bin"
cat > "$3/bin/python" <<'PYTHON'
#!/bin/sh
echo "pip $*" >> ${folder}/log
sleep 0.2
echo "no route to the index" >&2
echo '#!/bin/sh' > "$(dirname "$0")/moto_server"
chmod +x "$(dirname "$0")/moto_server"
exit ${pipEndsWith}
PYTHON
chmod +x "$3/bin/python"
`,
  );
}

const log = () => readFileSync(join(folder, "log"), "utf8").trim().split("\n");

const list: Tool[] = [
  { programs: ["redis-server"], debianPackage: "redis-server" },
  { programs: ["chromium", "google-chrome"], debianPackage: "chromium" },
  { programs: ["secret-tool"], debianPackage: "libsecret-tools" },
];

test("one message names every missing program and the one line that installs them", () => {
  program("redis-server");
  const missing = missingTools(list, { PATH: join(folder, "bin") });
  expect(missingToolsMessage(missing)).toBe(
    "The tests need programs that are not installed: chromium or google-chrome, secret-tool.\n" +
      "Install them: apt-get install chromium libsecret-tools",
  );
});

test("any one of a tool's programs will do", () => {
  for (const name of ["redis-server", "google-chrome", "secret-tool"]) program(name);
  expect(missingTools(list, { PATH: `/nowhere:${join(folder, "bin")}` })).toEqual([]);
});

test("no PATH, an empty PATH, a folder and a file that cannot be run are all missing programs", () => {
  mkdirSync(join(folder, "bin", "redis-server"));
  writeFileSync(join(folder, "bin", "secret-tool"), "");
  for (const env of [{}, { PATH: "" }, { PATH: join(folder, "bin") }]) {
    expect(missingTools(list, env)).toEqual(list);
  }
});

test("moto is looked for where the kit keeps its cache, or where the user says", () => {
  expect(motoServer({ XDG_CACHE_HOME: "/x" })).toBe(
    "/x/cowork-landing-zone/test-tools/moto-5.2.5/bin/moto_server",
  );
  expect(motoServer({ COWORK_CACHE_DIR: "/c", COWORK_MOTO_SERVER: "" })).toBe(
    "/c/test-tools/moto-5.2.5/bin/moto_server",
  );
  expect(motoServer({ COWORK_MOTO_SERVER: "/opt/moto_server" })).toBe("/opt/moto_server");
});

test("moto is installed once, pinned, however many ask and however often", async () => {
  quickPython();
  const paths = await Promise.all([1, 2, 3].map(() => installMoto(environment())));
  paths.push(await installMoto(environment()));
  expect(new Set(paths)).toEqual(new Set([join(installed(), "bin", "moto_server")]));
  expect(log()).toEqual([
    `python3 -m venv ${installed()}`,
    "pip -m pip install --quiet --disable-pip-version-check moto[server]==5.2.5",
  ]);
});

test("an installation that was cut short is made again", async () => {
  quickPython();
  mkdirSync(join(installed(), "bin"), { recursive: true });
  writeFileSync(join(installed(), "bin", "left-over"), "");
  await installMoto(environment());
  expect(log()).toHaveLength(2);
  expect(existsSync(join(installed(), "bin", "left-over"))).toBe(false);
});

test("an installation whose Python was upgraded away is made again", async () => {
  quickPython();
  await installMoto(environment());
  rmSync(join(installed(), "bin", "python"));
  symlinkSync("/nowhere/python3.9", join(installed(), "bin", "python"));
  await installMoto(environment());
  expect(log()).toHaveLength(4);
});

test("a pip that fails is told with its words and a fix, and is tried again next time", async () => {
  quickPython(1);
  const python = join(installed(), "bin", "python");
  const pip = "-m pip install --quiet --disable-pip-version-check moto[server]==5.2.5";
  const message =
    `moto 5.2.5 could not be installed: "${python} ${pip}" failed (no route to the index). ` +
    "Fix: make PyPI reachable (pip's own settings are honoured), or set COWORK_MOTO_SERVER to a moto_server 5.2.5 of your own";
  await expect(installMoto(environment())).rejects.toThrow(new Error(message));
  quickPython(0);
  await installMoto(environment());
  expect(log()).toHaveLength(4);
});

test("a Python without venv is told with the package that brings it", async () => {
  program("python3", '#!/bin/sh\necho "ensurepip is not available"\nexit 1\n');
  await expect(installMoto(environment())).rejects.toThrow(
    new Error(
      `moto 5.2.5 could not be installed: "python3 -m venv ${installed()}" failed (ensurepip is not available). ` +
        "Fix: apt-get install python3-venv",
    ),
  );
});

test("a user's own moto is taken as it is, and must be there", async () => {
  program("my-moto");
  const own = join(folder, "bin", "my-moto");
  expect(await installMoto({ ...environment(), COWORK_MOTO_SERVER: own })).toBe(own);
  expect(existsSync(cache())).toBe(false);
  await expect(
    installMoto({ ...environment(), COWORK_MOTO_SERVER: "/nowhere/moto_server" }),
  ).rejects.toThrow(
    new Error(
      "COWORK_MOTO_SERVER names /nowhere/moto_server, which is not a program. Correct it, or unset it to have moto 5.2.5 installed",
    ),
  );
});

test("missing programs and a moto that fails are told together", async () => {
  const PATH = join(folder, "bin");
  const env = { ...environment(), PATH, COWORK_MOTO_SERVER: "/nowhere/moto_server" };
  const problems = await prepareTestTools(env, list);
  expect(problems).toHaveLength(2);
  expect(problems[0]).toContain("apt-get install redis-server chromium libsecret-tools");
  expect(problems[1]).toContain("COWORK_MOTO_SERVER names /nowhere/moto_server");
});

test("without Python only the packages are named: what moto lacks is known after that", async () => {
  const python: Tool = { programs: ["python3"], debianPackage: "python3" };
  const problems = await prepareTestTools({ ...environment(), PATH: join(folder, "bin") }, [
    python,
  ]);
  expect(problems).toEqual([
    "The tests need programs that are not installed: python3.\nInstall them: apt-get install python3",
  ]);
});

test("as a command it ends with 1 and names all ten programs when none is there", () => {
  const run = spawnSync(process.execPath, ["scripts/test-tools.ts"], {
    env: { ...environment(), PATH: join(folder, "bin") },
    encoding: "utf8",
  });
  expect(run.status).toBe(1);
  expect(run.stdout).toBe("");
  expect(run.stderr).toBe(
    "The tests need programs that are not installed: redis-server, openssl, plistutil, hivexregedit, python3, " +
      "dbus-run-session, gnome-keyring-daemon, hyperfine, secret-tool, chromium or chromium-browser or google-chrome.\n" +
      "Install them: apt-get install redis-server openssl libplist-utils libwin-hivex-perl python3 dbus-daemon " +
      "gnome-keyring hyperfine libsecret-tools chromium\n",
  );
});

test("for continuous integration it prints the missing packages and nothing else", () => {
  program("redis-server");
  const run = spawnSync(process.execPath, ["scripts/test-tools.ts", "--missing-packages"], {
    env: { ...environment(), PATH: join(folder, "bin") },
    encoding: "utf8",
  });
  expect(run.status).toBe(0);
  expect(run.stdout).toBe(
    "openssl\nlibplist-utils\nlibwin-hivex-perl\npython3\ndbus-daemon\ngnome-keyring\nhyperfine\nlibsecret-tools\nchromium\n",
  );
});
