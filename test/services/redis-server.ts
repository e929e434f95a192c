import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./loopback.ts";
import { type Program, startProgram } from "./program.ts";

export type RedisServer = {
  /** `redis://127.0.0.1:<port>`; the same after a restart. */
  url: string;
  port: number;
  /** Cuts the power: SIGKILL, nothing is flushed. Returns when the process is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder; stops it first when it still runs. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

export type RedisOptions = {
  /** Every acknowledged write is on disk first (`appendfsync always`). Default false: a restart finds nothing. */
  appendOnly?: boolean;
  /** The program. Default `redis-server`, found on the PATH. */
  command?: string;
};

/**
 * Starts a real Redis in a folder of its own, on a free loopback port.
 *
 * @throws Error that names the Debian package when there is no redis-server; a test never passes without one.
 */
export async function startRedisServer(options: RedisOptions = {}): Promise<RedisServer> {
  const command = options.command ?? "redis-server";
  const folder = await mkdtemp(join(tmpdir(), "cowork-redis-"));
  const port = await freePort();
  const durability = options.appendOnly
    ? ["--appendonly", "yes", "--appendfsync", "always"]
    : ["--appendonly", "no"];
  const start = () =>
    startProgram(command, {
      args: ["--port", String(port), "--bind", "127.0.0.1", "--save", "", ...durability],
      cwd: folder,
      ready: /Ready to accept connections/,
      missing: `${command} is not installed; these tests need a real one: apt-get install redis-server`,
    });

  let program: Program;
  try {
    program = await start();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  const kill = () => program.stop("SIGKILL");
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    async restart() {
      await kill();
      program = await start();
    },
    async close() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
