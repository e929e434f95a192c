import { spawn } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type Bundle, buildBundle } from "../../../scripts/token-service/build-bundle.ts";
import { closeServer, listen } from "../../services/loopback.ts";
import { askFor, openWorld } from "../../token-service/world.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
let folder: string;
let bundle: Bundle;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cowork-bundle-"));
  bundle = await buildBundle({ root, out: join(folder, "one") });
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the bundle", () => {
  it("is one file under 5 MB, with its SBOM, licenses, checksum and Dockerfile", async () => {
    expect(await readdir(join(folder, "one"))).toEqual([
      "Dockerfile",
      "SHA256SUMS",
      "main.mjs",
      "main.mjs.LEGAL.txt",
      "sbom.cdx.json",
    ]);
    expect(bundle.bytes).toBeLessThan(5_000_000);
    expect(await readFile(join(folder, "one", "SHA256SUMS"), "utf8")).toBe(
      `${bundle.sha256}  main.mjs\n`,
    );
    const { components } = JSON.parse(await readFile(join(folder, "one", "sbom.cdx.json"), "utf8"));
    const names: string[] = components.map(({ name }: { name: string }) => name);
    expect(names).toContain("jose");
    expect(names).toContain("@redis/client");
    expect(names.filter((name) => name.startsWith("@pulumi/"))).toEqual([]);
  });

  it("has the same bytes every time, and no path of the machine", async () => {
    const again = await buildBundle({ root, out: join(folder, "two") });
    expect(again).toEqual(bundle);
    for (const name of await readdir(join(folder, "one"))) {
      const [one, two] = [
        await readFile(join(folder, "one", name)),
        await readFile(join(folder, "two", name)),
      ];
      expect(two.equals(one), name).toBe(true);
      expect(one.includes(root), name).toBe(false);
    }
  }, 120_000);

  it("serves under plain Node with no node_modules in reach, and answers its own health check", async () => {
    const alone = join(folder, "alone");
    await cp(join(folder, "one", "main.mjs"), join(alone, "main.mjs"));
    const world = await openWorld();
    try {
      const main = join(alone, "main.mjs");
      const { url } = await world.start({ main, cwd: alone });
      expect((await askFor(url, await world.token("alice"))).status).toBe(200);
      const health = (port: number) =>
        run([main, "healthz"], {
          COWORK_TOKEN_SERVICE_CONFIG: JSON.stringify({
            ...world.config,
            listen: { host: "0.0.0.0", port },
          }),
        });
      expect(await health(Number(new URL(url).port))).toEqual({ code: 0, stderr: "" });
      expect(await health(1)).toEqual({ code: 1, stderr: "the service does not answer\n" });
      const sick = createServer((_, response) => response.writeHead(500).end());
      expect(await health(await listen(sick))).toEqual({
        code: 1,
        stderr: "the service answers 500\n",
      });
      await closeServer(sick);
    } finally {
      await world.close();
    }
  }, 120_000);
});

async function run(args: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  const code = await new Promise((done) => child.once("close", done));
  return { code, stderr };
}

describe("the Dockerfile", () => {
  const instructions = async () =>
    (await readFile(join(root, "token-service", "Dockerfile"), "utf8"))
      .replace(/\\\n\s*/g, "")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));

  it("starts from whatever image was pinned, and from nothing by default", async () => {
    const [argument, from] = await instructions();
    expect(argument).toBe("ARG NODE_IMAGE");
    expect(from).toMatch(/^FROM \$\{NODE_IMAGE\}$/);
  });

  it("runs nothing while it is built, copies only what the bundle holds, and nothing it could write to", async () => {
    const lines = await instructions();
    expect(lines.filter((line) => /^(RUN|ADD|VOLUME)/.test(line))).toEqual([]);
    const copies = lines.filter((line) => line.startsWith("COPY"));
    expect(copies).toEqual([
      "COPY --chown=0:0 --chmod=0444 main.mjs main.mjs.LEGAL.txt sbom.cdx.json ./",
    ]);
    const made = await readdir(join(folder, "one"));
    for (const name of ["main.mjs", "main.mjs.LEGAL.txt", "sbom.cdx.json"])
      expect(made).toContain(name);
  });

  it("runs as a user who is nobody, checks its health, and takes signals itself", async () => {
    const lines = await instructions();
    expect(lines).toContain("USER 65532:65532");
    expect(lines).toContain("STOPSIGNAL SIGTERM");
    expect(lines).toContain('ENTRYPOINT ["node", "/app/main.mjs"]');
    expect(lines).toContain('CMD ["serve"]');
    expect(lines.filter((line) => line.startsWith("HEALTHCHECK"))).toEqual([
      'HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["node", "/app/main.mjs", "healthz"]',
    ]);
    // Whoever comes after USER must not be root again.
    expect(lines.filter((line) => line.startsWith("USER"))).toHaveLength(1);
  });
});
