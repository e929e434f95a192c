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

/** What a request is refused with whose `once` was presented before: the key says what it stands for. */
export function replayRefusal(once: { readonly key: string }): Refused {
  return once.key.startsWith("proof:")
    ? refuse(
        "proof_replayed",
        "the DPoP proof was presented before; make a new one for each request",
      )
    : refuse("token_replayed", "the token was presented before; sign in or refresh for a new one");
}
