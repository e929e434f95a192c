import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Problem } from "../../../residency/problem.ts";
import { openPolicySource } from "../../../token-service/policy/policy-source.ts";
import { entry, serviceOf, written } from "./policy-rig.ts";

const text = (session: number, changes: object = {}) =>
  JSON.stringify({ ...written({ policies: [entry({ sessionSeconds: session })] }), ...changes });

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "policy-"));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

async function opened(file: string) {
  const problems: (readonly Problem[])[] = [];
  let reloads = 0;
  const source = await openPolicySource({
    config: { ...serviceOf(), trustPolicy: { file } },
    readFile,
    onReload: () => {
      reloads += 1;
    },
    onProblems: (found) => problems.push(found),
  });
  onTestFinished(() => source.close());
  return {
    source,
    problems,
    reloads: () => reloads,
    session: async () => {
      await source.check();
      return source.current().policies[0]?.sessionSeconds;
    },
  };
}

describe("a trust policy's file", () => {
  it("is read again when it changes, and is the same object until then", async () => {
    const file = join(await folder(), "policy.json");
    await writeFile(file, text(1000));
    const { source, session, reloads } = await opened(file);
    const first = source.current();
    expect(await session()).toBe(1000);
    expect(source.current()).toBe(first);
    const digest = source.digest();
    await writeFile(file, text(2000));
    expect(await session()).toBe(2000);
    expect(source.digest()).not.toBe(digest);
    expect(reloads()).toBe(2);
  });

  it("may be YAML", async () => {
    const file = join(await folder(), "policy.yaml");
    await writeFile(
      file,
      [
        "trustPolicyVersion: 1",
        "issuers:",
        "  - { name: login, issuer: https://login.example.com, audiences: [a], algorithms: [ES256] }",
        "policies:",
        "  - name: staff",
        "    from: login",
        "    claims: { groups: cowork-eu }",
        "    geography: eu",
        "    routes: [frankfurt]",
        "    sessionSeconds: 1000",
      ].join("\n"),
    );
    expect(await (await opened(file)).session()).toBe(1000);
  });

  it("that is bad keeps the policy before it, and every problem is told once", async () => {
    const file = join(await folder(), "policy.json");
    await writeFile(file, text(1000));
    const { session, problems, reloads } = await opened(file);
    const bad: [string, readonly Problem[]][] = [
      [
        text(1000, { policies: [entry({ from: "x", geography: "us" })], extra: 1 }),
        [{ path: "trustPolicy", reason: 'Unrecognized key: "extra"' }],
      ],
      [
        text(1000, { policies: [entry({ from: "x", geography: "us" })] }),
        [
          { path: "policies[0].from", reason: '"x" is neither an issuer nor a device authority' },
          {
            path: "policies[0].geography",
            reason: '"us" is not this service\'s; it gives credentials of eu only',
          },
        ],
      ],
      ["{ broken", [{ path: "file", reason: "is neither YAML nor JSON" }]],
      ["a: 1\na: 2", [{ path: "file", reason: "is neither YAML nor JSON" }]],
    ];
    for (const [content] of bad) {
      await writeFile(file, content);
      expect(await session()).toBe(1000);
      expect(await session()).toBe(1000);
    }
    await rm(file);
    expect(await session()).toBe(1000);
    expect(problems).toEqual([
      ...bad.map(([, found]) => found),
      [{ path: "file", reason: "cannot be read" }],
    ]);
    await writeFile(file, text(2000));
    expect(await session()).toBe(2000);
    expect(reloads()).toBe(2);
  });

  it("that comes back as it was is no change", async () => {
    const file = join(await folder(), "policy.json");
    await writeFile(file, text(1000));
    const { source, session, problems, reloads } = await opened(file);
    const first = source.current();
    await writeFile(file, "{ broken");
    await session();
    await writeFile(file, text(1000));
    await session();
    expect(source.current()).toBe(first);
    expect([problems.length, reloads()]).toEqual([1, 1]);
  });

  it("is followed through symbolic links swapped as secret volumes do, to an older file too", async () => {
    const root = await folder();
    const version = async (name: string, session: number) => {
      await mkdir(join(root, name));
      await writeFile(join(root, name, "policy.json"), text(session));
    };
    await version("..v1", 1000);
    await version("..v2", 2000);
    await symlink("..v2", join(root, "..data"));
    await symlink("..data/policy.json", join(root, "policy.json"));
    const { session } = await opened(join(root, "policy.json"));
    expect(await session()).toBe(2000);
    await symlink("..v1", join(root, "..data_tmp"));
    await rename(join(root, "..data_tmp"), join(root, "..data"));
    expect(await session()).toBe(1000);
  });

  it("is looked at by itself every few seconds", async () => {
    const file = join(await folder(), "policy.json");
    await writeFile(file, text(1000));
    const { source } = await opened(file);
    await writeFile(file, text(2000));
    await expect
      .poll(() => source.current().policies[0]?.sessionSeconds, { timeout: 60_000 })
      .toBe(2000);
  });

  it("is needed at the start, sound", async () => {
    const root = await folder();
    await expect(opened(join(root, "none.json"))).rejects.toThrow(
      `${root}/none.json cannot be used:\n  file: cannot be read`,
    );
    await writeFile(join(root, "bad.json"), text(1000, { policies: [entry({ geography: "us" })] }));
    await expect(opened(join(root, "bad.json"))).rejects.toThrow(
      `${root}/bad.json cannot be used:\n  policies[0].geography: "us" is not this service's; it gives credentials of eu only`,
    );
  });
});

describe("a trust policy in the configuration", () => {
  it("is in force at once, and never changes", async () => {
    const source = await openPolicySource({
      config: { ...serviceOf(), trustPolicy: written() },
      readFile: () => Promise.reject(new Error("no file is read")),
    });
    await source.check();
    expect(source.current().policies.map(({ name }) => name)).toEqual(["staff"]);
    expect(source.digest()).toBeUndefined();
    source.close();
  });

  it("that is bad is an error with every problem", async () => {
    const trustPolicy = written({ policies: [entry({ from: "x", routes: ["y"] })] });
    await expect(
      openPolicySource({ config: { ...serviceOf(), trustPolicy }, readFile }),
    ).rejects.toThrow(
      'trustPolicy cannot be used:\n  policies[0].from: "x" is neither an issuer nor a device authority\n  policies[0].routes[0]: "y" is not served here, only frankfurt, own-token, vertex, gateway',
    );
  });
});
