import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCompliance, zoneOf } from "../../policy-pack/surroundings.ts";
import type { Zone } from "../../residency/types.ts";

const zone = (id: string, countries: string[]): Zone => ({
  id,
  label: id,
  countries,
  awsPartition: "aws",
  acceptances: [],
});
const compliance = {
  zones: { eu: zone("eu", ["DE", "FR"]), us: zone("us", ["US"]) },
  stacks: { eu: "eu", broken: "nowhere" },
  strictPreview: false,
  profileSources: {},
};

describe("zoneOf", () => {
  it.each([
    { when: "nothing", claim: undefined },
    { when: "the mapped zone", claim: "eu" },
    { when: "the mapped zone in full", claim: '{"id":"eu","label":"x","countries":["DE"]}' },
  ])("gives the mapped zone to a stack that claims $when", ({ claim }) => {
    expect(zoneOf(compliance, "eu", claim)).toBe(compliance.zones.eu);
  });

  const mapped = "but compliance maps it to eu (DE, FR)";
  it.each([
    { claim: "us" },
    { claim: "EU" },
    { claim: "" },
    { claim: '{"id":"eu","countries":["DE","US"]}' },
    { claim: '{"id":"us","countries":["DE"]}' },
    { claim: '{"id":"eu"}' },
    { claim: "{" },
  ])("refuses a stack that claims '$claim'", ({ claim }) => {
    expect(zoneOf(compliance, "eu", claim)).toEqual({
      problem: `stack "eu" claims \`cowork:geography\` ${claim}, ${mapped}`,
    });
  });

  it.each(["dev", "broken", "toString", ""])("refuses the unmapped stack '%s'", (stack) => {
    expect(zoneOf(compliance, stack, undefined)).toEqual({
      problem: `stack "${stack}" is mapped to no zone; mapped stacks: eu, broken`,
    });
  });
});

describe("readCompliance", () => {
  const folder = mkdtempSync(join(tmpdir(), "policy-pack-"));
  const write = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it("reads a file that maps a stack", () => {
    const read = readCompliance(write("good.yaml", "stacks: { eu: eu }\nstrictPreview: true\n"));
    expect(read).toMatchObject({ compliance: { stacks: { eu: "eu" }, strictPreview: true } });
  });

  it("says why a missing file cannot be used", () => {
    const path = join(folder, "none.yaml");
    expect(readCompliance(path)).toEqual({
      problem: `the compliance file ${path} cannot be read (ENOENT)`,
    });
  });

  it.each([
    { name: "empty.yaml", text: "" },
    { name: "misspelt.yaml", text: "stackss: { eu: eu }" },
    { name: "broken.yaml", text: "stacks: [" },
  ])("says that $name is not valid", ({ name, text }) => {
    const path = write(name, text);
    const read = readCompliance(path);
    expect("problem" in read && read.problem.split("\n")[0]).toBe(
      `the compliance file ${path} is not valid:`,
    );
  });
});
