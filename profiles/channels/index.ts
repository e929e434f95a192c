import { bootstrap } from "./bootstrap.ts";
import type { Channel } from "./channel.ts";
import { linux } from "./linux.ts";
import { mobileconfig } from "./mobileconfig.ts";
import { reg } from "./reg.ts";

/** Every channel a profile set is written for. */
export const channels: readonly Channel[] = [bootstrap, linux, mobileconfig, reg];
