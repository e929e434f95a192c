import type { ExchangeContext } from "./exchange.ts";

/** A token of the service's own identity, from the platform it runs on. */
export interface PlatformToken {
  readonly token: string;
  readonly expiresAtEpochSeconds: number;
}

export type OwnToken = (context: ExchangeContext) => Promise<PlatformToken>;

/** A token this close to its end is not used for another exchange. */
const restSeconds = 120;

/**
 * Asks the platform once for all requests of a token's life, and once however many requests ask together:
 * metadata servers limit how often they answer. A failure is not remembered.
 */
export function rememberToken(ask: OwnToken): OwnToken {
  let known: PlatformToken | undefined;
  let underWay: Promise<PlatformToken> | undefined;
  return async (context) => {
    if (known !== undefined && known.expiresAtEpochSeconds - restSeconds > context.now() / 1000) {
      return known;
    }
    underWay ??= ask(context).finally(() => {
      underWay = undefined;
    });
    known = await underWay;
    return known;
  };
}
