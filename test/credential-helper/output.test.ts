import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { writeOut } from "../../credential-helper/output.ts";

const failing = (code: string) => {
  throw Object.assign(new Error(code), { code });
};

/** A descriptor that does what it is told, one write after the other; the last for ever. */
function descriptor(...does: ((bytes: Uint8Array, at: number) => number)[]) {
  const taken: number[] = [];
  let calls = 0;
  const write = (_: number, bytes: Uint8Array, at: number) => {
    const next = does[Math.min(calls++, does.length - 1)];
    const count = next === undefined ? failing("EIO") : next(bytes, at);
    taken.push(...bytes.slice(at, at + count));
    return count;
  };
  const text = () => new TextDecoder().decode(Uint8Array.from(taken));
  return { write, text, calls: () => calls };
}

const half = (bytes: Uint8Array, at: number) => Math.ceil((bytes.length - at) / 2);
const full = () => failing("EAGAIN");

describe("standard output", () => {
  it("gets the rest after a part was taken and after the pipe was full for a moment", () => {
    const { write, text } = descriptor(half, full, full, half);
    expect(writeOut("a token with ümlauts", write)).toBe(true);
    expect(text()).toBe("a token with ümlauts");
  });

  it("is given up when its reader is gone", () => {
    const { write, calls } = descriptor(half, () => failing("EPIPE"));
    expect(writeOut("a token", write)).toBe(false);
    expect(calls()).toBe(2);
  });

  it("is given up when its reader takes nothing for seconds, and is not asked without a pause", () => {
    const { write, calls } = descriptor(half, full);
    expect(writeOut("a token", write)).toBe(false);
    expect(calls()).toBe(1 + 5_000 / 5 + 1);
  });
});

describe("a failure", () => {
  it("says its exit code in one line however long its reason is", () => {
    const program = fileURLToPath(new URL("../../credential-helper/main.ts", import.meta.url));
    const config = `${"/nowhere".repeat(400)}/credential-helper.json`;
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, "--config", config], {
      encoding: "utf8",
    });
    const said = `configuration: there is no ${config}`.slice(0, 2_000);
    expect(stderr).toBe(`cowork-credential-helper: ${said} (exit 3)\n`);
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
  });
});
