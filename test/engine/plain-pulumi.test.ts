import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import { readStackFiles } from "../../cli/stack-files.ts";
import { stackOutputs } from "../../contract/outputs.ts";
import { startStandIns } from "../../offline/providers/stand-ins.ts";
import { root } from "./checkout.ts";
import { nodeWithoutTypes, plainCheckout } from "./plain-pulumi.ts";

// The name of the run says which host it was: an engine built from Go modules comes without one, then the tests
// bring their own (language-host/). Everything else is what a user has, except that stand-ins play the clouds.
const host = inject("engine").hasNodeLanguageHost
  ? "the language host that came with the engine"
  : "the tests' own language host";

const stackFile = "stacks/Pulumi.jp.yaml";
const pack = ["--policy-pack", "policy-pack"];

/** A checkout with a stack `jp`, made as the manual says. */
async function openStack() {
  const standIns = await startStandIns();
  onTestFinished(() => standIns.close());
  const checkout = plainCheckout(standIns);
  await checkout.quietly("login", checkout.backend);
  await checkout.quietly("stack", "init", "jp");
  return checkout;
}

/** From `Diagnostics:` to the next heading, as a user reads it. */
function diagnostics(stdout: string): string {
  return /^Diagnostics:\n([\s\S]*?)\n(?=\n(?:[A-Z]|$))/m.exec(stdout)?.[1] ?? stdout;
}

describe(`plain pulumi with ${host}`, () => {
  test("previews a stack, takes it up, finds nothing to change, hands out the contract and destroys it", async () => {
    const { quietly } = await openStack();
    const preview = await quietly("preview", ...pack);
    const count = Number(/^ {4}\+ (\d+) to create$/m.exec(preview)?.[1]);
    expect(count).toBeGreaterThan(20);
    expect(preview).toMatch(/^ {4}✅ cowork-residency@v[\d.]+ \(local: policy-pack\)$/m);

    const up = await quietly("up", "--yes", ...pack);
    expect(up).toContain(`\nResources:\n    + ${count} created\n`);
    const second = await quietly("preview", "--expect-no-changes", ...pack);
    expect(second).toContain(`\nResources:\n    ${count} unchanged\n`);

    const landingZone = JSON.parse(await quietly("stack", "output", "landingZone", "--json"));
    expect(stackOutputs.parse(landingZone)).toEqual(landingZone);
    expect(landingZone.geography).toBe("jp");

    const gone = await quietly("destroy", "--yes");
    expect(gone).toContain(`\nResources:\n    - ${count} deleted\n`);
  });

  test("refuses a misspelt key and a key of another namespace in one message, before anything is created", async () => {
    const { pulumi, edit } = await openStack();
    edit(stackFile, (text) =>
      text.replace("config:\n", "config:\n  cowork:profile: {}\n  coworks:routes: []\n"),
    );
    for (const command of [["preview"], ["up", "--yes"]]) {
      const refused = await pulumi(...command, ...pack);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toBe("");
      expect(diagnostics(refused.stdout)).toBe(
        `  pulumi:pulumi:Stack (cowork-landing-zone-jp):
    error: jp: invalid configuration
      coworks:routes: write "cowork:routes"; only that namespace is read
      profile: unknown key; use one of organization, geography, routes, tokenService, profiles; did you mean "profiles"?`,
      );
    }
  });

  test("refuses a stack that compliance maps elsewhere, in the pack and in the program", async () => {
    const { pulumi, edit } = await openStack();
    edit("compliance/zones.yaml", (text) => text.replace("jp: jp", "jp: us"));
    const refused = await pulumi("preview", ...pack);
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain(`    ❌ cowork-residency@v0.1.0 (local: policy-pack)
        - [mandatory] [severity: critical]  stack-is-mapped-to-a-zone  (pulumi:pulumi:Stack: cowork-landing-zone-jp)
          Compliance has mapped the stack to a zone, and the stack claims no other.
          stack "jp" claims \`cowork:geography\` jp, but compliance maps it to us (US)
`);
    expect(diagnostics(refused.stdout)).toBe(
      `  pulumi:pulumi:Stack (cowork-landing-zone-jp):
    error: jp: invalid configuration
      geography: the stack claims "jp", compliance/zones.yaml maps "jp" to "us"`,
    );
  });

  test("says which Node it needs when the one on PATH is too old, without a stack", async () => {
    const { pulumi, env } = await openStack();
    const version = nodeWithoutTypes(env);
    const program = await pulumi("preview");
    expect(program.code).toBe(1);
    expect(diagnostics(program.stdout)).toBe(
      `  pulumi:pulumi:Stack (cowork-landing-zone-jp):
    error: Node ${version} cannot run this program: put Node 22.18 or newer first on PATH, or run \`npm run lz\``,
    );
    const withPack = await pulumi("preview", ...pack);
    expect(withPack.code).not.toBe(0);
    expect(withPack.stdout + withPack.stderr).toContain(
      `Node ${version} cannot run this policy pack: put Node 22.18 or newer first on PATH\n`,
    );
    expect(withPack.stdout + withPack.stderr).not.toMatch(/\bat .*\.(ts|js|cjs):\d+/);
    expect(withPack.stdout).not.toContain("to create");
  });

  test("adds the salt of the passphrase to the stack file, and lz still reads the same configuration", async () => {
    const { folder } = await openStack();
    const shipped = readFileSync(join(root, stackFile), "utf8");
    const text = readFileSync(join(folder, stackFile), "utf8");
    expect(text).toMatch(/^encryptionsalt: v1:/m);
    expect(text).toContain(shipped.slice(0, shipped.indexOf("config:")));
    expect(readStackFiles({ root: folder }, ["jp"])).toEqual(readStackFiles({ root }, ["jp"]));
  });
});
