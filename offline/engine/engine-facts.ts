import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";

export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
}

export interface EngineFacts {
  readonly events: EngineEvent[];
}

export class FactCollector {
  readonly #events: EngineEvent[] = [];
  take(event: EngineEvent): void {
    this.#events.push(event);
  }
  problems(): string[] {
    return [];
  }
  facts(): EngineFacts {
    return { events: this.#events };
  }
}
