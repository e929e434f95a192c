import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lz } from "../../cli/lz.ts";
import { openSession, type Session } from "../../cli/session.ts";
import { readStackFiles } from "../../cli/stack-files.ts";
import { stackOutputs } from "../../contract/outputs.ts";
import { copyOfHouse, ioAt, root } from "./checkout.ts";
import { temporaryFolder } from "./support.ts";

describe("the shipped stacks", () => {
  const { io } = ioAt(root);
  const shipped = readStackFiles(io, []);
  let session: Session;
  beforeAll(async () => {
    session = await openSession({ io, offline: true, log: io.out });
  });
  afterAll(() => session.close());

  test("are these", () => {
    expect(shipped.map(({ name }) => name)).toEqual(["eu", "eu-gateway", "jp", "sg", "us"]);
  });

  test.each(shipped)(
    "$name previews with nothing unproven, goes up, changes nothing the second time and goes away",
    async (stack) => {
      const preview = await session.run(stack, "preview");
      expect(preview.problems).toEqual([]);
      expect(preview.policyMessages).toEqual([]);

      const up = await session.run(stack, "up");
      expect(up.problems).toEqual([]);
      expect(up.policyMessages).toEqual([]);
      expect(up.changes).toEqual(preview.changes);
      const { landingZone } = up.outputs;
      expect(stackOutputs.parse(landingZone).geography).toBe(stack.name);

      const second = await session.run(stack, "up");
      expect(second.problems).toEqual([]);
      expect(Object.keys(second.changes)).toEqual(["same"]);

      const gone = await session.run(stack, "destroy");
      if (stack.name === "sg") {
        // Its token service is protected until somebody says otherwise, and applies that once.
        expect(gone.problems.join("\n")).toContain("deletionProtection");
        return;
      }
      expect(gone.problems).toEqual([]);
      expect(Object.keys(gone.changes)).toEqual(["delete"]);
    },
  );
});

describe("lz on real stacks, offline", () => {
  test("previews one stack, marks every line and ends with a table", async () => {
    const { io, out, err } = ioAt(root);
    expect(await lz(["preview", "jp", "--offline"], io)).toBe(0);
    expect(err).toEqual([]);
    for (const line of out) expect(line).toMatch(/^\[offline\] /);
    expect(out.at(-2)).toMatch(
      /^\[offline\] stack +result +changes +rules passed +violations +seconds$/,
    );
    expect(out.at(-1)).toMatch(/^\[offline\] jp +ok +\d+ to create +\d+ +0 +[\d.]+$/);
  });

  test("prints one JSON document and nothing else on standard output", async () => {
    const { io, out } = ioAt(root);
    expect(await lz(["preview", "jp", "--offline", "--json"], io)).toBe(0);
    expect(out).toHaveLength(1);
    const { offline, operation, stacks } = JSON.parse(out[0]!);
    expect({ offline, operation }).toEqual({ offline: true, operation: "preview" });
    expect(stacks).toHaveLength(1);
    expect(stacks[0]).toMatchObject({ stack: "jp", ok: true, problems: [], policyMessages: [] });
  });

  test("writes the profiles of a stack, both clouds", async () => {
    const { io } = ioAt(root);
    const folder = temporaryFolder();
    expect(await lz(["profiles", "eu", "--offline", "--out", folder], io)).toBe(0);
    const read = (path: string) => JSON.parse(readFileSync(join(folder, "eu", path), "utf8"));
    expect(read("manifest.json").files.map(({ path }: { path: string }) => path)).toEqual([
      "frankfurt/bootstrap.json",
      "frankfurt/claude-desktop.mobileconfig",
      "frankfurt/claude-desktop.reg",
      "frankfurt/credential-helper.json",
      "frankfurt/managed-settings.json",
      "google/bootstrap.json",
      "google/claude-desktop.mobileconfig",
      "google/claude-desktop.reg",
      "google/managed-settings.json",
    ]);
    const google = read("google/managed-settings.json");
    expect(google).toMatchObject({
      inferenceProvider: "vertex",
      inferenceVertexProjectId: "example-cowork-eu",
      inferenceVertexRegion: "eu",
      inferenceCredentialKind: "workforce",
      inferenceVertexWorkforceAudience:
        "//iam.googleapis.com/locations/global/workforcePools/cowork-example-eu-google/providers/desktop",
      inferenceVertexWorkforceOidc: {
        clientId: "cowork-desktop",
        issuer: "https://login.example.com",
      },
    });
    // The shipped route does not pin the host.
    expect(google).not.toHaveProperty("inferenceVertexBaseUrl");
  });

  test("refuses a bad configuration with every problem at once and creates nothing", async () => {
    const house = copyOfHouse();
    const file = join(house, "stacks", "Pulumi.eu.yaml");
    const text = readFileSync(file, "utf8");
    writeFileSync(
      file,
      text
        .replace("eu.anthropic.claude-opus-5-5", "global.anthropic.claude-opus-5-5")
        .replace("cidr: 10.40.0.0/16", "cidr: 10.40.0.0/99")
        .replace("audience: cowork-desktop", "audiense: cowork-desktop"),
    );
    const { io, out } = ioAt(house);
    expect(await lz(["up", "eu", "--offline"], io)).toBe(1);
    const said = out.join("\n");
    expect(said).toContain("cidr");
    expect(said).toContain("audiense");
    expect(said).not.toMatch(/\bat .*\.ts:\d+/);
    expect(out.at(-1)).toMatch(/^\[offline\] eu +REFUSED +(no changes|1 created) /);
  });

  test("refuses a stack the compliance file does not map, and one that claims another zone", async () => {
    const house = copyOfHouse();
    rmSync(join(house, "compliance"), { recursive: true });
    mkdirSync(join(house, "compliance"));
    writeFileSync(join(house, "compliance", "zones.yaml"), "stacks: { jp: eu }\n");
    const claims = ioAt(house);
    expect(await lz(["up", "jp", "--offline"], claims.io)).toBe(1);
    expect(claims.out.at(-1)).toMatch(/REFUSED +(no changes|1 created)/);
    const unmapped = ioAt(house);
    expect(await lz(["up", "us", "--offline"], unmapped.io)).toBe(1);
    expect(unmapped.out.at(-1)).toMatch(/REFUSED +(no changes|1 created)/);
  });

  test("a refused stack refuses no other that runs beside it", async () => {
    const house = copyOfHouse();
    // Two of them are enough to stand beside each other.
    for (const other of ["eu", "eu-gateway", "sg"])
      rmSync(join(house, "stacks", `Pulumi.${other}.yaml`));
    const file = join(house, "compliance", "zones.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace("us: us", "us: jp"));
    const { io, out } = ioAt(house);
    expect(await lz(["preview", "--offline"], io)).toBe(1);
    const results = out.slice(-2).map((line) => line.split(/ +/).slice(1, 3));
    expect(results).toEqual([
      ["jp", "ok"],
      ["us", "REFUSED"],
    ]);
  });

  test("names the stack that was meant", async () => {
    const { io, err } = ioAt(root);
    expect(await lz(["up", "uss", "--offline"], io)).toBe(2);
    expect(err).toEqual([
      'unknown stacks\n  uss: no stacks/Pulumi.uss.yaml: there is eu, eu-gateway, jp, sg, us; did you mean "us"?',
    ]);
  });

  test("names the line of an unreadable stack file", async () => {
    const house = copyOfHouse();
    writeFileSync(join(house, "stacks", "Pulumi.eu.yaml"), "config:\n  a: [1\n");
    const { io, err } = ioAt(house);
    expect(await lz(["up", "eu", "--offline"], io)).toBe(1);
    expect(err[0]).toMatch(/^stacks\/Pulumi\.eu\.yaml: unreadable\n {2}line \d: /);
  });
});
