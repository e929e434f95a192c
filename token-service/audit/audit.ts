import type { AuditEvent } from "../decision.ts";
import { auditLine } from "./line.ts";
import type { LineWriter } from "./line-writer.ts";
import type { OtlpSink } from "./otlp.ts";

export interface Audit {
  /**
   * Resolves once the event is on standard output; whatever it is about may be answered then, not before.
   *
   * @throws Error when it could not be written.
   */
  record(event: AuditEvent): Promise<void>;
  /** Events lost: by standard output, and by the collector. */
  readonly lost: () => { readonly output: number; readonly collector: number };
  close(): Promise<void>;
}

/** Standard output is the record; the collector, where there is one, gets a copy. */
export function openAudit(output: LineWriter, collector?: OtlpSink | undefined): Audit {
  return {
    async record(event) {
      collector?.emit(event);
      await output.write(auditLine(event));
    },
    lost: () => ({ output: output.lost(), collector: collector?.dropped() ?? 0 }),
    async close() {
      await Promise.all([output.flush(), collector?.close()]);
    },
  };
}
