import type { Problem } from "../residency/problem.ts";
import type { Settings, SettingValue } from "./setting-value.ts";

/**
 * Characters no channel may carry: C0 and C1 controls with tab and line breaks (a `.reg` file is made of
 * lines), the Unicode line separators, and the 66 noncharacters (The Unicode Standard, section 23.7): XML
 * forbids two of them, and strict UTF-8 readers replace the others without a word.
 */
const FORBIDDEN = /[\p{Cc}\u2028\u2029\p{Noncharacter_Code_Point}]/u;

/** Every text, member names included, that some channel could not carry unchanged. */
export function textProblems(settings: Settings): Problem[] {
  if (isCarried(settings)) return [];
  return Object.entries(settings).flatMap(([key, value]) => [
    ...textProblem(key, printable(key)),
    ...problemsIn(value, printable(key)),
  ]);
}

/** The usual case, without composing a path for every text. */
function isCarried(value: SettingValue): boolean {
  if (typeof value === "string") return !FORBIDDEN.test(value) && value.isWellFormed();
  if (typeof value !== "object") return true;
  if (isList(value)) return value.every(isCarried);
  return Object.entries(value).every(([name, member]) => isCarried(name) && isCarried(member));
}

/** What is wrong with one text, or nothing. */
export function textProblem(text: string, path: string): Problem[] {
  const match = FORBIDDEN.exec(text);
  if (match !== null) {
    return [{ path, reason: `holds the character ${codePoint(match[0])}; write plain text` }];
  }
  if (!text.isWellFormed()) {
    return [{ path, reason: "holds half of a surrogate pair, which no file format can carry" }];
  }
  return [];
}

function problemsIn(value: SettingValue, path: string): Problem[] {
  if (typeof value === "string") return textProblem(value, path);
  if (typeof value !== "object") return [];
  if (isList(value)) return value.flatMap((item, index) => problemsIn(item, `${path}[${index}]`));
  return Object.entries(value).flatMap(([name, member]) => [
    ...textProblem(name, `${path}.${printable(name)}`),
    ...problemsIn(member, `${path}.${printable(name)}`),
  ]);
}

/** `Array.isArray` does not narrow readonly arrays. */
export function isList(value: SettingValue): value is readonly SettingValue[] {
  return Array.isArray(value);
}

function codePoint(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Problems go to a terminal: nothing in them may move its cursor. */
function printable(text: string): string {
  return JSON.stringify(text.toWellFormed()).slice(1, -1);
}
