import { expect, test } from "vitest";
import { runBounded } from "../../../offline/engine/run-bounded.ts";

const shell = (script: string, timeoutSeconds = 10) =>
  runBounded({ command: "/bin/sh", args: ["-c", script], env: {}, timeoutSeconds });

test("what a command prints comes back", async () => {
  expect(await shell("echo hello")).toEqual({ ok: true, stdout: "hello\n" });
});

test("of a failed command the last five lines come back", async () => {
  expect(await shell("for i in 1 2 3 4 5 6 7; do echo $i >&2; done; exit 2")).toEqual({
    ok: false,
    reason: "/bin/sh: exit code 2: 3\n4\n5\n6\n7",
  });
});

test("a command that prints nothing gives its exit code alone", async () => {
  expect(await shell("exit 4")).toEqual({ ok: false, reason: "/bin/sh: exit code 4" });
});

test("a missing command is a reason", async () => {
  const run = runBounded({ command: "no-such-program", args: [], env: {}, timeoutSeconds: 1 });
  expect(await run).toEqual({ ok: false, reason: "no-such-program: not found" });
});

test("a command that hangs is ended, and what it started is not waited for", async () => {
  const started = performance.now();
  expect(await shell("/bin/sleep 20 & wait", 0.2)).toEqual({
    ok: false,
    reason: "/bin/sh: no end after 0.2 seconds",
  });
  expect(performance.now() - started).toBeLessThan(10_000);
});
