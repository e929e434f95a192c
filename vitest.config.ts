import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/engine/**"],
          // Machines are shared: a loaded one is slow, not broken.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // All cores; the default leaves one to somebody who watches, and half of a small machine idle.
          maxWorkers: "100%",
          // Loading the clouds' SDKs anew for each of 400 files took more than half of the time. Files of one worker
          // share modules, so a test leaves nothing behind: no mock, no variable, no folder.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "engine",
          include: ["test/engine/**/*.test.ts"],
          globalSetup: ["test/engine/global-setup.ts"],
          // An engine run waits for its own processes half of the time: two side by side use a small machine well,
          // more of them only queue.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 300_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
});
