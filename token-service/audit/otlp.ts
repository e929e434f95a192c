import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-http";
import {
  BatchLogRecordProcessor,
  LoggerProvider,
  type LogRecordExporter,
} from "@opentelemetry/sdk-logs";

import type { AuditEvent } from "../decision.ts";
import { auditFields } from "./line.ts";

export interface OtlpOptions {
  /** Origin of a collector; events go to its `/v1/logs`. */
  readonly endpoint: string;
  /** Events that may wait for the collector. Default 2048; further ones are dropped and counted. */
  readonly maxWaiting?: number;
  /** Longest one batch may take, in milliseconds. Default 5000. */
  readonly exportTimeoutMs?: number;
}

export interface OtlpSink {
  /** Never waits and never fails: standard output is the record, this is a copy. */
  emit(event: AuditEvent): void;
  /** Events the collector did not get. */
  readonly dropped: () => number;
  /** Sends what waits, within the export timeout. */
  close(): Promise<void>;
}

const info = 9;

/** Sends events to a collector in batches, over HTTP. */
export function otlpSink(options: OtlpOptions): OtlpSink {
  const { endpoint, maxWaiting = 2048, exportTimeoutMs = 5000 } = options;
  let waiting = 0;
  let dropped = 0;

  const exporter = new OTLPLogExporter({
    url: `${endpoint}/v1/logs`,
    timeoutMillis: exportTimeoutMs,
  });
  // The processor drops in silence what its queue cannot hold; counted here instead, before it gets there.
  const counted: LogRecordExporter = {
    export(records, done) {
      exporter.export(records, (result) => {
        waiting -= records.length;
        if (result.code !== 0) dropped += records.length;
        done(result);
      });
    },
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  };
  const provider = new LoggerProvider({
    processors: [
      new BatchLogRecordProcessor({
        exporter: counted,
        maxQueueSize: maxWaiting,
        maxExportBatchSize: Math.min(512, maxWaiting),
        scheduledDelayMillis: 500,
        exportTimeoutMillis: exportTimeoutMs + 1000,
      }),
    ],
  });
  const logger = provider.getLogger("cowork-token-service");

  return {
    emit(event) {
      if (waiting >= maxWaiting) {
        dropped += 1;
        return;
      }
      waiting += 1;
      logger.emit({
        timestamp: new Date(event.time),
        severityNumber: info,
        severityText: "INFO",
        eventName: event.event,
        attributes: attributesOf(event),
      });
    },
    dropped: () => dropped,
    async close() {
      // A collector that is away must not hold the shutdown up, nor fail it.
      const late = new Promise<void>((done) => setTimeout(done, exportTimeoutMs).unref());
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
    },
  };
}

function attributesOf(event: AuditEvent): Record<string, string | number | string[]> {
  const fields = Object.entries(auditFields(event));
  return Object.fromEntries(
    fields.map(([name, value]) => [
      name,
      typeof value === "number" ? value : Array.isArray(value) ? value.map(String) : String(value),
    ]),
  );
}
