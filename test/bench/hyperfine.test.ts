import { expect, test } from "vitest";
import { startFigure, startTimes } from "../../bench/hyperfine.ts";
import { watchStolen } from "../../bench/measure.ts";

test("programs take turns, each with its own environment and arguments as they stand", () => {
  const check = 'test "$GREETING" = "it\'s me" && test "$1" = "a b"';
  const { told, quiet } = startTimes(11, {
    told: { command: ["/bin/sh", "-c", check, "sh", "a b"], env: { GREETING: "it's me" } },
    quiet: { command: ["/bin/true"], env: {} },
  });
  // In tens.
  expect([told.wallMs.length, quiet.wallMs.length]).toEqual([20, 20]);
  expect([told.processorMs.length, quiet.processorMs.length]).toEqual([2, 2]);
  for (const milliseconds of told.wallMs) expect(milliseconds).toBeGreaterThan(0);
});

test("a start that fails is no figure", () => {
  expect(() => startTimes(1, { broken: { command: ["/bin/false"], env: {} } })).toThrow(
    /Command terminated with non-zero exit code/,
  );
});

test("without hyperfine the message says how to get it", () => {
  const env = { PATH: "/nowhere" };
  expect(() => startTimes(1, { any: { command: ["/bin/true"], env } })).toThrow(
    "hyperfine is not installed: npm run test-tools names what is missing",
  );
});

test("figures are the middle, the slow end and the processor's time", () => {
  const wallMs = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(startFigure({ wallMs, processorMs: [3, 1, 2] })).toBe(
    "p50 50.0 ms, p95 95.0 ms, processor time 2.0 ms",
  );
});

test("what other machines take is said in percent", () => {
  const stolen = watchStolen();
  expect(stolen()).toMatch(
    process.platform === "linux"
      ? /^\d+\.\d % of processor time stolen by other machines$/
      : /^stolen processor time unknown$/,
  );
});
