import type { RefusalCode } from "../../contract/token-api.ts";
import type { Refused } from "../identity.ts";

/** `reason` is one sentence for an administrator; no token and no claim value. */
export function refuse(refused: RefusalCode, reason: string): Refused {
  return { refused, reason };
}

/** Tells a refusal from any result that has no field called `refused`. */
export function isRefused(value: object): value is Refused {
  return "refused" in value;
}
