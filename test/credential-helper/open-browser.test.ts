import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { browserCommand, started } from "../../credential-helper/open-browser.ts";

const address =
  "https://login.example.com/authorize?a=1&b=%22x%22&redirect_uri=http%3A%2F%2F127.0.0.1";
const display = { DISPLAY: ":0" };
const always = () => true;

describe("the program that opens an address", () => {
  it("is the system's own, and gets the address as one argument", () => {
    expect(browserCommand(address, "darwin", {}, always)).toEqual({
      program: "/usr/bin/open",
      args: [address],
    });
    expect(browserCommand(address, "win32", { SystemRoot: "D:\\Windows" }, always)).toEqual({
      program: "D:\\Windows\\System32\\rundll32.exe",
      args: ["url.dll,FileProtocolHandler", address],
    });
    expect(browserCommand(address, "linux", display, always)).toEqual({
      program: "/usr/bin/xdg-open",
      args: [address],
    });
  });

  it("is none without a display, or without an opener", () => {
    expect(browserCommand(address, "linux", {}, always)).toBeUndefined();
    expect(browserCommand(address, "linux", { DISPLAY: "" }, always)).toBeUndefined();
    expect(browserCommand(address, "linux", display, () => false)).toBeUndefined();
  });

  it("is none for addresses no sign-in needs", () => {
    const odd = [
      "file:///etc/passwd",
      "javascript:alert(1)",
      "http://example.com/",
      "",
      "open -a x",
    ];
    for (const one of [...odd, "https://user:pw@example.com/", "http://127.0.0.1.evil.com/"])
      expect(browserCommand(one, "darwin", {}, always)).toBeUndefined();
    expect(browserCommand("http://127.0.0.1:8080/x", "darwin", {}, always)?.args).toEqual([
      "http://127.0.0.1:8080/x",
    ]);
  });

  it("never gets blanks, quotes or an option in place of the address", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.webUrl(), (tail, base) => {
        for (const text of [tail, `https://login.example.com/${tail}`, `${base}?${tail}`]) {
          const command = browserCommand(text, "darwin", {}, always);
          if (command !== undefined) expect(command.args[0]).toMatch(/^https?:\/\/[^\s"'<>`]+$/);
        }
      }),
    );
  });
});

describe("starting it", () => {
  it("succeeds when it ends well, and fails when it does not or is not there", async () => {
    expect(await started({ program: "/bin/true", args: [] })).toBe(true);
    expect(await started({ program: "/bin/false", args: [] })).toBe(false);
    expect(await started({ program: "/nowhere/browser", args: [] })).toBe(false);
  });
});
