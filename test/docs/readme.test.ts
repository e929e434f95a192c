import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { lz } from "../../cli/lz.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pages = [
  "README.md",
  "AGENTS.md",
  "SECURITY.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];
const read = (page: string) => readFileSync(join(root, page), "utf8");
const commands = pages.flatMap((page) =>
  [...read(page).matchAll(/npm run --silent lz -- ([^\n`]+)/g)].map(([, args]) => args!.trim()),
);

describe("the pages", () => {
  // The engine commands among them run in test/engine/shipped-stacks.test.ts and own-backend.test.ts.
  it("show exactly the lz commands that tests run", () => {
    expect(commands.sort()).toEqual([
      "preview --offline",
      "preview eu",
      "profiles eu --out out",
      "verdict --zone eu --provider bedrock --region eu-central-1 --model eu.anthropic.claude-opus-5-5",
      "verdict --zone eu --provider bedrock --region eu-west-2 --model eu.anthropic.claude-opus-5-5",
      "verdict --zone eu --provider vertex --region eu --model claude-opus-5-5",
    ]);
  });

  it.each(commands.filter((args) => args.startsWith("verdict")))(
    "run as shown: lz %s",
    async (args) => {
      const out: string[] = [];
      const io = {
        out: (line: string) => void out.push(line),
        err: () => {},
        env: {},
        root,
        today: "2026-11-21",
      };
      const exitCode = await lz(args.split(" "), io);
      expect(exitCode).toBe(args.includes("eu-west-2") ? 1 : 0);
      expect(out[0]).toBe(args.includes("eu-west-2") ? "outside" : "inside");
    },
  );

  it("name only npm scripts that exist", () => {
    const { scripts } = JSON.parse(read("package.json"));
    const named = pages.flatMap((page) =>
      [...read(page).matchAll(/npm run (?:--silent )?([a-z]+(?:[:-][a-z]+)*)/g)].map(
        ([, name]) => name!,
      ),
    );
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
  });

  it("link only to files that exist", () => {
    const links = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, to]) =>
        join(dirname(page), to!),
      ),
    );
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((to) => !existsSync(join(root, to)))).toEqual([]);
  });
});
