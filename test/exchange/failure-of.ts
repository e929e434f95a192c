import { expect } from "vitest";

import { ExchangeError } from "../../exchange/exchange.ts";

/** The error of an exchange that has to fail; it never repeats what the doubles call a secret. */
export async function failureOf(exchange: Promise<unknown>): Promise<ExchangeError> {
  const failure = await exchange.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(ExchangeError);
  const error = failure as ExchangeError;
  expect(`${error.message} ${error.providerCode}`).not.toMatch(/secret|eyJ|own-s/);
  return error;
}
