import { describe, expect, it } from "vitest";
import { readYaml } from "../../residency/read-yaml.ts";

describe("readYaml", () => {
  it("reads one document", () => {
    expect(readYaml("a: [1, x]\n")).toEqual({ value: { a: [1, "x"] } });
  });

  it("reads an empty text as nothing", () => {
    expect(readYaml("")).toEqual({ value: null });
  });

  it.each([
    {
      what: "a list that is not closed",
      text: "config:\n  cowork:geography: [eu\n",
      path: "line 3",
      reason: "Flow sequence in block collection must be sufficiently indented and end with a ]",
    },
    {
      what: "a key given twice",
      text: "config:\n  cowork:geography: eu\n  cowork:geography: us\n",
      path: "line 3",
      reason: "Map keys must be unique",
    },
    {
      what: "a tab as indentation",
      text: "a:\n\tb: 1\n",
      path: "line 2",
      reason: "Tabs are not allowed as indentation",
    },
    {
      what: "an alias without its anchor",
      text: "a: *nowhere\n",
      path: "the file",
      reason: "Unresolved alias (the anchor must be set before the alias): nowhere",
    },
  ])("refuses $what", ({ text, path, reason }) => {
    expect(readYaml(text)).toEqual({ problems: [{ path, reason }] });
  });

  it("names every problem at once", () => {
    expect(readYaml("a: 1\na: 2\nb: 1\nb: 2\n")).toEqual({
      problems: [
        { path: "line 2", reason: "Map keys must be unique" },
        { path: "line 4", reason: "Map keys must be unique" },
      ],
    });
  });
});
