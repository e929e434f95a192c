import { expect, test } from "vitest";

import { desktopKeys, findKey, keyListDate } from "../../profiles/keys/keys.ts";
import { residencyDefaults } from "../../profiles/residency-defaults.ts";
import { standard } from "../../profiles/security/standard.ts";

test("the list of 2026-11-20 has 142 current keys and 12 that must not be written", () => {
  expect(keyListDate).toBe("2026-11-20");
  const count = (status: string) => desktopKeys.filter((key) => key.status === status).length;
  expect([count("current"), count("legacy"), count("standard-only")]).toEqual([142, 8, 4]);
  expect(new Set(desktopKeys.map(({ key }) => key)).size).toBe(154);
});

test("enumerations list their values, and nothing else does", () => {
  for (const { key, type, values } of desktopKeys) {
    expect(values !== undefined, key).toBe(type.startsWith("enum"));
  }
});

test("a replacement is itself a current key", () => {
  for (const { replacedBy } of desktopKeys) {
    if (replacedBy !== undefined) expect(findKey(replacedBy)?.status).toBe("current");
  }
});

test("seven keys leave a device unmanaged", () => {
  const names = desktopKeys.filter((key) => key.appBehaviorOnly).map(({ key }) => key);
  expect(names.sort()).toEqual([
    "autoUpdaterEnforcementHours",
    "configRecheckIntervalMinutes",
    "disableAutoUpdates",
    "egressProxyPacUrl",
    "egressProxyUrl",
    "relaunchEnforcementHours",
    "updateViaUpdatesHost",
  ]);
});

test("no default is given twice, and every one says why", () => {
  const all = [...residencyDefaults, ...standard];
  expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
  expect(all.filter(({ reason }) => reason.length < 20)).toEqual([]);
});
