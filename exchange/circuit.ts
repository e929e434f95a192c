import { type ExchangeContext, ExchangeError } from "./exchange.ts";

export interface CircuitOptions {
  /** Failures in a row that open it. Default 5. */
  readonly failuresToOpen?: number;
  /** How long it stays open before one call may try. Default 10. */
  readonly openSeconds?: number;
}

/** One a host; keeps requests from queueing behind a provider that is down. */
export interface Circuits {
  /**
   * @param abandoned Whether a call that failed was given up by whoever asked: that says nothing about the host.
   *   Otherwise a few people who hang up would close it to everybody. Default: never.
   * @throws ExchangeError `unavailable` without calling while the host's circuit is open.
   */
  run<Result>(
    host: string,
    call: () => Promise<Result>,
    abandoned?: () => boolean,
  ): Promise<Result>;
}

interface HostState {
  failures: number;
  /** Milliseconds since 1970-01-01; absent while closed. */
  openUntil: number | undefined;
  probing: boolean;
  /** What did not answer last: the host itself, or what it cannot be asked without. */
  culprit: string;
}

/**
 * Circuit breakers. Only `unavailable` counts as a failure: a provider that refuses is there. Once open, a host
 * is left alone for a while; then one single call probes it, and its outcome closes or opens it again.
 */
export function circuits(
  { now }: Pick<ExchangeContext, "now">,
  { failuresToOpen = 5, openSeconds = 10 }: CircuitOptions = {},
): Circuits {
  const hosts = new Map<string, HostState>();
  return {
    async run(host, call, abandoned = () => false) {
      const state = hosts.get(host) ?? closed(host);
      hosts.set(host, state);
      if (state.openUntil !== undefined) {
        if (state.probing || now() < state.openUntil) {
          const { culprit, failures } = state;
          const message = `${culprit} failed ${failures} times in a row and is left alone for now`;
          throw new ExchangeError("unavailable", culprit, message);
        }
        state.probing = true;
      }
      try {
        const result = await call();
        hosts.delete(host);
        return result;
      } catch (error) {
        if (!(error instanceof ExchangeError)) throw error;
        if (error.kind === "refused") {
          hosts.delete(host);
        } else if (!abandoned()) {
          state.failures += 1;
          state.culprit = error.host;
          if (state.failures >= failuresToOpen) state.openUntil = now() + openSeconds * 1000;
        }
        throw error;
      } finally {
        state.probing = false;
      }
    },
  };
}

function closed(host: string): HostState {
  return { failures: 0, openUntil: undefined, probing: false, culprit: host };
}
