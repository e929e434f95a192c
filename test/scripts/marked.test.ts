import { describe, expect, it } from "vitest";
import { replaceMarked, table } from "../../scripts/marked.ts";

describe("replaceMarked", () => {
  const page = "a\n<!-- BEGIN t (generated: npm run generate) -->\nold\n<!-- END t -->\nz\n";

  it("replaces only what stands between the markers, and is stable", () => {
    const once = replaceMarked(page, "t", "new");
    expect(once).toBe(
      "a\n<!-- BEGIN t (generated: npm run generate) -->\n\nnew\n\n<!-- END t -->\nz\n",
    );
    expect(replaceMarked(once, "t", "new")).toBe(once);
  });

  it("refuses a page without the markers", () => {
    expect(() => replaceMarked("a", "t", "new")).toThrow(
      'no markers for "t": need <!-- BEGIN t (generated: npm run generate) --> and <!-- END t -->',
    );
  });
});

it("escapes a bar inside a cell", () => {
  expect(table(["x"], [["a|b"]])).toBe("| x |\n| --- |\n| a\\|b |");
});
