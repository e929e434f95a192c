#!/usr/bin/env node
import { userInfo } from "node:os";
import { text } from "node:stream/consumers";

import { tokenService } from "./commands/token-service.ts";
import { readBounded } from "./config/read-bounded.ts";

// Audit events own standard output while the service runs; a reader that is gone must not end it.
process.stdout.on("error", () => undefined);

process.exitCode = await tokenService(
  process.argv.slice(2),
  {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    env: process.env,
    readFile: (path) => readBounded(path),
    readInput: async () => (process.stdin.isTTY ? "" : text(process.stdin)),
    fetch: globalThis.fetch,
    now: Date.now,
    userName: nameOfUser(),
  },
  {
    signals: process,
    openProviders: async (...given) =>
      (await import("./open-providers.ts")).openProviders(...given),
  },
);

/** A container may run as a number that no user has. */
function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown");
  }
}
