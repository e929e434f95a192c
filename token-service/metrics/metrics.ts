import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export interface Metrics {
  /** A request for a credential ended: allowed, or with that code. */
  decided(code: string, provider: string | undefined, seconds: number): void;
  exchanged(provider: string, outcome: "ok" | "refused" | "unavailable", seconds: number): void;
  /** Allowed although the store did not answer, as configured. */
  unchecked(): void;
  /** Any request ended with that status. */
  answered(status: number): void;
  /** Text for a scraper. */
  render(): Promise<string>;
  readonly contentType: string;
}

/** Read when a scraper asks. */
export interface Watched {
  readonly requestsUnderWay: () => number;
  readonly auditLost: () => { readonly output: number; readonly collector: number };
}

/** Labels are codes, providers and statuses: closed lists, none of which names a person or a device. */
export function newMetrics(watched: Watched): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

  const decisions = new Histogram({
    name: "cowork_token_decision_seconds",
    help: "Time to a decision about a credential, by refusal code (allow when given) and provider.",
    labelNames: ["code", "provider"],
    buckets,
    registers,
  });
  const exchanges = new Histogram({
    name: "cowork_token_exchange_seconds",
    help: "Time a provider took, by outcome.",
    labelNames: ["provider", "outcome"],
    buckets,
    registers,
  });
  const unchecked = new Counter({
    name: "cowork_token_unchecked_total",
    help: "Credentials given although the store did not answer (store.onFailure: allow-unchecked).",
    registers,
  });
  const answers = new Counter({
    name: "cowork_token_answers_total",
    help: "Answers by HTTP status.",
    labelNames: ["status"],
    registers,
  });
  new Gauge({
    name: "cowork_token_requests_under_way",
    help: "Requests that wait for an answer.",
    registers,
    collect() {
      this.set(watched.requestsUnderWay());
    },
  });
  new Gauge({
    name: "cowork_token_audit_lost",
    help: "Audit events lost since the start, by where they should have gone.",
    labelNames: ["where"],
    registers,
    collect() {
      const { output, collector } = watched.auditLost();
      this.set({ where: "output" }, output);
      this.set({ where: "collector" }, collector);
    },
  });

  return {
    decided: (code, provider, seconds) =>
      decisions.observe({ code, provider: provider ?? "none" }, seconds),
    exchanged: (provider, outcome, seconds) => exchanges.observe({ provider, outcome }, seconds),
    unchecked: () => unchecked.inc(),
    answered: (status) => answers.inc({ status }),
    render: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
