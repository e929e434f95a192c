#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { lz } from "./lz.ts";

process.exitCode = await lz(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  env: process.env,
  root: fileURLToPath(new URL("..", import.meta.url)),
  today: new Date().toISOString().slice(0, 10),
});
