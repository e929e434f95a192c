import { describe, expect, it } from "vitest";
import {
  banner,
  closedEngineOptions,
  closedVariables,
  closeNames,
} from "../../../scripts/helper/closed-names.ts";

/** A runtime that holds each name once, as C keeps it. */
const plain = [...closedVariables, ...closedEngineOptions].map((name) => `\0${name}\0`).join("");

describe("closeNames", () => {
  it("closes exactly these names", () => {
    expect([...closedVariables, ...closedEngineOptions]).toEqual([
      "BUN_BE_BUN",
      "BUN_OPTIONS",
      "BUN_INSPECT",
      "BUN_INSPECT_PRELOAD",
      "BUN_INSPECT_CONNECT_TO",
      "BUN_CONFIG_VERBOSE_FETCH",
      "NODE_TLS_REJECT_UNAUTHORIZED",
      "NODE_EXTRA_CA_CERTS",
      "SSL_CERT_FILE",
      "SSL_CERT_DIR",
      "NODE_COMPILE_CACHE",
      "BUN_CRASH_REPORT_URL",
      "BUN_FEATURE_FLAG_INTERNAL_FOR_TESTING",
      "functionOverrides",
      "configFile",
    ]);
  });

  it("makes each name unmatchable and moves nothing", () => {
    const runtime = Buffer.from(plain);
    const { bytes } = closeNames(runtime);
    expect(bytes.length).toBe(runtime.length);
    const text = bytes.toString("latin1");
    expect(text).toContain("\0\0UN_BE_BUN\0");
    expect(text).toContain("\0=unctionOverrides\0");
    for (const name of [...closedVariables, ...closedEngineOptions]) {
      expect(text).not.toContain(name);
    }
    expect(runtime.toString("latin1")).toBe(plain);
  });

  it("finds names run together, and options kept as the tail of another", () => {
    const { bytes, counts } = closeNames(
      Buffer.from(`${plain}enqueuedBUN_CONFIG_VERBOSE_FETCHBUN_OPTIONS\0JSC_configFile\0`),
    );
    expect(counts).toMatchObject({
      BUN_CONFIG_VERBOSE_FETCH: 2,
      BUN_OPTIONS: 2,
      configFile: 2,
      // Its name begins two others.
      BUN_INSPECT: 3,
      SSL_CERT_DIR: 1,
    });
    expect(bytes.toString("latin1")).toContain("enqueued\0UN_CONFIG_VERBOSE_FETCH\0UN_OPTIONS");
    expect(bytes.toString("latin1")).toContain("\0JSC_=onfigFile\0");
  });

  it("leaves JavaScript and sentences as they are", () => {
    const text = 'process.env.NODE_TLS_REJECT_UNAUTHORIZED === "SSL_CERT_FILE" the BUN_INSPECT';
    expect(closeNames(Buffer.from(plain + text)).bytes.toString("latin1")).toContain(text);
  });

  it("refuses a runtime that holds a name nowhere, naming all of them", () => {
    const runtime = Buffer.from(
      plain.replace("BUN_BE_BUN", "BUN_IS_BUN").replace("configFile", ""),
    );
    expect(() => closeNames(runtime)).toThrow(
      "cannot be closed to the environment: it holds no BUN_BE_BUN, no configFile",
    );
  });
});

it("deletes before anything else what the runtime's own JavaScript looks up", () => {
  expect(banner).toBe(
    'for(const n of ["NODE_TLS_REJECT_UNAUTHORIZED","NODE_EXTRA_CA_CERTS","NODE_DEBUG"])delete process.env[n];',
  );
});
