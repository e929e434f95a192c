import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { executableProblems, readExecutable } from "../../../scripts/helper/executable-facts.ts";
import { targetOf } from "../../../scripts/helper/targets.ts";

/** A Mach-O header without commands. */
function machO(processor: number, fileType: number): Buffer {
  const bytes = Buffer.alloc(32);
  for (const [index, value] of [0xfeedfacf, processor, 0, fileType, 0].entries()) {
    bytes.writeUInt32LE(value, index * 4);
  }
  return bytes;
}

/** A Windows header without sections. */
function windows(machine: number, subsystem: number): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.write("MZ");
  bytes.writeUInt32LE(64, 60);
  bytes.write("PE\0\0", 64);
  bytes.writeUInt16LE(machine, 68);
  bytes.writeUInt16LE(0x20b, 88);
  bytes.writeUInt16LE(subsystem, 88 + 68);
  return bytes;
}

/** An ELF header with one segment: the name of its loader, or none. */
function elf(machine: number, interpreter?: string): Buffer {
  const bytes = Buffer.alloc(256);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  bytes.writeUInt16LE(machine, 18);
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(1, 56);
  bytes.writeUInt32LE(interpreter === undefined ? 1 : 3, 64);
  bytes.writeBigUInt64LE(128n, 72);
  bytes.write(interpreter ?? "", 128);
  return bytes;
}

describe("executableProblems", () => {
  it.each([
    [
      "darwin-arm64",
      machO(0x0100000c, 2),
      ["is not signed: macOS refuses to start it", "holds no compiled program"],
    ],
    [
      "darwin-arm64",
      machO(0x01000007, 6),
      [
        "is for processor x64; the target is arm64",
        "is a Mach-O file, but no program",
        "is not signed: macOS refuses to start it",
        "holds no compiled program",
      ],
    ],
    ["darwin-x64", elf(62), ["is a elf file; darwin needs mach-o"]],
    ["windows-x64", windows(0x8664, 3), ["holds no compiled program"]],
    [
      "windows-x64",
      windows(0x8664, 2),
      ["has subsystem windows; need console", "holds no compiled program"],
    ],
    [
      "windows-arm64",
      windows(0x14c, 3),
      ["is for processor unknown; the target is arm64", "holds no compiled program"],
    ],
    ["linux-x64", elf(62, "/lib64/ld-linux-x86-64.so.2"), ["holds no compiled program"]],
    [
      "linux-x64",
      elf(62, "/lib/ld-musl-x86_64.so.1"),
      [
        "asks for the loader /lib/ld-musl-x86_64.so.1; need /lib64/ld-linux-x86-64.so.2",
        "holds no compiled program",
      ],
    ],
    [
      "linux-arm64",
      elf(183),
      [
        "asks for the loader of nobody; need /lib/ld-linux-aarch64.so.1",
        "holds no compiled program",
      ],
    ],
    ["linux-x64", Buffer.alloc(0), ["is no executable of a known kind, or is cut short"]],
    ["linux-x64", elf(62).subarray(0, 66), ["is no executable of a known kind, or is cut short"]],
    [
      "windows-x64",
      Buffer.from("#!/bin/sh\n"),
      ["is no executable of a known kind, or is cut short"],
    ],
  ] as const)("%s", (target, bytes, problems) => {
    expect(executableProblems(bytes, targetOf(target))).toEqual(problems);
  });
});

describe("readExecutable", () => {
  it("reads the program that runs this test", () => {
    expect(readExecutable(readFileSync(process.execPath))).toBeDefined();
  });

  it("answers for any bytes, headers of all kinds included", () => {
    const start = fc.constantFrom(machO(0x0100000c, 2), windows(0x8664, 3), elf(62, "/lib"));
    const noise = fc.array(fc.tuple(fc.nat(255), fc.nat(255)), { maxLength: 12 });
    fc.assert(
      fc.property(start, noise, fc.nat(512), (header, changes, length) => {
        const bytes = Buffer.from(header);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const facts = readExecutable(bytes.subarray(0, length));
        expect(["mach-o", "pe", "elf", undefined]).toContain(facts?.format);
        expect(executableProblems(bytes.subarray(0, length), targetOf("linux-x64"))).not.toEqual(
          [],
        );
      }),
      { numRuns: 2000 },
    );
  });
});
