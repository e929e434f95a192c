import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { findEngine } from "../offline/engine/find-engine.ts";
import { openOfflineState } from "../offline/engine/offline-state.ts";
import { runOffline } from "../offline/engine/run-offline.ts";
import { startStandIns } from "../offline/providers/stand-ins.ts";
import { type Taken, takenBy } from "./measure.ts";

/** What is previewed, and with which pack; none when it is absent. */
export interface Previewed {
  readonly program: PulumiFn;
  readonly config: Readonly<Record<string, unknown>>;
  readonly policyPack?: string;
}

/** One preview through the real engine, ready to be measured. */
export type Preview = (previewed: Previewed) => () => Promise<Taken>;

/** Opens engine, state and stand-ins once for many previews in this process, and closes them afterwards. */
export async function withPreviews<T>(
  stackName: string,
  use: (preview: Preview, stateFolder: string) => Promise<T>,
): Promise<T> {
  const state = openOfflineState();
  const standIns = await startStandIns();
  try {
    const engine = await findEngine({ env: process.env, log: () => undefined });
    const preview: Preview = (previewed) => () =>
      takenBy(async () => {
        const { ok, problems } = await runOffline({
          ...previewed,
          engine,
          operation: "preview",
          project: "cowork-landing-zone",
          stackName,
          stateFolder: state.folder,
          env: standIns.env,
        });
        if (!ok) throw new Error(["the preview failed:", ...problems].join("\n  "));
      });
    return await use(preview, state.folder);
  } finally {
    standIns.close();
    state.remove();
  }
}
