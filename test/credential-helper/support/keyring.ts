import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A desktop session of its own with a real gnome-keyring, unlocked. */
export interface Keyring {
  /** For what runs within the session. */
  readonly environment: Readonly<Record<string, string>>;
  /** As when the person has not typed the password yet. */
  lock(): Promise<void>;
  /** As when a prompt waits for somebody. */
  stop(): void;
  continue(): void;
  /** Secrets it holds for the helper, by their attributes. */
  search(): Promise<string>;
  close(): Promise<void>;
}

const password = "only-for-tests";

/** @throws Error that names the Debian packages when a program is missing; a test never passes without it. */
export async function startKeyring(): Promise<Keyring> {
  const folder = mkdtempSync(join(tmpdir(), "cowork-keyring-"));
  const runtime = join(folder, "run");
  mkdirSync(runtime, { mode: 0o700 });
  writeFileSync(join(folder, "password"), password);
  const script = `echo "$DBUS_SESSION_BUS_ADDRESS"
    gnome-keyring-daemon --foreground --unlock --components=secrets < "${folder}/password" > /dev/null 2>&1 &
    echo $!; wait`;
  const own = { PATH: process.env.PATH ?? "", HOME: folder, XDG_RUNTIME_DIR: runtime };
  const session = spawn("dbus-run-session", ["--", "sh", "-c", script], {
    env: own,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [address, pid] = await linesOf(session, 2);
  const daemon = Number(pid);
  const environment = { DBUS_SESSION_BUS_ADDRESS: address ?? "", XDG_RUNTIME_DIR: runtime };
  const within = { env: { ...own, ...environment } };
  const collection = "/org/freedesktop/secrets/collection/login";
  const secrets = ["--session", "--print-reply", "--dest=org.freedesktop.secrets"];
  const locked = async () => {
    const property = ["string:org.freedesktop.Secret.Collection", "string:Locked"];
    const get = "org.freedesktop.DBus.Properties.Get";
    const { stdout } = await run("dbus-send", [...secrets, collection, get, ...property], within);
    return stdout.includes("true");
  };
  // Asking the name itself would make the bus start another daemon, a locked one.
  const owned = async () => {
    const bus = ["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/"];
    const asked = ["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"];
    return (await run("dbus-send", [...bus, ...asked], within)).stdout.includes("true");
  };
  while (!(await owned()) || (await locked().catch(() => true))) await sleep(50);
  return {
    environment,
    async lock() {
      const method = "org.freedesktop.Secret.Service.Lock";
      const what = `array:objpath:${collection}`;
      await run("dbus-send", [...secrets, "/org/freedesktop/secrets", method, what], within);
      while (!(await locked())) await sleep(50);
    },
    stop: () => void process.kill(daemon, "SIGSTOP"),
    continue: () => void process.kill(daemon, "SIGCONT"),
    async search() {
      const args = ["search", "--all", "service", "cowork-credential-helper"];
      const { stdout, stderr } = await run("secret-tool", args, within);
      return stdout + stderr;
    },
    async close() {
      process.kill(daemon, "SIGKILL");
      await once(session, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function linesOf(child: ChildProcess, count: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    child.on("error", () =>
      reject(
        new Error(
          "these tests need a real keyring: apt-get install dbus-daemon gnome-keyring libsecret-tools",
        ),
      ),
    );
    child.on("exit", () => reject(new Error("the session ended before the keyring ran")));
    if (child.stdout === null) throw new Error("its output is read");
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      if (lines.length === count) resolve(lines);
    });
  });
}
