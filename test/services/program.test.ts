import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { startProgram } from "./program.ts";

const common = { cwd: "/", missing: "install it", ready: /serving on (\d+)/ };

const shell = (script: string, timeoutSeconds = 30) =>
  startProgram("sh", { ...common, args: ["-c", script], timeoutSeconds });

test("it returns what the ready line says, and stopping twice is fine", async () => {
  const program = await shell("echo booting; echo serving on 42; exec sleep 600");
  expect(program.ready[1]).toBe("42");
  await program.stop("SIGTERM");
  await program.stop("SIGKILL");
});

test("a program that ends before it serves is an error with its last words", async () => {
  await expect(shell("echo no memory left >&2; exit 3")).rejects.toThrow(
    new Error("sh ended with 3 before it served: no memory left\n"),
  );
});

test("a program that never serves is stopped, and said to be slow", async () => {
  await expect(shell("echo booting; exec sleep 600", 0.3)).rejects.toThrow(
    new Error("sh did not serve within 0.3 s: booting\n"),
  );
});

test("a program that is not there is told in the words of the caller", async () => {
  await expect(startProgram("/nowhere/server", { ...common, args: [] })).rejects.toThrow(
    new Error("install it"),
  );
});

test("a program that talks much after it serves is not blocked by a full pipe", async () => {
  const program = await shell("echo serving on 1; head -c 1000000 /dev/zero; exit 0");
  await program.stop("SIGCONT");
});

test("it does not outlive the process that started it", () => {
  const script = `
    import { startProgram } from ${JSON.stringify(new URL("./program.ts", import.meta.url).href)};
    const args = ["-c", "echo serving on $$; exec sleep 600"];
    const program = await startProgram("sh", { cwd: "/", missing: "", ready: /serving on (\\d+)/, args });
    console.log(program.ready[1]);
    process.exit(0);
  `;
  const run = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
  });
  const pid = Number(run.stdout);
  expect(pid).toBeGreaterThan(1);
  // A killed process may stay as a zombie (Z) until init collects it.
  const stat = `/proc/${pid}/stat`;
  expect(existsSync(stat) ? readFileSync(stat, "utf8").split(" ")[2] : "gone").toMatch(
    /^(Z|gone)$/,
  );
});
