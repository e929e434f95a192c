import { expect, test } from "vitest";
import { markLines, splitLines } from "../../../offline/engine/mark-lines.ts";

test.each([
  ["one", "[offline] one"],
  ["one\ntwo\n", "[offline] one\n[offline] two\n"],
  ["one\n\ntwo", "[offline] one\n[offline] \n[offline] two"],
  ["", ""],
  ["\n", "[offline] \n"],
])("%j is marked on every line", (text, marked) => {
  expect(markLines(text)).toBe(marked);
});

test("pieces of output become whole lines, the unfinished last one included", () => {
  const lines: string[] = [];
  const splitter = splitLines((line) => lines.push(line));
  for (const chunk of ["cre", "ating\nfirst\r\n", "\nsec", "ond"]) splitter.push(chunk);
  expect(lines).toEqual(["creating", "first", ""]);
  splitter.end();
  splitter.end();
  expect(lines).toEqual(["creating", "first", "", "second"]);
});
