import { findKey } from "../keys/keys.ts";
import { sortedSettings } from "../setting-value.ts";
import type { Channel } from "./channel.ts";

/**
 * What a bootstrap server answers to every laptop of the route, in the flat form. Keys that a bootstrap
 * response may not set are left out. The server adds `expiresAt`, which depends on the time of day.
 */
export const bootstrap: Channel = {
  id: "bootstrap",
  fileName: "bootstrap.json",
  platform: "any",
  render(settings) {
    const settable = sortedSettings(
      Object.entries(settings).filter(([key]) => findKey(key)?.availability === "mdm+bootstrap"),
    );
    return Buffer.from(`${JSON.stringify(settable, null, 2)}\n`, "utf8");
  },
};
