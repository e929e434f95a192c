import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { targetNames, targetOf } from "../scripts/helper/targets.ts";
import {
  anHour,
  builtHelper,
  fakeEntry,
  type HelperSandbox,
  helperSandbox,
} from "../test/credential-helper/support/helper-sandbox.ts";
import { type Keyring, startKeyring } from "../test/credential-helper/support/keyring.ts";
import type { Bench, Figure } from "./bench.ts";
import { startFigure, startTimes } from "./hyperfine.ts";
import { secondsOf, watchStolen } from "./measure.ts";
import { runScript } from "./process.ts";

/**
 * The credential helper as it is shipped: a kept credential, and many processes that ask at once for one that is not.
 *
 * @param runs How often each form is started; 100 at least for a p95 that means something.
 * @param cold How many ask at once.
 */
export function helperBench(runs: number, cold: number): Bench {
  return {
    name: "helper",
    what: `credential helper: a kept credential, whole process; ${cold} at once without one`,
    target: `p95 < 15 ms; exactly 1 exchange for ${cold}`,
    peer: "a Python helper 67.7 ms; a Go one claims < 20 ms",
    async run() {
      const folder = mkdtempSync(join(tmpdir(), "helper-bench-"));
      const keyring = await startKeyring();
      try {
        const shipped = await shippedHelper(join(folder, "shipped"));
        const fake = await builtHelper(fakeEntry, folder);
        return [...(await kept(shipped, fake, keyring, runs)), await coldStarts(fake, cold)];
      } finally {
        await keyring.close();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Starts with a credential that a run with a stand-in for the sign-in left. */
async function kept(
  shipped: string,
  fake: string,
  keyring: Keyring,
  runs: number,
): Promise<readonly Figure[]> {
  const plain = helperSandbox(fake);
  const sealed = helperSandbox(fake);
  try {
    for (const sandbox of [plain, sealed]) sandbox.plan(anHour);
    await succeeded(plain, {});
    await succeeded(sealed, keyring.environment);
    const start = (sandbox: HelperSandbox, more = {}) => ({
      command: [shipped, "--config", sandbox.config],
      env: { ...sandbox.environment, ...more },
    });
    const stolen = watchStolen();
    const taken = startTimes(runs, {
      "files alone": start(plain),
      "key in a real keyring (libsecret)": start(sealed, keyring.environment),
      "secret-tool of libsecret, for the same keyring": {
        command: ["secret-tool", "search", "service", "cowork-credential-helper"],
        env: { ...sealed.environment, ...keyring.environment },
      },
    });
    const busy = stolen();
    return Object.entries(taken).map(([form, times]) => ({
      figure: startFigure(times),
      note: `${form}, ${runs} runs in turns; ${busy}`,
    }));
  } finally {
    plain.remove();
    sealed.remove();
  }
}

/** Many at once with nothing kept, and a sign-in that takes half a second. */
async function coldStarts(fake: string, cold: number): Promise<Figure> {
  const sandbox = helperSandbox(fake);
  try {
    sandbox.plan({ ...anHour, delayMs: 500 });
    const tokens = new Set<string>();
    const seconds = await secondsOf(async () => {
      const all = Array.from({ length: cold }, () => succeeded(sandbox, {}));
      for (const token of await Promise.all(all)) tokens.add(token);
    });
    const exchanges = sandbox.attempts().length;
    if (exchanges !== 1 || tokens.size !== 1)
      throw new Error(`${cold} helpers made ${exchanges} exchanges and ${tokens.size} credentials`);
    return {
      figure: `1 exchange, ${seconds.toFixed(1)} s`,
      note: `${cold} at once, all with the same credential; the exchange alone takes 0.5 s`,
    };
  } finally {
    sandbox.remove();
  }
}

async function succeeded(
  sandbox: HelperSandbox,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const { code, stdout, stderr } = await sandbox.run({ context: "background", environment });
  if (code !== 0) throw new Error(`a helper ended with ${code}: ${stderr}`);
  return stdout;
}

/** Built as it is shipped, for this machine; by another process, because a large one starts others slowly. */
async function shippedHelper(folder: string): Promise<string> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const target = targetNames.find((name) => name === `${system}-${process.arch}`);
  if (target === undefined) throw new Error(`no helper is built for ${system}-${process.arch}`);
  await runScript("scripts/helper/build.ts", "--target", target, "--out", folder);
  return join(folder, target, targetOf(target).entryPath);
}
