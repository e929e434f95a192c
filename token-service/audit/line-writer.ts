import { write } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

export interface LineWriter {
  /** Resolves once the line was handed to the system. @throws Error when it cannot be, or too many wait. */
  write(line: string): Promise<void>;
  /** Resolves when nothing waits any more. */
  flush(): Promise<void>;
  /** Lines that were never written. */
  readonly lost: () => number;
}

export interface LineWriterOptions {
  /** File descriptor; 1 is standard output. */
  readonly fd: number;
  /** Characters that may wait for a reader that stalls. Default 8 MiB. */
  readonly maxWaiting?: number;
}

interface Waiting {
  readonly line: string;
  readonly done: () => void;
  readonly failed: (error: Error) => void;
}

/**
 * Writes lines in order through the thread pool. `process.stdout` would block the whole process while the reader of
 * its pipe stalls (nodejs.org/api/process.html#a-note-on-process-io, read 2026-11-21), health checks included.
 */
export function lineWriter({ fd, maxWaiting = 8 * 2 ** 20 }: LineWriterOptions): LineWriter {
  let waiting: Waiting[] = [];
  let waitingSize = 0;
  let lost = 0;
  let busy: Promise<void> | undefined;

  const drain = async () => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await writeAll(fd, Buffer.from(batch.map(({ line }) => line).join("")));
        for (const { done } of batch) done();
      } catch (error) {
        lost += batch.length;
        const reason = new Error("standard output cannot be written to", { cause: error });
        for (const { failed } of batch) failed(reason);
      }
      for (const { line } of batch) waitingSize -= line.length;
    }
    busy = undefined;
  };

  return {
    write(line) {
      if (waitingSize + line.length > maxWaiting) {
        lost += 1;
        return Promise.reject(new Error("standard output is not read: too many events wait"));
      }
      waitingSize += line.length;
      return new Promise<void>((done, failed) => {
        waiting.push({ line, done, failed });
        busy ??= drain();
      });
    },
    flush: async () => busy,
    lost: () => lost,
  };
}

async function writeAll(fd: number, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const written = await new Promise<number>((resolve, reject) => {
      write(fd, bytes, at, bytes.length - at, null, (error, count) => {
        if (error === null) resolve(count);
        // A pipe somebody else made non-blocking, and whose reader is behind.
        else if (error.code === "EAGAIN") resolve(0);
        else reject(error);
      });
    });
    at += written;
    if (written === 0) await sleep(10);
  }
}
