import { describe, expect, it } from "vitest";

import { listenSettings } from "../../../components/shared/listen-settings.ts";

describe("settings the infrastructure takes from a token service's configuration", () => {
  it.each([
    ["{}", { port: 8443, shutdownGraceSeconds: 20 }],
    ['{"listen":{},"limits":{}}', { port: 8443, shutdownGraceSeconds: 20 }],
    ['{"listen":{"port":8080}}', { port: 8080, shutdownGraceSeconds: 20 }],
    ['{"limits":{"shutdownGraceSeconds":5}}', { port: 8443, shutdownGraceSeconds: 5 }],
    // Said, but no number: never the default, which nobody asked for.
    ['{"listen":{"port":"8080"}}', { port: NaN, shutdownGraceSeconds: 20 }],
    ['{"listen":{"port":null},"limits":null}', { port: NaN, shutdownGraceSeconds: NaN }],
    ['{"listen":[],"limits":"8"}', { port: NaN, shutdownGraceSeconds: NaN }],
  ])("are those of %s", (text, settings) => {
    expect(listenSettings(text)).toEqual(settings);
  });

  it.each(["", "{", "[]", "null", '"text"', "8080"])("are none of %j", (text) => {
    expect(listenSettings(text)).toBeUndefined();
  });
});
