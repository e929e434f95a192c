import type { Channel } from "./channel.ts";

/**
 * The content of `/etc/claude-desktop/managed-settings.json`: native JSON, key names as in the reference.
 * On the laptop the file and its directory must belong to root, without write access for others.
 */
export const linux: Channel = {
  id: "linux",
  fileName: "managed-settings.json",
  platform: "linux",
  render: (settings) => Buffer.from(`${JSON.stringify(settings, null, 2)}\n`, "utf8"),
};
