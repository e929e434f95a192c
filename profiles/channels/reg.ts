import { policyText, type Settings } from "../setting-value.ts";
import type { Channel } from "./channel.ts";

const KEY = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Claude";

/**
 * A registry file for machine policy: UTF-16LE with a byte-order mark, CRLF, every value `REG_SZ`
 * directly under the key (the application never reads subkeys).
 * The key is deleted first, so that importing replaces a profile as the other channels do: a base URL
 * left over from another route would send prompts to that route's region.
 */
export const reg: Channel = {
  id: "reg",
  fileName: "claude-desktop.reg",
  platform: "windows",
  render: (settings) => Buffer.from(`\ufeff${regText(settings)}`, "utf16le"),
};

function regText(settings: Settings): string {
  const values = Object.entries(settings).map(
    ([key, value]) => `${quoted(key)}=${quoted(policyText(value))}`,
  );
  const lines = [
    "Windows Registry Editor Version 5.00",
    "",
    `[-${KEY}]`,
    "",
    `[${KEY}]`,
    ...values,
    "",
  ];
  return lines.map((line) => `${line}\r\n`).join("");
}

/** Backslash and quote are the only characters with a meaning inside a quoted registry text. */
function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
