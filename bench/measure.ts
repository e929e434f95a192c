import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";

/** Seconds `work` took. */
export async function secondsOf(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** Seconds a piece of work took by the clock, and of processor time where that is known. */
export interface Taken {
  readonly wall: number;
  /** This process and all it started and waited for; `undefined` where there is no /proc. */
  readonly processor: number | undefined;
}

/** Both seconds of `work`. Processor time says more than the clock on a machine that does other work too. */
export async function takenBy(work: () => unknown): Promise<Taken> {
  const before = processorSeconds();
  const wall = await secondsOf(work);
  const after = processorSeconds();
  const known = before !== undefined && after !== undefined;
  return { wall, processor: known ? after - before : undefined };
}

function processorSeconds(): number | undefined {
  if (process.platform !== "linux") return undefined;
  const text = readFileSync("/proc/self/stat", "utf8");
  // utime, stime, cutime, cstime: fields 14 to 17, counted after the name, in ticks of 10 ms (man 5 proc).
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) / 100, 0);
}

/**
 * How much else runs: the share of processor time that another virtual machine took from this one, since the call.
 * Figures of a machine that is robbed of it say little.
 *
 * @returns a function that says it, in words; of nothing where there is no /proc.
 */
export function watchStolen(): () => string {
  const before = processorTicks();
  return () => {
    const after = processorTicks();
    if (before === undefined || after === undefined) return "stolen processor time unknown";
    const share = (after.stolen - before.stolen) / Math.max(1, after.all - before.all);
    return `${(share * 100).toFixed(1)} % of processor time stolen by other machines`;
  };
}

function processorTicks(): { readonly stolen: number; readonly all: number } | undefined {
  if (process.platform !== "linux") return undefined;
  const [line = ""] = readFileSync("/proc/stat", "utf8").split("\n");
  // user, nice, system, idle, iowait, irq, softirq, steal (man 5 proc); what follows is counted in user already.
  const ticks = line.trim().split(/\s+/).slice(1, 9).map(Number);
  return { stolen: ticks[7] ?? 0, all: ticks.reduce((sum, one) => sum + one, 0) };
}

/** `min / median / max s` of several runs. */
export function spread(seconds: readonly number[]): string {
  const sorted = seconds.toSorted((a, b) => a - b);
  const all = [sorted[0], medianOf(sorted), sorted.at(-1)];
  return `${all.map((value = Number.NaN) => value.toFixed(1)).join(" / ")} s (min / median / max)`;
}

/** @param part 0.95 for the value that 95 of 100 do not exceed. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(part * sorted.length) - 1] ?? Number.NaN;
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  const high = sorted[Math.ceil((sorted.length - 1) / 2)] ?? Number.NaN;
  return (low + high) / 2;
}

/** The machine a figure belongs to, in one line. */
export function machine(): string {
  const memoryGib = Math.round(totalmem() / 2 ** 30);
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  return `${availableParallelism()} cores, ${model}, ${memoryGib} GiB, ${process.platform} ${process.arch}, Node ${process.version}`;
}

/**
 * Watches the memory of this process and everything it started; `stop()` gives the peak in bytes, or
 * `undefined` where there is no /proc. Pages shared by several processes count in each: an upper bound.
 */
export function watchMemory(): { readonly stop: () => number | undefined } {
  let peak = treeBytes();
  const timer = setInterval(() => {
    const now = treeBytes();
    if (now !== undefined && peak !== undefined) peak = Math.max(peak, now);
  }, 100);
  return {
    stop() {
      clearInterval(timer);
      return peak;
    },
  };
}

function treeBytes(): number | undefined {
  if (process.platform !== "linux") return undefined;
  const statuses = readdirSync("/proc").flatMap((id) => (/^\d+$/.test(id) ? statusOf(id) : []));
  const tree = new Set([process.pid]);
  // A child may have a lower id than its parent once ids wrap, so one pass does not suffice.
  for (let before = 0; before < tree.size; ) {
    before = tree.size;
    for (const { id, parent } of statuses) if (tree.has(parent)) tree.add(id);
  }
  return statuses.reduce((sum, { id, bytes }) => sum + (tree.has(id) ? bytes : 0), 0);
}

function statusOf(id: string) {
  try {
    const text = readFileSync(`/proc/${id}/status`, "utf8");
    const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(text)?.[1]);
    // A process that just ended has no memory line.
    return [{ id: Number(id), parent: field("PPid"), bytes: (field("VmRSS") || 0) * 1024 }];
  } catch {
    return [];
  }
}
