import { parseDocument } from "yaml";
import type { Problem } from "./problem.ts";

export type ReadYaml = { readonly value: unknown } | { readonly problems: readonly Problem[] };

/** Reads one YAML document. Everything unreadable is reported with its line; a key given twice is unreadable. */
export function readYaml(text: string): ReadYaml {
  const document = parseDocument(text, { uniqueKeys: true });
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map(({ linePos, message }) => ({
        path: `line ${linePos?.[0].line ?? 1}`,
        // The parser's own place and excerpt follow its first line; the path names the place already.
        reason: message.split("\n")[0]?.replace(/ at line \d+.*$/, "") || "unreadable YAML",
      })),
    };
  }
  try {
    return { value: document.toJS() };
  } catch (error) {
    // An alias without its anchor, or so many aliases that they exhaust memory: found only now.
    const reason = error instanceof Error ? error.message : String(error);
    return { problems: [{ path: "the file", reason }] };
  }
}
