import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

import { startHttpDouble } from "../services/http-double.ts";
import { startIdentityProvider } from "../services/identity-provider.ts";
import { granted } from "./exchange/configs.ts";

it.each([
  ["bun", fileURLToPath(new URL("../../node_modules/.bin/bun", import.meta.url))],
  ["node", process.execPath],
])(
  "under %s a sign-in, the refused forgeries and a renewal work the same",
  async (runtime, program) => {
    const idp = await startIdentityProvider();
    const service = await startHttpDouble({ answer: () => ({ body: granted() }) });
    try {
      const script = fileURLToPath(new URL("obtain-run.ts", import.meta.url));
      const { stdout } = await promisify(execFile)(program, [script, idp.issuer, service.url]);
      expect(JSON.parse(stdout)).toEqual({
        runtime,
        kinds: ["bedrock-api-key", "bedrock-api-key"],
        refused: [403, 405, 421, 404],
        title: "Signed in",
        rotated: true,
      });
    } finally {
      await service.close();
      await idp.close();
    }
  },
);
