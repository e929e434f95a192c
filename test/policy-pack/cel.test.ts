import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCel } from "../../policy-pack/cel.ts";

const claim = (...steps: string[]) => ({ kind: "path", root: "assertion", steps });
const text = (value: string) => ({ kind: "constant", value });

describe("parseCel", () => {
  it.each([
    ["a field", "assertion.groups", claim("groups")],
    ["a field by index", "assertion['cognito:groups']", claim("cognito:groups")],
    ["an entry of a list", "assertion.attributes.role[0]", claim("attributes", "role", "0")],
    ["text in either quotes", `"it's"`, text("it's")],
    ["an escaped quote, which ends nothing", "'a\\' || true || \\'b'", text("a' || true || 'b")],
    ["escaped characters", "'\\u00e9\\U0001F600\\n\\\\'", text("é😀\n\\")],
    [
      "numbers and booleans",
      "[1, -2, 1.5, true]",
      {
        kind: "list",
        items: [1, -2, 1.5, true].map((value) => ({ kind: "constant", value })),
      },
    ],
    ["no more than it is told", "  ( 'x' )  ", text("x")],
  ])("reads %s", (_, source, read) => {
    expect(parseCel(source)).toEqual(read);
  });

  it("binds `!` before comparisons, those before `&&`, and that before `||`", () => {
    const grouped = "((!a) == b) || (((c == d)) && (e in [f]))";
    expect(parseCel("!a == b || c == d && e in [f]")).toEqual(parseCel(grouped));
    expect(parseCel("a || b ? c : d ? e : f")).toEqual(parseCel("(a || b) ? c : (d ? e : f)"));
  });

  it.each([
    ["", "it ends too early"],
    ["a ==", "it ends too early"],
    ["a b", '"b" stands where it should end'],
    ["(a", '")" is missing'],
    ["a ? b", '":" is missing'],
    ["== a", '"==" stands where a value should'],
    ["a.", "no name follows a dot"],
    ["a.'b'", "no name follows a dot"],
    ["a == null", 'it holds "null"'],
    ["a[b]", "it holds an index that is no fixed text or number"],
    ["'a'.b", "it takes a field of something that is no claim"],
    ["r'a'", '"a" stands where it should end'],
    ["'''a'''", '"a" stands where it should end'],
    ["a == 'b' // || true", 'it cannot be read from "// || true" on'],
    ["a == 'b", 'it cannot be read from "\'b" on'],
    ["a == 'b\nc'", "it cannot be read from \"'b\nc'\" on"],
    ["'\\x41'", "it holds the escape \\x"],
    ["'\\UFFFFFFFF'", "it holds the escape \\UFFFFFFFF"],
    ["a = b", 'it cannot be read from "= b" on'],
    ["a * 2", 'it cannot be read from "* 2" on'],
    ["12u == a", 'it cannot be read from "12u == a" on'],
    ["a".repeat(4097), "it is longer than 4096 characters"],
  ])("refuses %j", (source, problem) => {
    expect(parseCel(source)).toEqual({ problem });
  });

  it("answers any text of the allowed length", () => {
    const pieces = fc.constantFrom(
      "a",
      ".",
      "[",
      "]",
      "(",
      ")",
      "'",
      "||",
      "&&",
      "!",
      "?",
      ":",
      "in ",
      "==",
      "\\",
      "1",
    );
    const sources = fc.oneof(
      fc.string(),
      fc.array(pieces).map((some) => some.join("")),
    );
    fc.assert(
      fc.property(sources, (source) => {
        const read = parseCel(source);
        expect("kind" in read || "problem" in read).toBe(true);
      }),
    );
  });
});
