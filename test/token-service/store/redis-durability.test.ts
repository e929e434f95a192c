import { expect, it } from "vitest";

import type { RedisConnection } from "../../../token-service/store/redis-connection.ts";
import { checkAppendOnly } from "../../../token-service/store/redis-durability.ts";

/** Answers as Redis does; what a full disk makes it say cannot be had from a real one here. */
const redis = (lastWrite: string): RedisConnection => ({
  command: async (...[name, , setting]) =>
    name === "INFO"
      ? `# Persistence\r\naof_enabled:1\r\naof_last_write_status:${lastWrite}\r\n`
      : [setting, setting === "appendfsync" ? "always" : "no"],
  run: async () => undefined,
  fault: () => undefined,
  close: () => undefined,
});

it("a store whose last write to disk failed is not used", async () => {
  await expect(checkAppendOnly(redis("err"))).rejects.toThrow(
    "the store's last write to disk failed; give Redis disk space it can write to",
  );
  await checkAppendOnly(redis("ok"));
});
