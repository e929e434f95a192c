import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";
import { problemsOf } from "./engine-problems.ts";
import { type LooseEvent, looseEvent } from "./loose-event.ts";
import { containsSecret, containsUnknown } from "./masked-values.ts";

/** One thing the engine set out to do to one resource; `same` means nothing. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
}

/** What a policy rule reported. */
export interface PolicyMessage {
  readonly pack: string;
  readonly rule: string;
  /** `mandatory` stops the run; `advisory` does not. */
  readonly level: string;
  readonly message: string;
  readonly urn: string | undefined;
}

/** How often a rule judged something, by result. */
export interface RuleCount {
  readonly passed: number;
  readonly failed: number;
}

/** What happened, from the engine's own events: nothing here is read out of printed text. */
export interface EngineFacts {
  /** Resources by operation, such as `{ create: 3 }` or `{ same: 3 }`; empty when the engine did not reach its end. */
  readonly changes: Readonly<Record<string, number>>;
  readonly steps: readonly Step[];
  /** The stack's outputs, without those that hold a secret or a value not known yet. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Outputs left out because a secret is in them. */
  readonly secretOutputs: readonly string[];
  /** Outputs left out because they are not known before `up`. */
  readonly unknownOutputs: readonly string[];
  readonly policyMessages: readonly PolicyMessage[];
  /** Rules that ran, `pack/rule`. */
  readonly rules: Readonly<Record<string, RuleCount>>;
  /** Warnings of the engine and the program, without debugging ones. */
  readonly warnings: readonly string[];
}

/** The engine says on every run that it uses our own pack starter. */
const shimNotice = /^using pulumi-analyzer-policy-nodejs from \$PATH/;

export interface Collected {
  readonly facts: EngineFacts;
  readonly problems: readonly string[];
}

/** Gathers the events of one operation. `policyExpected`: a run in which no pack was loaded is then a problem. */
export class FactCollector {
  readonly #events: LooseEvent[] = [];
  readonly #unreadable: string[] = [];

  /** Never throws: it runs inside the SDK's event server, which would swallow the exception. */
  take(event: EngineEvent): void {
    const parsed = looseEvent.safeParse(event);
    if (parsed.success) this.#events.push(parsed.data);
    else
      this.#unreadable.push(`an engine event could not be read: ${z.prettifyError(parsed.error)}`);
  }

  collect(policyExpected: boolean): Collected {
    return {
      facts: factsOf(this.#events),
      problems: [...this.#unreadable, ...problemsOf(this.#events, policyExpected)],
    };
  }
}

function factsOf(events: readonly LooseEvent[]): EngineFacts {
  const outputs = stackOutputsOf(events);
  const named = Object.entries(outputs);
  const secret = named.filter(([, value]) => containsSecret(value));
  const unknown = named.filter(([, value]) => !containsSecret(value) && containsUnknown(value));
  const left = new Set([...secret, ...unknown].map(([name]) => name));
  return {
    changes: events.findLast((event) => event.summaryEvent)?.summaryEvent?.resourceChanges ?? {},
    steps: events.flatMap(({ resourcePreEvent: event }) => {
      return event
        ? [{ op: event.metadata.op, urn: event.metadata.urn, type: event.metadata.type }]
        : [];
    }),
    outputs: Object.fromEntries(named.filter(([name]) => !left.has(name))),
    secretOutputs: secret.map(([name]) => name),
    unknownOutputs: unknown.map(([name]) => name),
    policyMessages: events.flatMap(({ policyEvent: event }) => {
      if (!event) return [];
      return [
        {
          pack: event.policyPackName,
          rule: event.policyName,
          level: event.enforcementLevel,
          message: event.message.trimEnd(),
          urn: event.resourceUrn,
        },
      ];
    }),
    rules: rulesOf(events),
    warnings: events.flatMap(({ diagnosticEvent: event }) => {
      const shown = event?.severity === "warning" && !shimNotice.test(event.message);
      return shown ? [event.message.trimEnd()] : [];
    }),
  };
}

function stackOutputsOf(events: readonly LooseEvent[]): Record<string, unknown> {
  const last = events.findLast((event) => {
    return event.resOutputsEvent?.metadata.type === "pulumi:pulumi:Stack";
  });
  return last?.resOutputsEvent?.metadata.new?.outputs ?? {};
}

function rulesOf(events: readonly LooseEvent[]): Record<string, RuleCount> {
  const counts: Record<string, { passed: number; failed: number }> = {};
  for (const event of events) {
    const summary = event.policyAnalyzeSummaryEvent ?? event.policyAnalyzeStackSummaryEvent;
    if (!summary) continue;
    const countOf = (rule: string) => {
      const name = `${summary.policyPackName}/${rule}`;
      counts[name] ??= { passed: 0, failed: 0 };
      return counts[name];
    };
    for (const rule of summary.passed) countOf(rule).passed += 1;
    for (const rule of summary.failed) countOf(rule).failed += 1;
  }
  return counts;
}
