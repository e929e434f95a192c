import {
  chmodSync,
  chownSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { configSource, readConfigFile } from "../../credential-helper/read-config.ts";
import { pathTrust } from "../../credential-helper/trusted-path.ts";

const owners = [0, process.getuid?.() ?? 0];
const isRoot = process.getuid?.() === 0;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cowork-trust-"));
  mkdirSync(join(folder, "etc"), { mode: 0o755 });
  file = join(folder, "etc/helper.json");
  writeFileSync(file, "{}", { mode: 0o644 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a path that only an administrator can change", () => {
  it("is trusted, also below a folder with the sticky bit", () => {
    expect(pathTrust(file, owners)).toEqual({ problems: [], realPath: file });
  });

  it("is not when its file can be written by others", () => {
    chmodSync(file, 0o664);
    expect(pathTrust(file, owners).problems).toEqual([
      `${file} can be written by its group or by everybody`,
    ]);
  });

  it("is not when a folder above can be written by others", () => {
    chmodSync(join(folder, "etc"), 0o777);
    chmodSync(file, 0o602);
    expect(pathTrust(file, owners).problems).toEqual([
      `${join(folder, "etc")} can be written by its group or by everybody`,
      `${file} can be written by its group or by everybody`,
    ]);
  });

  it("is not when it belongs to somebody else", () => {
    const strangers = pathTrust(file, [4242]);
    expect(strangers.problems).toContain(
      `${file} belongs to user ${process.getuid?.()}, not to root`,
    );
    if (isRoot) {
      chownSync(file, 4242, 4242);
      expect(pathTrust(file, owners).problems).toEqual([
        `${file} belongs to user 4242, not to root`,
      ]);
    }
  });

  it("is followed through links, and each place on the way is looked at", () => {
    mkdirSync(join(folder, "open"), { mode: 0o755 });
    chmodSync(join(folder, "open"), 0o777);
    symlinkSync("../etc/helper.json", join(folder, "open/link.json"));
    symlinkSync("open/link.json", join(folder, "first.json"));
    expect(pathTrust(join(folder, "first.json"), owners)).toEqual({
      problems: [`${join(folder, "open")} can be written by its group or by everybody`],
      realPath: file,
    });
  });

  it("is not when a link on the way is somebody else's, wherever it leads", () => {
    // In a folder with the sticky bit nobody else can take a link away, but its owner can.
    const link = join(folder, "link.json");
    symlinkSync(file, link);
    const owner = isRoot ? 4242 : process.getuid?.();
    if (isRoot) lchownSync(link, 4242, 4242);
    expect(pathTrust(link, [0]).problems).toContain(
      `${link} belongs to user ${owner}, not to root`,
    );
  });

  it("is not when its links never end", () => {
    symlinkSync("b", join(folder, "a"));
    symlinkSync("a", join(folder, "b"));
    expect(pathTrust(join(folder, "a"), owners).problems).toEqual([
      `${join(folder, "a")} has too many links`,
    ]);
  });
});

describe("where the configuration is read", () => {
  it("is the machine-wide file, which root alone may have written", () => {
    const places: Partial<Record<NodeJS.Platform, string>> = {
      darwin: "/Library/Application Support/Cowork/credential-helper.json",
      linux: "/etc/cowork/credential-helper.json",
    };
    const path = places[process.platform];
    expect(configSource(undefined)).toEqual({ path, trustedOwners: [0] });
  });

  it("is the file --config names, which the person may have written too", () => {
    expect(configSource("/a.json")).toEqual({ path: "/a.json", trustedOwners: owners });
  });
});

describe("reading the configuration", () => {
  const read = (path: string) => () => readConfigFile({ path, trustedOwners: owners });

  it("gives its bytes and their hash", () => {
    expect(read(file)()).toEqual({
      path: file,
      text: "{}",
      sha256: "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
    });
  });

  it("refuses one that others can change", () => {
    chmodSync(file, 0o646);
    expect(read(file)).toThrow(
      `others than an administrator can change ${file} (${file} can be written by its group or by everybody): install it again as root, mode 0644`,
    );
  });

  it("says what is missing, a folder, or too large", () => {
    expect(read(join(folder, "none.json"))).toThrow(
      `there is no ${folder}/none.json: install the credential helper's package of your geography's profile set`,
    );
    expect(read(join(folder, "etc"))).toThrow(`${folder}/etc is not a file`);
    writeFileSync(file, " ".repeat(65_537));
    expect(read(file)).toThrow(
      `${file} is larger than 65536 bytes: it is not a helper's configuration`,
    );
  });
});
